import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openJournal } from '../../src/state/journal.ts';
import { createRun } from '../../src/state/run-folder.ts';
import {
  type AnnouncedWrite,
  markSettled,
  markUnsettled,
  unsettledWrites,
} from '../../src/state/unsettled.ts';
import { temporaryFolder } from '../support/folders.ts';
import { refusal } from '../support/refusal.ts';
import { collect } from './entries.ts';

/** A state folder whose last run left these journal entries behind. */
async function leftBehind(entries: readonly unknown[]) {
  const folder = await temporaryFolder();
  const run = await createRun(folder, 0);
  await markUnsettled(folder, run.id);
  const journal = await openJournal(run.journal);
  await journal.close();
  for (const entry of entries) appendFileSync(run.journal, `${JSON.stringify(entry)}\n`);
  return { folder, run };
}

async function writesIn(folder: string): Promise<unknown[]> {
  const writes = await unsettledWrites(folder);
  if (writes === null || writes === 'anything') throw new Error(`expected writes, got ${writes}`);
  return collect(writes);
}

const create = { datatype: 'Ticket', key: 'T-1', todo: 'create' };
const update = { datatype: 'Ticket', key: 'T-1', todo: 'update', id: 12 };
const told = (isOpen: boolean, made: number | null = null): AnnouncedWrite => ({
  datatype: 'Ticket',
  key: 'T-1',
  isOpen,
  made,
  like: null,
  accepted: null,
  fields: null,
  at: 0,
});

describe('the mark', () => {
  test('is there until everything is settled', async () => {
    expect(await unsettledWrites(await temporaryFolder())).toBeNull();
    const { folder } = await leftBehind([]);
    expect(await writesIn(folder)).toEqual([]);
    await markSettled(folder);
    expect(await unsettledWrites(folder)).toBeNull();
    await markSettled(folder);
  });

  test('names the last run only', async () => {
    const { folder } = await leftBehind([{ n: 1, intent: create }]);
    const next = await createRun(folder, 1_000);
    await markUnsettled(folder, next.id);
    await (await openJournal(next.journal)).close();
    expect(await writesIn(folder)).toEqual([]);
  });

  test('without the journal it names, anything may have been written', async () => {
    const { folder, run } = await leftBehind([{ n: 1, intent: create }]);
    rmSync(run.path, { recursive: true });
    expect(await unsettledWrites(folder)).toBe('anything');
  });

  test.each(['', '\n', '../../etc\n', '20261122-120501-x7k2', 'a b\n', '20261122\nmore\n'])(
    'that is damaged (%j) tells no run, so anything may have been written',
    async content => {
      const { folder } = await leftBehind([]);
      writeFileSync(join(folder, 'unsettled'), content);
      expect(await unsettledWrites(folder)).toBe('anything');
    },
  );
});

describe('a write', () => {
  test.each<[string, readonly unknown[], AnnouncedWrite]>([
    ['announced and no more', [{ n: 1, intent: create }], told(true)],
    [
      'made, without its key',
      [
        { n: 1, intent: create },
        { n: 1, made: 12 },
      ],
      told(true, 12),
    ],
    [
      'done',
      [
        { n: 1, intent: create },
        { n: 1, outcome: 'done', id: 12 },
      ],
      told(false),
    ],
    [
      'done, with what is to be remembered of it',
      [
        { n: 1, intent: { ...create, acceptance: '0000000100000002000000030000000400000005fffffffe' } },
        { n: 1, outcome: 'done', id: 12 },
      ],
      {
        ...told(false),
        accepted: { key: { hi: 1, lo: 2 }, raw: { hi: 3, lo: 4 }, content: { hi: 5, lo: 0xfffffffe } },
      },
    ],
    [
      'not done: nothing is to be remembered of it',
      [
        { n: 1, intent: { ...create, acceptance: '0000000100000002000000030000000400000005fffffffe' } },
        { n: 1, outcome: 'failed' },
      ],
      told(false),
    ],
    [
      'done, with something unreadable to be remembered',
      [
        { n: 1, intent: { ...create, acceptance: '00000001' } },
        { n: 1, outcome: 'done', id: 12 },
      ],
      told(false),
    ],
    [
      'made and done',
      [
        { n: 1, intent: create },
        { n: 1, made: 12 },
        { n: 1, outcome: 'done', id: 12 },
      ],
      told(false, 12),
    ],
    [
      'unknown',
      [
        { n: 1, intent: create },
        { n: 1, outcome: 'unknown' },
      ],
      told(true),
    ],
    [
      'made, but the answer about its key was lost',
      [
        { n: 1, intent: create },
        { n: 1, made: 12 },
        { n: 1, outcome: 'unknown' },
      ],
      told(true, 12),
    ],
    [
      'refused',
      [
        { n: 1, intent: create },
        { n: 1, outcome: 'failed' },
      ],
      told(false),
    ],
    [
      'made, but its key was refused',
      [
        { n: 1, intent: create },
        { n: 1, made: 12 },
        { n: 1, outcome: 'failed' },
      ],
      told(true, 12),
    ],
    ['an update in flight', [{ n: 1, intent: update }], told(false)],
    [
      'an update of unknown fate',
      [
        { n: 1, intent: update },
        { n: 1, outcome: 'unknown' },
      ],
      told(false),
    ],
    [
      'announced again from an earlier run',
      [
        { n: -1, intent: create },
        { n: -1, made: 12 },
      ],
      told(true, 12),
    ],
  ])('%s', async (_, entries, expected) => {
    expect(await writesIn((await leftBehind(entries)).folder)).toEqual([expected]);
  });

  test('is told from every other one, however they interleave', async () => {
    const of = (key: string) => ({ ...create, key });
    const { folder } = await leftBehind([
      { n: 1, intent: of('A') },
      { n: 2, intent: of('B') },
      { n: 2, made: 22 },
      { n: 3, intent: of('C') },
      { n: 1, made: 11 },
      { n: 3, outcome: 'failed' },
      { n: 1, outcome: 'done', id: 11 },
    ]);
    const write = { datatype: 'Ticket', like: null, accepted: null, fields: null, at: 0 };
    expect(await writesIn(folder)).toEqual([
      { ...write, key: 'C', isOpen: false, made: null },
      { ...write, key: 'A', isOpen: false, made: 11 },
      { ...write, key: 'B', isOpen: true, made: 22 },
    ]);
  });

  test('whose outcome was being written when the power went is open', async () => {
    const { folder, run } = await leftBehind([{ n: 1, intent: create }]);
    appendFileSync(run.journal, '{"n":1,"outcome":"do');
    expect(await writesIn(folder)).toEqual([told(true)]);
  });

  test('is not made of entries that say nothing', async () => {
    const { folder } = await leftBehind([
      null,
      5,
      'text',
      [],
      { intent: create },
      { n: 1, intent: null },
      { n: 2, intent: { datatype: 'Ticket' } },
      { n: 3, intent: { datatype: 'Ticket', key: 7, todo: 'create' } },
      { n: 4, made: 12 },
      { n: 5, outcome: 'unknown' },
      { n: 6, intent: create },
      { n: 6, made: 'twelve' },
    ]);
    expect(await writesIn(folder)).toEqual([told(true)]);
  });

  test('cannot be told of from a damaged journal', async () => {
    const { folder, run } = await leftBehind([{ n: 1, intent: create }]);
    appendFileSync(run.journal, '{"n":2,"intent":\n{"n":1,"outcome":"done"}\n');
    const error = await refusal(writesIn(folder));
    expect(error.code).toBe('state');
    expect(error.message).toContain('line 2, is damaged');
  });
});
