import { cp, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Ajv } from 'ajv';
import { beforeEach, describe, expect, it } from 'vitest';
import { newOutcome } from '../../src/cli/outcome.ts';
import { createProgram } from '../../src/cli/program.ts';
import { checkConfig } from '../../src/config/check.ts';
import { temporaryFolder } from '../support/folders.ts';
import { shellWords } from '../support/shell-words.ts';
import { captureContext, sic } from '../support/sic.ts';

const root = resolve(import.meta.dirname, '../..');
const readme = await readFile(join(root, 'README.md'), 'utf8');

function blocks(language: string): string[] {
  return [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(
    match => match[1] ?? '',
  );
}

/** The one that shows a config, among examples of data. */
const config = blocks('json').find(block => block.includes('"profiles"')) ?? '';

/** The words behind `npx sic` in the shell blocks. */
const commands = blocks('sh')
  .flatMap(block => block.split('\n'))
  .flatMap(line => /npx sic (.+?)(?:\s+[#>].*)?$/.exec(line)?.[1] ?? []);

describe('README', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await temporaryFolder();
    await cp(join(root, 'examples'), join(folder, 'examples'), { recursive: true });
  });

  it('begins with the two first commands and stays short', () => {
    expect(blocks('sh').slice(0, 2)).toEqual([
      'npm ci && npx sic import examples/companies.csv --sandbox\n',
      'npm ci && npm test\n',
    ]);
    expect(readme.split('\n').length).toBeLessThan(420);
  });

  it.each(commands.filter(command => command !== 'sandbox'))('sic %s', async command => {
    const { exitCode } = await sic(await shellWords(command, folder), { cwd: folder });
    expect(exitCode).toBe(command.includes('with-mistakes') ? 1 : 0);
  });

  it('its file is imported with its config', async () => {
    await writeFile(join(folder, 'sic.config.json'), config);
    await writeFile(join(folder, 'companies.csv'), blocks('csv')[0] ?? '');
    const { exitCode, stdout } = await sic(['import', 'companies.csv', '--sandbox', '--json'], {
      cwd: folder,
    });
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout).counts).toMatchObject({ read: 1, created: 1 });
  });

  it('its searches can be run', async () => {
    const searches = blocks('json').find(block => block.includes('"searches"')) ?? '';
    await writeFile(join(folder, 'sic.config.json'), searches);
    for (const name of Object.keys(JSON.parse(searches).searches)) {
      const { exitCode, stdout } = await sic(['export', '--search', name, '--sandbox'], { cwd: folder });
      expect({ exitCode, answer: Object.keys(JSON.parse(stdout)) }).toEqual({ exitCode: 0, answer: [name] });
    }
  });

  it('names only flags that exist, and every command', () => {
    const program = createProgram(captureContext().context, newOutcome());
    const flags = new Set(
      [program, ...program.commands, ...program.commands.flatMap(({ commands }) => commands)]
        .flatMap(({ options }) => options.map(({ long }) => long))
        .concat('--help'),
    );
    const named = readme.replaceAll(/^\w.*npm .*$/gm, '').matchAll(/`(?:[^`\n]* )?(--[a-z-]+)/g);
    for (const [, flag] of named) expect(flags).toContain(flag);
    for (const command of program.commands) expect(readme).toContain(`| \`sic ${command.name()}`);
  });
});

describe('the schema, as an editor uses it', async () => {
  const schema = JSON.parse(await readFile(join(root, 'sic.schema.json'), 'utf8'));
  const validate = new Ajv({ strict: false }).compile(schema);
  const examples = [config, await readFile(join(root, 'examples/sic.config.json'), 'utf8')];

  it.each(examples)('takes an example config and refuses it with a typing error', text => {
    expect(validate(JSON.parse(text))).toBe(true);
    expect(checkConfig(JSON.parse(text)).ok).toBe(true);
    const mistyped = [
      'profiles',
      'mappings',
      'url',
      'auth',
      'username',
      'env',
      'match',
      'separator',
      'missing',
    ];
    for (const name of [...mistyped, 'dates', 'fields', 'to', 'values', 'constants', 'decimal', 'lists']) {
      const wrong = text.replace(`"${name}":`, `"${name}x":`);
      expect(wrong).not.toBe(text);
      expect([name, validate(JSON.parse(wrong))]).toEqual([name, false]);
    }
  });
});
