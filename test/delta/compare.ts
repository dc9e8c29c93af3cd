import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Input, Inputs } from '../../src/import/inputs.ts';
import { hashOfSet, mixed } from '../../src/import/memory.ts';
import { SicError } from '../../src/problems/sic-error.ts';
import { type Fingerprints, loadFingerprints } from '../../src/state/fingerprint.ts';
import type { Model } from './model.ts';
import type { Place } from './place.ts';
import type { Told, Wish } from './run.ts';
import { openState, runTiers, textOf, type Watched } from './tiers.ts';

/** What came of a run that did as the model says. */
export interface Agreed {
  readonly inputs: readonly Input[];
  readonly watched: Watched;
}

/** Runs these files and the model, and expects the same of both. Answers null when the files are refused. */
export async function runBoth(
  place: Place,
  model: Model,
  files: readonly string[],
  wish: Wish,
): Promise<Agreed | null> {
  const plainly = await openedOrRefused(place.open(files, true));
  const opened = await openedOrRefused(place.open(files));
  if (plainly instanceof SicError || opened instanceof SicError) {
    expect(wordsOf(opened)).toEqual(wordsOf(plainly));
    return null;
  }
  const { inputs } = opened;
  for (const [index, { records }] of inputs.entries()) {
    const other = plainly.inputs[index]?.records;
    expect(records.layout).toBe(other?.layout);
    if (records.format === 'csv') expect(records.columns).toEqual(other?.columns);
    else for (const column of other?.columns ?? []) expect(records.columns).toContain(column);
  }
  const before = stateBytes(place);
  const watched = await runTiers(inputs, place.state, wish);
  const { told, worked, isLimited } = await model.run(plainly.inputs, inputs, wish);
  expect(watched.worked).toEqual(worked);
  expect(watched.isLimited).toBe(isLimited);
  const fingerprints = await loadFingerprints();
  expectTold(watched, told, fingerprints);
  expectMet(watched, model, fingerprints);
  if (wish.kind === 'validate') expect(stateBytes(place)).toEqual(before);
  await expectRemembered(inputs, place, model, wish);
  return { inputs, watched };
}

async function openedOrRefused(opening: Promise<Inputs>): Promise<Inputs | SicError> {
  try {
    return await opening;
  } catch (error) {
    if (error instanceof SicError) return error;
    throw error;
  }
}

function wordsOf(opened: Inputs | SicError): readonly unknown[] {
  return opened instanceof SicError
    ? [opened.code, opened.message, opened.detail, opened.hint]
    : ['opened', opened.inputs.map(({ label }) => label)];
}

/** Each row has the fate that it has in the model; those that were passed by are unchanged there, and nothing is said of them. */
function expectTold(watched: Watched, model: readonly Told[], fingerprints: Fingerprints): void {
  const told = [...watched.told];
  const passed = new Map<string, string[]>();
  const looked: Told[] = [];
  let next = 0;
  for (const row of model) {
    const answer = told[next];
    if (answer && answer.file === row.file && answer.place === row.place) {
      looked.push(row);
      next++;
      continue;
    }
    expect(row, `${row.file}, ${row.place} was passed by`).toMatchObject({ status: 'unchanged', said: [] });
    passed.set(row.file, [...(passed.get(row.file) ?? []), textOf(fingerprints.text(row.key))]);
  }
  expect(told).toEqual(looked);
  expect(watched.passed).toEqual(passed);
  const counts: Record<string, number> = { read: model.length };
  for (const { status } of model) counts[status] = (counts[status] ?? 0) + 1;
  expect(Object.fromEntries(Object.entries(watched.counts).filter(([, count]) => count > 0))).toEqual(
    Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)),
  );
}

/** What rows of other files are told about a key: where it is, and what became of it. */
function expectMet({ seen }: Watched, model: Model, fingerprints: Fingerprints): void {
  for (const [key, { file, ordinal, status }] of model.met) {
    const found = seen?.get(fingerprints.text(key));
    // A byte-same row before the last one may have told already what becomes of that.
    const its = status ?? found?.status;
    expect(found && [key, found.file, found.ordinal, found.status]).toEqual([key, file, ordinal, its]);
  }
}

/** Exactly what SuperOffice accepted is remembered, and with these words. */
async function expectRemembered(
  inputs: readonly Input[],
  place: Place,
  model: Model,
  { policy }: Wish,
): Promise<void> {
  const { store, fingerprints } = await openState(inputs, place.state);
  expect(store.size).toBe(model.accepted.size);
  for (const [remembered, content] of model.accepted) {
    const [set = '', key = ''] = splitAt(remembered, remembered.lastIndexOf('] ') + 1);
    const places = model.sets.get(set);
    if (!places) throw new Error(`no set ${set}`);
    const index = store.findKey(mixed(fingerprints.text(key), hashOfSet(places, fingerprints)));
    expect(index, remembered).toBeGreaterThanOrEqual(0);
    const [said = '', text = ''] = splitAt(content, content.indexOf(' '));
    if (said !== policy) continue;
    expect(store.at(index).content, remembered).toEqual(fingerprints.text(text, fingerprints.text(policy)));
  }
}

function splitAt(text: string, at: number): [string, string] {
  return [text.slice(0, at), text.slice(at + 1)];
}

function stateBytes({ state }: Place): string {
  try {
    return readFileSync(join(state, 'accepted-Company')).toString('latin1');
  } catch {
    return '';
  }
}
