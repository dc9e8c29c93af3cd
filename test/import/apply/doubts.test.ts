import { expect, test } from 'vitest';
import { type Doubt, Doubts } from '../../../src/import/apply/doubts.ts';
import { intentsIn } from '../../../src/import/apply/intents.ts';
import { openJournal } from '../../../src/state/journal.ts';
import { createRun } from '../../../src/state/run-folder.ts';
import { markUnsettled, unsettledWrites } from '../../../src/state/unsettled.ts';
import { temporaryFolder } from '../../support/folders.ts';

const ticket = (key: string, made: number | null = null): Doubt => ({
  datatype: 'Ticket',
  key,
  made,
  like: 'a',
  at: 5,
});

test('nothing in doubt', () => {
  const doubts = new Doubts([]);
  expect(doubts.any).toBe(false);
  expect(doubts.entries()).toEqual([]);
  expect(doubts.of('Ticket', 'T-1')).toBeUndefined();
});

test('a create is in doubt until it is settled, by datatype and key', () => {
  const doubts = new Doubts([ticket('T-1'), ticket('T-2', 12), { ...ticket('T-1', 7), datatype: 'Message' }]);
  expect(doubts.of('Ticket', 'T-1')).toMatchObject({ made: null });
  expect(doubts.of('Ticket', 'T-2')).toMatchObject({ made: 12 });
  expect(doubts.of('Message', 'T-1')).toMatchObject({ made: 7 });
  expect(doubts.of('Message', 'T-2')).toBeUndefined();
  expect(doubts.of('Ticket', 't-1')).toBeUndefined();
  doubts.settle('Ticket', 'T-1');
  expect(doubts.of('Ticket', 'T-1')).toBeUndefined();
  expect(doubts.of('Message', 'T-1')).toMatchObject({ made: 7 });
  doubts.settle('Ticket', 'T-9');
  expect(doubts.any).toBe(true);
  doubts.settle('Ticket', 'T-2');
  doubts.settle('Message', 'T-1');
  expect(doubts.any).toBe(false);
});

test.each([[[ticket('T-1', 12), ticket('T-1')]], [[ticket('T-1'), ticket('T-1', 12)]]])(
  'the id that any of its announcements knows is not forgotten: %j',
  writes => {
    expect(new Doubts(writes).of('Ticket', 'T-1')).toMatchObject({ made: 12 });
  },
);

/** What the run after this one has in doubt, if it is killed right after these entries were journaled. */
async function nextRun(write: (run: { journal: string }) => Promise<void>) {
  const folder = await temporaryFolder();
  const run = await createRun(folder, 0);
  await markUnsettled(folder, run.id);
  await write(run);
  const writes = await unsettledWrites(folder);
  if (writes === null || writes === 'anything') throw new Error(`expected writes, got ${writes}`);
  const open: Doubt[] = [];
  for await (const each of writes) if (each.isOpen) open.push({ ...each, like: each.like ?? '' });
  return new Doubts(open);
}

test('doubts that are announced again are those of the next run', async () => {
  const before = new Doubts([ticket('T-1'), ticket('T-2', 12), ticket('Å "x"', 13)]);
  const after = await nextRun(async run => {
    const journal = await openJournal(run.journal);
    for (const entry of before.entries()) journal.append(entry);
    // Writes of the run itself are numbered so that they are not taken for those.
    const intents = intentsIn(
      journal,
      before,
      () => 5,
      async () => {},
    );
    const write = { datatype: 'Ticket', todo: 'create', like: 'a' } as const;
    intents.announce({ ...write, key: 'T-3' }).outcome('done', 14);
    intents.announce({ ...write, key: 'T-4' });
    const made = intents.announce({ ...write, key: 'T-5' });
    made.made(15);
    made.outcome('failed');
    await journal.close();
  });
  expect(after.of('Ticket', 'T-1')).toMatchObject({ made: null });
  expect(after.of('Ticket', 'T-2')).toMatchObject({ made: 12 });
  expect(after.of('Ticket', 'Å "x"')).toMatchObject({ made: 13 });
  expect(after.of('Ticket', 'T-3')).toBeUndefined();
  expect(after.of('Ticket', 'T-4')).toMatchObject({ made: null });
  expect(after.of('Ticket', 'T-5')).toMatchObject({ made: 15 });
});

test('a run that only announces what it found in doubt loses none of it', async () => {
  const before = new Doubts([ticket('T-1'), ticket('T-2', 12)]);
  before.settle('Ticket', 'T-1');
  const after = await nextRun(async run => {
    const journal = await openJournal(run.journal);
    for (const entry of [...before.entries(), ...before.endings()]) journal.append(entry);
    await journal.close();
  });
  expect(after.of('Ticket', 'T-2')).toMatchObject(ticket('T-2', 12));
  expect(after.of('Ticket', 'T-1')).toBeUndefined();
});

test('a run that is killed before it has told its rows leaves what it found, and what it settled, to the next', async () => {
  const before = new Doubts([ticket('T-1'), ticket('T-2'), ticket('T-3')]);
  const after = await nextRun(async run => {
    const journal = await openJournal(run.journal);
    const announced = async () => {
      for (const entry of before.entries()) journal.append(entry);
    };
    const intents = intentsIn(journal, before, () => 5, announced);
    intents.found('Ticket', 'T-1', 11);
    intents.settle('Ticket', 'T-1');
    const write = { datatype: 'Ticket', todo: 'create', like: 'b' } as const;
    await intents.announce({ ...write, key: 'T-4' }).durable();
    intents.found('Ticket', 'T-2', 12);
    intents.settle('Ticket', 'T-2');
    await journal.close();
  });
  expect(after.of('Ticket', 'T-1')).toMatchObject({ made: 11 });
  expect(after.of('Ticket', 'T-2')).toMatchObject({ made: 12 });
  expect(after.of('Ticket', 'T-3')).toMatchObject({ made: null });
});
