import type { Datatype } from '../datatypes/datatype.ts';
import { type FieldNames, isCustomColumn, keyName, type UdefShape, udefFields } from '../datatypes/udef.ts';
import type { UdefDefinition } from '../superoffice/superoffice.ts';

/** Published fields of an entity by Prog ID, or extra fields by name. */
export type Layout = ReadonlyMap<string, UdefDefinition>;

/** A column whose field SuperOffice does not have, with what its name says that it should be. */
export interface MissingField {
  readonly column: string;
  readonly progId: string;
  readonly shape: UdefShape;
  /** A field whose name differs in letter case only, when there is one. */
  readonly nearest: string | null;
}

/** Which of the columns beyond the catalogue have no field in the layout. */
export function missingFields(
  datatype: Datatype,
  columns: readonly string[],
  layout: Layout,
  names: FieldNames,
): MissingField[] {
  const { problems } = udefFields(datatype, columns, layout, names);
  return problems
    .filter(({ code }) => code === 'missing')
    .map(({ column, progId, nearest }) => ({
      column,
      progId,
      nearest,
      shape: shapeByName(datatype, column, names),
    }));
}

/** The layout with the missing fields in it, so that the values of a file can be held against what will be made. */
export function completed(layout: Layout, missing: readonly MissingField[]): ReadonlyMap<string, UdefShape> {
  return new Map<string, UdefShape>([
    ...layout,
    ...missing.map(({ progId, shape }) => [progId, shape] as const),
  ]);
}

/** Columns of a file that go beyond the catalogue, its key included where it is kept in a field. */
export function customColumns(datatype: Datatype, columns: readonly string[], names: FieldNames): string[] {
  return columns.filter(
    column =>
      isCustomColumn(datatype, column) || (column === datatype.keyField && keyName(datatype, names) !== null),
  );
}

function shapeByName(datatype: Datatype, column: string, names: FieldNames): UdefShape {
  const [field] = udefFields(datatype, [column], null, names).fields;
  const slot = field?.slot;
  if (slot?.at !== 'custom')
    throw new Error(`${column} of ${datatype.name} is no column beyond the catalogue`);
  return { type: slot.udefType, label: '', length: field?.length ?? 0, list: null };
}
