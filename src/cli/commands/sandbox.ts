import { type Command, Option } from 'commander';
import type { Context } from '../context.ts';
import { type GlobalFlags, latencyFlag, portFlag } from '../flags.ts';

const defaultSandboxPort = 8471;

/** Flags of sandbox. */
export interface SandboxFlags extends GlobalFlags {
  readonly port: number;
  readonly data?: string;
  readonly keys?: string;
  readonly latency: number;
  readonly seed: 'demo' | 'empty';
  readonly quirk: readonly string[];
}

export function registerSandbox(program: Command, context: Context): void {
  program
    .command('sandbox')
    .summary('run the embedded SuperOffice until Ctrl-C')
    .description(
      'Runs the embedded SuperOffice on this machine, for trying files, configs and other programs. Ctrl-C ends it.',
    )
    .option('--port <n>', 'the port to listen on, 0 for any free one', portFlag, defaultSandboxPort)
    .option(
      '--data <file>',
      'keep its data in this file, and files of documents in a folder beside it; else they are gone when it ends',
    )
    .option(
      '--keys <file>',
      'write the private key of its application as PEM to this file, for signing in as online; --json tells the rest',
    )
    .option('--latency <ms>', 'wait so long before every answer', latencyFlag, 0)
    .addOption(
      new Option(
        '--seed <kind>',
        'what it holds at first: a Nordic demo company, or nothing but the lists every SuperOffice has',
      )
        .choices(['demo', 'empty'])
        .default('demo'),
    )
    .option(
      '--quirk <name=value>',
      'take an open point of the documents the other way; repeatable, a wrong name lists them all',
      (text: string, before: readonly string[]) => [...before, text],
      [],
    )
    .addHelpText(
      'after',
      `
Examples:
  $ sic sandbox
  $ sic sandbox --port 0 --json
  $ sic sandbox --data crm.ndjson --latency 80
  $ sic sandbox --json --keys sandbox.pem
  $ sic sandbox --quirk patch-keeps-custom-fields=no`,
    )
    .action(async (flags: SandboxFlags) => {
      const { runSandbox } = await import('../sandbox/run.ts');
      await runSandbox(flags, context);
    });
}
