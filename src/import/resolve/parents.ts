import type { Datatype, DatatypeName } from '../../datatypes/datatype.ts';
import type { Field } from '../../datatypes/field.ts';
import type { Row, Value } from '../../mapping/row.ts';
import { canFilter } from '../../superoffice/filter.ts';
import type { SuperOffice } from '../../superoffice/superoffice.ts';
import type { Status } from '../result.ts';
import { findByKey, notSearchable } from './keys.ts';
import type { ResolvedCell } from './wanted.ts';

/** What the run knows of parents besides SuperOffice: rows of its own files. */
export interface ParentLookup {
  readonly datatype: (name: DatatypeName) => Datatype;
  readonly progIdPrefix: string;
  /** A row of this run with that key: its place and what became of it. null: no such row. */
  readonly inThisRun: (
    datatype: DatatypeName,
    key: string,
  ) => { readonly place: string; readonly status: Status | null } | null;
  /** True when created rows exist only in the plan. */
  readonly dryRun: boolean;
}

/** Looks up the parents of all rows, one request per parent datatype, and answers per cell. */
export async function resolveParents(
  superoffice: SuperOffice,
  lookup: ParentLookup,
  fields: readonly Field[],
  rows: readonly Row[],
): Promise<(field: Field, value: Value) => ResolvedCell> {
  const byField = new Map<Field, { parent: Datatype; found: Map<string, number[]> }>();
  await Promise.all(
    fields.map(async field => {
      if (field.parent === undefined) return;
      const parent = lookup.datatype(field.parent);
      const keys = new Set(
        rows.flatMap(row =>
          typeof row.values.get(field) === 'string' ? [String(row.values.get(field))] : [],
        ),
      );
      byField.set(field, {
        parent,
        found: await findByKey(superoffice, parent, lookup.progIdPrefix, [...keys]),
      });
    }),
  );
  return (field, value) => {
    const known = byField.get(field);
    if (!known) throw new Error(`${field.name} is no relation`);
    return parentCell(field, value, known.parent, known.found, lookup);
  };
}

function parentCell(
  field: Field,
  value: Value,
  parent: Datatype,
  found: ReadonlyMap<string, readonly number[]>,
  lookup: ParentLookup,
): ResolvedCell {
  if (value === null)
    return { wanted: { field, value: null, text: null, add: [] }, problem: null, warning: null };
  const key = String(value);
  const ids = found.get(key) ?? [];
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
      `SuperOffice has ${ids.length} records of datatype ${parent.name} with the key "${key}" (ids ${ids.join(', ')})`,
      `Leave the key on one of them and empty ${parent.keyField} on the others.`,
    );
  if (!canFilter(key)) return problem('key-not-searchable', ...notSearchable(key));
  const own = lookup.inThisRun(parent.name, key);
  if (own && lookup.dryRun && own.status === 'created')
    return {
      wanted: { field, value: null, text: key, add: [], planned: true },
      problem: null,
      warning: null,
    };
  if (own)
    return problem(
      'parent-not-imported',
      `the ${what} "${key}" was not imported in this run either (${own.place}${own.status ? `: ${own.status}` : ''})`,
      `Correct the ${what} at ${own.place}; this row is tried again with the next run.`,
    );
  return problem(
    'parent-not-found',
    `SuperOffice has no ${what} with the key "${key}" (${parent.keyField})`,
    `Import the ${what} first or in the same run, or correct the key.`,
  );
}
