import type { Datatype, DatatypeName } from '../../datatypes/datatype.ts';
import type { Field } from '../../datatypes/field.ts';
import type { FieldNames } from '../../datatypes/udef.ts';
import type { Row, Value } from '../../mapping/row.ts';
import { type FoundKeys, findByKey, notSearchable } from '../../records/keys.ts';
import { canFilter } from '../../superoffice/filter.ts';
import type { SuperOffice } from '../../superoffice/superoffice.ts';
import type { Status } from '../result.ts';
import type { ResolvedCell } from './wanted.ts';

/** What the run knows of parents besides SuperOffice: rows of its own files. */
export interface ParentLookup {
  readonly datatype: (name: DatatypeName) => Datatype;
  readonly names: FieldNames;
  /** A row of this run with that key: its place, what became of it, and its record (0: not known). null: no such row. */
  readonly inThisRun: (
    datatype: DatatypeName,
    key: string,
  ) => { readonly place: string; readonly status: Status | null; readonly record: number } | null;
  /** True when created rows exist only in the plan. */
  readonly dryRun: boolean;
}

/** What a cell of a relation means. */
export type ParentResolver = (field: Field, value: Value) => ResolvedCell;

/**
 * Looks up the parents of all rows, one request per parent datatype, and answers per cell. Records that this run wrote or
 * saw are not looked for again.
 */
export async function resolveParents(
  superoffice: SuperOffice,
  lookup: ParentLookup,
  fields: readonly Field[],
  rows: readonly Row[],
): Promise<ParentResolver> {
  const byField = new Map<Field, { parent: Datatype; found: FoundKeys }>();
  await Promise.all(
    fields.map(async field => {
      if (field.parent === undefined) return;
      const parent = lookup.datatype(field.parent);
      const keys = new Set(
        rows.flatMap(row =>
          typeof row.values.get(field) === 'string' ? [String(row.values.get(field))] : [],
        ),
      );
      byField.set(field, { parent, found: await find(superoffice, parent, lookup, [...keys]) });
    }),
  );
  return (field, value) => {
    const known = byField.get(field);
    if (!known) throw new Error(`${field.name} is no relation`);
    return parentCell(field, value, known.parent, known.found, lookup);
  };
}

async function find(
  superoffice: SuperOffice,
  parent: Datatype,
  { names, inThisRun }: ParentLookup,
  keys: readonly string[],
): Promise<FoundKeys> {
  const ids = new Map<string, readonly number[]>();
  for (const key of keys) {
    const record = inThisRun(parent.name, key)?.record ?? 0;
    if (record > 0) ids.set(key, [record]);
  }
  const others = keys.filter(key => !ids.has(key));
  if (others.length === 0) return { ids, refused: new Map() };
  const found = await findByKey(superoffice, parent, names, others);
  return { ids: new Map([...ids, ...found.ids]), refused: found.refused };
}

function parentCell(
  field: Field,
  value: Value,
  parent: Datatype,
  found: FoundKeys,
  lookup: ParentLookup,
): ResolvedCell {
  if (value === null)
    return { wanted: { field, value: null, text: null, add: [] }, problem: null, warning: null };
  const key = String(value);
  const ids = found.ids.get(key) ?? [];
  const [id] = ids;
  if (ids.length === 1 && id !== undefined)
    return { wanted: { field, value: id, text: key, add: [] }, problem: null, warning: null };
  const what = parent.name.toLowerCase();
  const problem = (code: string, message: string, tip: string): ResolvedCell => ({
    wanted: null,
    warning: null,
    problem: { field: field.name, value: key, code, message, tip },
  });
  if (ids.length > 1)
    return problem(
      'parent-ambiguous',
      `SuperOffice has ${ids.length} records with the ${what} key "${key}" (ids ${ids.join(', ')}).`,
      `Leave the key on one of them and empty ${parent.keyField} on the others.`,
    );
  if (!canFilter(key)) return problem('key-not-searchable', ...notSearchable(key));
  const refused = found.refused.get(key);
  if (refused) return problem('superoffice-refused', refused.message, refused.hint);
  const own = lookup.inThisRun(parent.name, key);
  if (own && lookup.dryRun && own.status === 'created')
    return {
      wanted: { field, value: null, text: key, add: [], planned: true },
      problem: null,
      warning: null,
    };
  const fate = own && fates[own.status ?? 'notReached'];
  if (own && fate)
    return problem(
      'parent-not-imported',
      `The ${what} "${key}" (${own.place}) ${fate} in this run, so there is none to belong to.`,
      `Look at the ${what} first; this row is tried again with the next run.`,
    );
  if (own)
    return problem(
      'parent-not-found',
      `SuperOffice no longer has the ${what} "${key}", although ${own.place} is ${own.status}.`,
      'It was probably deleted there. Run again with --full and both files: that makes it anew.',
    );
  return problem(
    'parent-not-found',
    `SuperOffice has no ${what} with the key "${key}".`,
    `Import the ${what} first or in the same run, or correct the key.`,
  );
}

/** Why a parent of this run is not in SuperOffice; a status that is missing here means that it should be. */
const fates: Partial<Record<Status, string>> = {
  rejected: 'was rejected',
  conflict: 'was left alone',
  failed: 'could not be written',
  unknown: 'was sent without an answer',
  notReached: 'was not reached',
};
