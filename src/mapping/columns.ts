import type { Mapping } from '../config/config.ts';
import type { Datatype } from '../datatypes/datatype.ts';
import type { Field } from '../datatypes/field.ts';
import type { FieldNames, UdefLayout } from '../datatypes/udef.ts';
import { rejectColumns } from '../formats/reject-columns.ts';
import type { Problem } from '../problems/problem.ts';
import { ColumnFaults } from './column-faults.ts';
import { type CellForms, converterFor } from './convert/cell.ts';
import { compileDatePattern } from './convert/date-pattern.ts';
import { fieldLookup, type Lookup } from './field-lookup.ts';
import { isControlColumn, planIntegrity, type Target } from './integration-id.ts';
import type { ColumnPlan, PlannedColumn } from './plan.ts';
import type { Value } from './row.ts';
import { placeColumn } from './shifted-row.ts';

export interface ColumnSource {
  /** For messages: the path as the user typed it. */
  readonly file: string;
  /** The header, spelled as in the file. */
  readonly columns: readonly string[];
  /** True when every record has these columns in this order (CSV); elsewhere each has those it needs. */
  readonly fixed: boolean;
  readonly datatype: Datatype;
  /** Null when no mapping of the config applies: then names must fit as they are. */
  readonly mapping: Mapping | null;
  /** The configured IntegrationID, or null. */
  readonly integrationId: string | null;
  /** The time zone SuperOffice keeps, or null. */
  readonly timeZone: string | null;
  readonly fieldNames: FieldNames;
  /** Published more-page fields of the datatype; null offline. */
  readonly layout: UdefLayout;
}

/** A mended reject file is imported as it is: what it has on top of the input's columns says nothing new. */
const reportColumns: ReadonlySet<string> = new Set(rejectColumns);

/** What planning has found so far. */
interface Draft {
  readonly source: ColumnSource;
  readonly find: (name: string) => Lookup;
  readonly faults: ColumnFaults;
  readonly columns: PlannedColumn[];
  readonly ignored: string[];
  readonly warnings: Problem[];
  /** Field → the column or constant that fills it. */
  readonly filledBy: Map<Field, string>;
  /** False when a near miss may be the key itself, which is never ignored. */
  readonly hasKey: boolean;
  /** Names that were meant but could not be used: not missed a second time. */
  readonly refused: Set<string>;
}

/**
 * Decides what becomes of each column (design.md, section 6). Columns that a reject file adds are passed over.
 * @throws SicError `file` with all faults of the header at once; `config` when a date pattern cannot be used
 */
export function planColumns(source: ColumnSource): ColumnPlan {
  const { datatype, mapping } = source;
  const targets = targetsOf(source);
  const wanted = [...targets.map(({ to }) => to), ...(mapping?.constants.keys() ?? [])];
  const draft: Draft = {
    source,
    find: fieldLookup(datatype, wanted, source.layout, source.fieldNames),
    faults: new ColumnFaults(source.file, datatype),
    columns: [],
    ignored: [...(mapping?.columns ?? [])].flatMap(([column, { to }]) =>
      to === null && source.columns.includes(column) ? [column] : [],
    ),
    warnings: [],
    filledBy: new Map(),
    hasKey: targets.some(({ to }) => to === datatype.keyField),
    refused: new Set(),
  };
  const forms: CellForms = {
    dates: (mapping?.dates ?? []).map(compileDatePattern),
    decimal: mapping?.decimal ?? null,
    timeZone: source.timeZone,
  };
  for (const target of targets) if (!isControlColumn(target.to)) planColumn(draft, target);
  const constants = planConstants(draft, forms);
  const { integrity, faults } = planIntegrity(targets, source.integrationId, source.fixed);
  for (const text of faults) draft.faults.add('integration-id', text);
  // A list without any record has no columns, and nothing is wrong with that.
  if (source.fixed || source.columns.length > 0) requireKey(draft);
  noteMappedButAbsent(draft);
  draft.faults.throwIfAny(source.columns);
  return {
    datatype,
    columns: draft.columns,
    constants,
    fields: [...draft.columns.map(({ field }) => field), ...constants.keys()],
    ignored: draft.ignored,
    integrity,
    checkShift: source.columns.includes(placeColumn),
    forms,
    warnings: draft.warnings,
  };
}

