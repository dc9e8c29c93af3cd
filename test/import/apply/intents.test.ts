import { describe, expect, test } from 'vitest';
import { Doubts } from '../../../src/import/apply/doubts.ts';
import { intentsIn } from '../../../src/import/apply/intents.ts';
import { openJournal, readJournal } from '../../../src/state/journal.ts';
import { createRun } from '../../../src/state/run-folder.ts';
import { collect } from '../../state/entries.ts';
import { temporaryFolder } from '../../support/folders.ts';

const create = { datatype: 'Ticket', key: 'T-1', todo: 'create', like: 'a' } as const;

async function open(beforeFirst: () => Promise<void> = async () => {}) {
  const run = await createRun(await temporaryFolder(), 0);
  const journal = await openJournal(run.journal);
  const entries = async (): Promise<unknown[]> => {
    await journal.durable();
    return collect(readJournal(run.journal));
  };
  const doubts = new Doubts();
  const intents = intentsIn(journal, doubts, () => 5, beforeFirst);
  return { intents, doubts, entries, close: () => journal.close() };
}

test('the journal tells each write from its announcement to its outcome', async () => {
  const { intents, entries, close } = await open();
  const first = intents.announce(create);
  const second = intents.announce({
    datatype: 'Company',
    key: 'C',
    todo: 'update',
    id: 5,
    like: null,
  });
  first.made(12);
  second.outcome('failed');
  first.outcome('done', 12);
  expect(await entries()).toEqual([
    { n: 1, intent: { datatype: 'Ticket', key: 'T-1', todo: 'create', like: 'a', at: 5 } },
    { n: 2, intent: { datatype: 'Company', key: 'C', todo: 'update', id: 5 } },
    { n: 1, made: 12 },
    { n: 2, outcome: 'failed' },
    { n: 1, outcome: 'done', id: 12 },
  ]);
  await close();
});

test('what comes before the first write is done once, before any of them is announced as durable', async () => {
  const done: string[] = [];
  const { intents, entries, close } = await open(async () => {
    done.push('before');
  });
  const writes = [intents.announce(create), intents.announce({ ...create, key: 'T-2' })];
  expect(done).toEqual([]);
  await Promise.all(
    writes.map(async write => {
      await write.durable();
      done.push('write');
    }),
  );
  expect(done).toEqual(['before', 'write', 'write']);
  expect(await entries()).toHaveLength(2);
  await close();
});

test('a record that this run made is known as such, by datatype', async () => {
  const { intents, close } = await open();
  intents.announce(create).made(12);
  intents.announce({ ...create, key: 'T-2' }).made(13);
  expect([12, 13, 14].map(id => intents.isMade('Ticket', id))).toEqual([true, true, false]);
  expect(intents.isMade('Message', 12)).toBe(false);
  await close();
});

describe('a record may be there without its key', () => {
  test.each([
    ['done', true, 'create', true, false],
    ['unknown', false, 'create', true, true],
    ['unknown', true, 'create', true, true],
    ['failed', false, 'create', true, false],
    ['failed', true, 'create', true, true],
    ['unknown', false, 'create', false, false],
    ['failed', true, 'create', false, false],
    ['unknown', false, 'update', true, false],
  ] as const)('%s, made: %s, %s, key beside: %s → %s', async (outcome, isMade, todo, keyBeside, expected) => {
    const { intents, doubts, close } = await open();
    const intent = intents.announce({ ...create, todo, like: keyBeside ? 'a' : null });
    if (isMade) intent.made(12);
    intent.outcome(outcome);
    intents.announce({ ...create, key: 'T-2' }).outcome('done', 13);
    expect(doubts.any).toBe(expected);
    await close();
  });
});
