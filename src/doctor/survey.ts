import type { Field } from '../datatypes/field.ts';
import type { Input } from '../import/inputs.ts';
import { createMapper } from '../mapping/map-row.ts';
import type { Row, Value } from '../mapping/row.ts';
import type { Problem } from '../problems/problem.ts';

/** Where a value was met, and how often. */
export interface Sighting {
  count: number;
  /** Words for the first place: `line 12`. */
  readonly first: string;
}

/** What the rows of a file say in one column. */
export interface FieldSurvey {
  readonly field: Field;
  /** Cells that hold a value which fits the field. */
  fitting: number;
  /** Characters of the longest text; 0 for what is no text. */
  longest: number;
  /** True when a date lies outside what a field of the type Date can hold. */
  wideDates: boolean;
  /** Different values, as text, of columns that name something of SuperOffice's; at most `mostValues`. */
  readonly values: Map<string, Sighting>;
  /** Values that do not fit the field: how many, and the first of each kind. */
  readonly faults: Map<string, Sighting & { readonly problem: Problem }>;
}

export interface FileSurvey {
  readonly input: Input;
  rows: number;
  /** Records that cannot be read, or have a fault that belongs to no column. */
  readonly wholeRow: Map<string, Sighting & { readonly problem: Problem }>;
  readonly fields: ReadonlyMap<Field, FieldSurvey>;
  /** Type and stage of sales, as far as a row names both. */
  readonly stages: Map<string, Sighting & { readonly type: string; readonly stage: string }>;
}

/** Told how far the reading is: rows and bytes of the file so far. */
export type Tick = (rows: number, bytes: number) => void;

/** More than so many different values are no references any more, and not worth the memory. */
const mostValues = 20_000;

/** A Date of SuperOffice counts seconds in 32 bits (reading.md, section 14.2). */
const firstDate = '1970-01-01';
const lastDate = '2038-01-19';

const asks: ReadonlySet<Field['kind']> = new Set(['list', 'lists', 'associate', 'country']);

/** Reads every row of a file once; memory does not grow with it. Throws SicError `file` for one that breaks off. */
export async function surveyFile(input: Input, tick: Tick, signal: AbortSignal): Promise<FileSurvey> {
  const { plan, records } = input;
  const fields = new Map(plan.fields.map(field => [field, emptySurvey(field)]));
  const survey: FileSurvey = { input, rows: 0, wholeRow: new Map(), fields, stages: new Map() };
  const byName = new Map([...fields].map(([field, one]) => [field.name, one]));
  const mapped = createMapper(plan);
  for await (const batch of records.batches()) {
    signal.throwIfAborted();
    const raw = Array.from({ length: batch.count }, (_, index) =>
      batch.bytes.subarray(batch.start[index], batch.end[index]),
    );
    for (const [index, record] of records.parse(raw).entries()) {
      const place = records.place(batch.ordinal[index] ?? 0);
      survey.rows++;
      if (!record.ok) note(survey.wholeRow, record.problem.code, place, { problem: record.problem });
      else countRow(mapped(record.cells), place, survey, byName);
    }
    tick(survey.rows, batch.offset);
  }
  return survey;
}

function emptySurvey(field: Field): FieldSurvey {
  return { field, fitting: 0, longest: 0, wideDates: false, values: new Map(), faults: new Map() };
}

function countRow(
  row: Row,
  place: string,
  survey: FileSurvey,
  byName: ReadonlyMap<string, FieldSurvey>,
): void {
  for (const problem of row.problems) {
    const column = byName.get(problem.field ?? '');
    note(column?.faults ?? survey.wholeRow, problem.code, place, { problem });
  }
  let type = '';
  let stage = '';
  for (const [field, value] of row.values) {
    const column = survey.fields.get(field);
    if (!column || value === null) continue;
    column.fitting++;
    if (typeof value === 'string') column.longest = Math.max(column.longest, value.length);
    if (field.kind === 'date' && (String(value) < firstDate || String(value) > lastDate))
      column.wideDates = true;
    if (asks.has(field.kind) && field.slot.at !== 'input')
      for (const text of textsOf(value))
        if (column.values.has(text) || column.values.size < mostValues) note(column.values, text, place, {});
    if (field.name === 'SaleType') type = String(value);
    if (field.name === 'Stage') stage = String(value);
  }
  if (type !== '' && stage !== '') note(survey.stages, JSON.stringify([type, stage]), place, { type, stage });
}

function textsOf(value: Value): string[] {
  return Array.isArray(value) ? value.map(String) : [String(value)];
}

function note<More extends object>(
  sightings: Map<string, Sighting & More>,
  name: string,
  first: string,
  more: More,
): void {
  const known = sightings.get(name);
  if (known) known.count++;
  else sightings.set(name, { count: 1, first, ...more });
}
