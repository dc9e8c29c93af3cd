import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ensureStateFolder } from '../../src/state/folder.ts';
import { openJournal, readJournal } from '../../src/state/journal.ts';
import { openRowLog } from '../../src/state/row-log.ts';
import { createRun } from '../../src/state/run-folder.ts';
import { temporaryFolder } from '../support/folders.ts';
import { refusal } from '../support/refusal.ts';
import { collect } from './entries.ts';

describe('the state folder', () => {
  test('is made owner-only, with its content kept out of git', async () => {
    const path = join(await temporaryFolder(), '.sic', 'prod');
    await ensureStateFolder(path);
    expect(statSync(path).mode & 0o777).toBe(0o700);
    expect(readdirSync(path)).toEqual(['.gitignore']);
    await ensureStateFolder(path);
  });

  test('one that was there keeps its rights and its content', async () => {
    const path = await temporaryFolder();
    mkdirSync(join(path, 'shared'), { mode: 0o755 });
    await ensureStateFolder(join(path, 'shared'));
    expect(statSync(join(path, 'shared')).mode & 0o777).toBe(0o755);
    expect(readdirSync(join(path, 'shared'))).toEqual([]);
  });

  test('a file in its place, or on the way to it', async () => {
    const path = join(await temporaryFolder(), 'file');
    writeFileSync(path, '');
    for (const wanted of [path, join(path, 'prod')]) {
      const error = await refusal(ensureStateFolder(wanted));
      expect(error.code).toBe('state');
      expect(error.message).toContain('a file is in its place');
    }
  });

  test('one that cannot be written to says what to do', async () => {
    const error = await refusal(ensureStateFolder('/proc/sic'));
    expect(error.code).toBe('state');
    expect(error.hint).not.toBe('');
  });
});

describe('a run folder', () => {
  test('has an id that sorts by time, is owner-only and takes a result', async () => {
    const state = await temporaryFolder();
    const now = Date.UTC(2026, 10, 22, 12, 5, 1);
    const run = await createRun(state, now);
    expect(run.id).toMatch(/^20261122-120501-[2-9a-z]{4}$/);
    expect(run.path).toBe(join(state, 'runs', run.id));
    expect(statSync(run.path).mode & 0o777).toBe(0o700);
    await run.writeResult({ a: 1 });
    await run.writeResult({ a: 'å' });
    expect(JSON.parse(readFileSync(run.result, 'utf8'))).toEqual({ a: 'å' });
    expect(readdirSync(run.path)).toEqual(['result.json']);
    expect(statSync(run.result).mode & 0o777).toBe(0o600);
    expect(run.file('rejects.csv')).toBe(join(run.path, 'rejects.csv'));
  });

  test('many at the same second are all different', async () => {
    const state = await temporaryFolder();
    const runs = await Promise.all(Array.from({ length: 50 }, () => createRun(state, 0)));
    expect(new Set(runs.map(({ id }) => id)).size).toBe(50);
    expect(readdirSync(join(state, 'runs'))).toHaveLength(50);
  });
});

describe('the journal', () => {
  test('holds on disk what was durable, in order', async () => {
    const path = join(await temporaryFolder(), 'journal.ndjson');
    const journal = await openJournal(path);
    journal.append({ n: 1, intent: { key: 'å' } });
    journal.append({ n: 2 });
    await journal.durable();
    expect(await collect(readJournal(path))).toEqual([{ n: 1, intent: { key: 'å' } }, { n: 2 }]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    await journal.close();
  });

  test('every caller finds its own entry on disk, however they interleave', async () => {
    const path = join(await temporaryFolder(), 'journal.ndjson');
    const journal = await openJournal(path);
    const worker = async (id: number) => {
      for (let n = 0; n < 40; n++) {
        const entry = `{"id":${id},"n":${n}}\n`;
        journal.append({ id, n });
        await journal.durable();
        expect(readFileSync(path, 'utf8')).toContain(entry);
      }
    };
    await Promise.all(Array.from({ length: 16 }, (_, id) => worker(id)));
    await journal.close();
    expect(await collect(readJournal(path))).toHaveLength(640);
  });

  test('callers at the same time share a sync', async () => {
    const journal = await openJournal(join(await temporaryFolder(), 'journal.ndjson'));
    journal.append({ n: 1 });
    const first = journal.durable();
    journal.append({ n: 2 });
    const second = journal.durable();
    journal.append({ n: 3 });
    expect(journal.durable()).toBe(second);
    expect(second).not.toBe(first);
    await journal.close();
  });

  test('entries nobody waits for are on disk at the end', async () => {
    const path = join(await temporaryFolder(), 'journal.ndjson');
    const journal = await openJournal(path);
    for (let n = 0; n < 20_000; n++) journal.append({ n, text: 'x'.repeat(50) });
    await journal.close();
    const entries = await collect(readJournal(path));
    expect(entries).toHaveLength(20_000);
    expect(entries[19_999]).toEqual({ n: 19_999, text: 'x'.repeat(50) });
  });

  test.each([
    ['{"n":1}\n{"n":2}\n{"n":3,"te', [{ n: 1 }, { n: 2 }]],
    ['{"n":1}\n{"n":2}', [{ n: 1 }, { n: 2 }]],
    ['{"n', []],
    [`{"n":1}\n{"long":"${'x'.repeat(200_000)}`, [{ n: 1 }]],
    ['{"n":1}\n\0\0\0\0', [{ n: 1 }]],
    ['', []],
  ])('a torn last line is left out, and cut off when the journal goes on (%#)', async (content, entries) => {
    const path = join(await temporaryFolder(), 'journal.ndjson');
    writeFileSync(path, content);
    expect(await collect(readJournal(path))).toEqual(entries);
    const journal = await openJournal(path);
    journal.append({ n: 'new' });
    await journal.close();
    expect(await collect(readJournal(path))).toEqual([...entries, { n: 'new' }]);
  });

  test('a broken line in the middle is refused', async () => {
    const path = join(await temporaryFolder(), 'journal.ndjson');
    writeFileSync(path, '{"n":1}\n{"n":\n{"n":3}\n');
    const error = await refusal(collect(readJournal(path)));
    expect(error.message).toContain('line 2, is damaged');
  });

  test.skipIf(process.platform !== 'linux')('a full disk is told, and told again', async () => {
    const path = join(await temporaryFolder(), 'full');
    const { symlinkSync } = await import('node:fs');
    symlinkSync('/dev/full', path);
    const journal = await openJournal(path);
    journal.append({ n: 1 });
    expect((await refusal(journal.durable())).hint).toContain('disk is full');
    journal.append({ n: 2 });
    expect((await refusal(journal.durable())).code).toBe('state');
    await refusal(journal.close());
  });
});

describe('the row log', () => {
  test('gives back what it took, while open and after, as often as asked', async () => {
    const path = join(await temporaryFolder(), 'rows.ndjson');
    const log = openRowLog(path);
    const rows = Array.from({ length: 12_000 }, (_, n) => ({ n, text: `rød\n${n}` }));
    for (const row of rows) log.append(row);
    expect(await collect(log.read())).toEqual(rows);
    log.append({ last: true });
    await log.close();
    await log.close();
    expect(await collect(log.read())).toHaveLength(12_001);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });
});
