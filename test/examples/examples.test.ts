import { cp } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/folders.ts';
import { sic } from '../support/sic.ts';

/** What README tells a newcomer to type, on the files that ship. */
describe('examples', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await temporaryFolder();
    await cp(resolve(import.meta.dirname, '../../examples'), join(folder, 'examples'), { recursive: true });
  });

  async function counts(...argv: string[]) {
    const { exitCode, stdout } = await sic([...argv, '--sandbox', '--json'], { cwd: folder });
    const document = JSON.parse(stdout);
    return { exitCode, counts: document.counts, writes: document.requests.write, rows: document.rows };
  }

  it('companies.csv is imported once', async () => {
    const first = await counts('import', 'examples/companies.csv');
    expect(first).toMatchObject({ exitCode: 0, counts: { read: 100, created: 100 } });
    const second = await counts('import', 'examples/companies.csv');
    expect(second).toMatchObject({ exitCode: 0, writes: 0, counts: { read: 100, unchanged: 100 } });
  });

  it('persons.csv finds its companies in the same run, and nothing is left to change', async () => {
    const both = await counts('import', 'examples/persons.csv', 'examples/companies.csv');
    expect(both).toMatchObject({ exitCode: 0, counts: { read: 204, created: 204 } });
    const again = await counts('validate', '--full', 'examples/persons.csv', 'examples/companies.csv');
    expect(again).toMatchObject({ exitCode: 0, counts: { read: 204, current: 204 } });
  });

  it('companies-with-mistakes.csv shows rejects, and the good rows go on', async () => {
    const { exitCode, counts: told, rows } = await counts('import', 'examples/companies-with-mistakes.csv');
    expect(exitCode).toBe(1);
    expect(told.created + told.rejected).toBe(told.read);
    expect(told.created).toBeGreaterThan(0);
    const codes = rows.flatMap((row: { problems: { code: string }[] }) =>
      row.problems.map(({ code }) => code),
    );
    expect(new Set(codes)).toEqual(
      new Set([
        'country-not-found',
        'not-an-integer',
        'not-a-boolean',
        'blank-key',
        'ragged-row',
        'duplicate-key',
        'too-long',
      ]),
    );
  });

  it('the searches of the example config answer', async () => {
    const cwd = join(folder, 'examples');
    const all = ['companies', 'persons', 'projects', 'sales', 'tickets'].map(name => `all/${name}.csv`);
    expect((await sic(['import', ...all, '--sandbox'], { cwd })).exitCode).toBe(0);
    const { searches } = JSON.parse((await sic(['searches', '--json'], { cwd })).stdout);
    const rows: Record<string, number> = {};
    for (const { name } of searches) {
      const { stdout, exitCode } = await sic(['export', '--search', name, '--sandbox', '--json'], { cwd });
      expect(exitCode).toBe(0);
      rows[name] = JSON.parse(stdout)[name].length;
    }
    expect(rows).toEqual({ TestData: 13, ChangedSales: 15, OpenRequests: expect.any(Number), Users: 8 });
    expect(rows.OpenRequests).toBeGreaterThan(0);
  });

  it('kunder-2026.csv is read through the mapping of the example config', async () => {
    const { exitCode, stdout } = await sic(['import', 'kunder-2026.csv', '--sandbox', '--json'], {
      cwd: join(folder, 'examples'),
    });
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout).counts).toMatchObject({ read: 10, created: 10 });
  });
});