function targetsOf({ columns, mapping }: ColumnSource): Target[] {
  const targets: Target[] = [];
  for (const column of columns) {
    const mapped = mapping?.columns.get(column);
    const to = mapped ? mapped.to : column;
    if (to !== null && !reportColumns.has(column)) targets.push({ column, to });
  }
  return targets;
}

function planColumn(draft: Draft, { column, to }: Target): void {
  const { mapping } = draft.source;
  const mapped = mapping?.columns.get(column);
  const found = draft.find(to);
  if (found.field === null) {
    refuseColumn(draft, { column, to }, found);
    return;
  }
  const other = draft.filledBy.get(found.field);
  if (other !== undefined) {
    draft.faults.add('twice', `Columns "${other}" and "${column}" both go to ${found.field.name}.`);
    return;
  }
  draft.filledBy.set(found.field, column);
  draft.columns.push({
    column,
    field: found.field,
    empty: mapped?.empty ?? mapping?.empty ?? 'keep',
    values: mapped?.values ?? new Map(),
  });
}

function refuseColumn(draft: Draft, { column, to }: Target, refusal: Extract<Lookup, { field: null }>): void {
  const { datatype, mapping } = draft.source;
  const { kind, why, meant } = refusal;
  const isKey = kind === 'key-prog-id' || (meant === datatype.keyField && !draft.hasKey);
  if (mapping?.columns.has(column)) {
    const inMapping = kind === 'prog-id' || kind === 'key-prog-id' ? kind : 'mapping';
    draft.faults.add(inMapping, `The mapping sends column "${column}" to "${to}", but ${why}`);
  } else if (mapping?.unknownColumns === 'ignore' && !isKey) {
    draft.ignored.push(column);
    if (kind === 'spelling') draft.warnings.push(ignoredNearMiss(column, why));
    return;
  } else {
    draft.faults.add(kind, `Column "${column}" cannot be imported: ${why}`);
  }
  if (meant !== null) draft.refused.add(meant);
}

function ignoredNearMiss(column: string, why: string): Problem {
  return {
    field: column,
    value: null,
    code: 'column-ignored',
    message: `Column "${column}" is ignored: ${why}`,
    tip: 'Correct the letter case if the column is meant to be imported.',
  };
}

function planConstants(draft: Draft, forms: CellForms): ReadonlyMap<Field, Value> {
  const constants = new Map<Field, Value>();
  for (const [name, value] of draft.source.mapping?.constants ?? []) {
    const found = draft.find(name);
    const refuse = (why: string): void =>
      draft.faults.add('mapping', `The mapping's constant "${name}" cannot be used: ${why}`);
    if (found.field === null) {
      refuse(found.why);
      continue;
    }
    const { field } = found;
    const other = draft.filledBy.get(field);
    const typed = converterFor(field, forms)(typeof value === 'string' ? value.trim() : value);
    if (field.kind === 'key') refuse('every record needs a key of its own.');
    else if (other !== undefined) refuse(`"${other}" goes to ${field.name} too.`);
    else if (value === '') refuse('it is empty.');
    else if (!typed.ok) refuse(`${typed.message} ${typed.tip}`);
    else {
      draft.filledBy.set(field, name);
      constants.set(field, typed.value);
    }
  }
  return constants;
}

function requireKey({ source: { datatype }, columns, refused, faults }: Draft): void {
  if (columns.some(({ field }) => field.kind === 'key') || refused.has(datatype.keyField)) return;
  const what = datatype.name.toLowerCase();
  faults.add(
    'key-missing',
    `Column ${datatype.keyField} is missing, so nothing tells which ${what} a row is.`,
  );
}

function noteMappedButAbsent({ source: { columns, mapping }, warnings }: Draft): void {
  for (const column of mapping?.columns.keys() ?? []) {
    if (columns.includes(column)) continue;
    const near = columns.find(other => other.trim().toLowerCase() === column.trim().toLowerCase());
    warnings.push({
      field: column,
      value: null,
      code: 'mapped-column-absent',
      message: `The mapping names the column "${column}", which the file does not have.`,
      tip:
        near === undefined
          ? 'Nothing is written for it. Correct the mapping if the column has another name now.'
          : `The file has "${near}": correct the spelling in the mapping.`,
    });
  }
}
