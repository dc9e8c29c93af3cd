import { expect, test } from 'vitest';
import { newOutcome } from '../../src/cli/outcome.ts';
import { createProgram } from '../../src/cli/program.ts';
import { captureContext, sic } from '../support/sic.ts';

const commands = createProgram(captureContext().context, newOutcome())
  .commands.map(command => command.name())
  .join(', ');

test.each([
  ['imprt a.csv', 'There is no command "imprt".', `Did you mean import? Known are: ${commands}.`],
  ['companies.csv', 'There is no command "companies.csv".', 'To import a file: sic import companies.csv'],
  ['--sandbox', 'No command was given.', `Known are: ${commands}. sic --help tells more.`],
  ['help nothing', 'There is no command "nothing".', `Known are: ${commands}.`],
  ['import', 'sic import needs a file.', 'For example: sic import companies.csv'],
  ['undo', 'sic undo needs a run.', 'For example: sic undo last'],
  ['import a --rat 4', 'sic import has no flag --rat.', 'Did you mean --rate? sic import --help tells more.'],
  [
    'import a --sandbx',
    'sic import has no flag --sandbx.',
    'Did you mean --sandbox? sic import --help tells more.',
  ],
  ['runs show', 'sic runs show needs an id.', 'For example: sic runs show last'],
  [
    'runs show last --kyes',
    'sic runs show has no flag --kyes.',
    'Did you mean --keys? sic runs show --help tells more.',
  ],
  [
    'runs --limit 0',
    '--limit is "0", but it must be a number of runs, 1 or more.',
    'For example: --limit 10',
  ],
  ['import a --rate', '--rate needs a value.', 'Write it behind the flag: --rate <n>'],
  [
    'import a --rate fast',
    '--rate is "fast", but it must be a number of requests per second (0: no limit), 0 or more.',
    'For example: --rate 10',
  ],
  [
    'import a --rate -1',
    '--rate is "-1", but it must be a number of requests per second (0: no limit), 0 or more.',
    'For example: --rate 10',
  ],
  [
    'validate a --concurrency 0',
    '--concurrency is "0", but it must be a number of requests at the same time, from 1 to 64.',
    'For example: --concurrency 10',
  ],
  [
    'import a --limit 1.5',
    '--limit is "1.5", but it must be a number of rows, 1 or more.',
    'For example: --limit 10',
  ],
  [
    'sandbox --port 99999',
    '--port is "99999", but it must be a port (0: a free one), from 0 to 65535.',
    'For example: --port 8471',
  ],
  ['sandbox --seed full', '--seed is "full", but it must be demo or empty.', 'For example: --seed demo'],
  [
    'fields --format markdwn',
    '--format is "markdwn", but it must be table, csv or markdown.',
    'For example: --format markdown',
  ],
  [
    'export TestData',
    'sic export takes no more arguments than its help names.',
    'A search is named by a flag: sic export --search NAME',
  ],
  ['import a.csv --offline', 'sic import has no flag --offline.', 'sic import --help tells more.'],
])('sic %s', async (line, message, hint) => {
  expect(await sic(line.split(' '))).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: `sic: ${message}\n→ ${hint}\n`,
  });
});

test.each([['import a --rate x --json'], ['--json import a --rate x'], ['import --json']])(
  'with --json also a document: sic %s',
  async line => {
    const { exitCode, stdout, stderr } = await sic(line.split(' '));
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^sic: /);
    expect(JSON.parse(stdout)).toMatchObject({
      kind: 'sic.import',
      formatVersion: 1,
      exitCode: 2,
      counts: { read: 0, notReached: 0 },
      files: [],
      rows: [],
      error: { code: 'usage' },
    });
  },
);

test('--json of other commands', async () => {
  const { stdout } = await sic(['sandbox', '--json', '--port', 'x']);
  expect(JSON.parse(stdout)).toMatchObject({ kind: 'sic.error', exitCode: 2, error: { code: 'usage' } });
});
