import type { Datatype } from '../../datatypes/datatype.ts';
import type { Slot } from '../../datatypes/field.ts';
import type { FieldNames } from '../../datatypes/udef.ts';
import { elementTable } from '../../records/current.ts';
import { keyPlace, recordsOf } from '../../records/keys.ts';
import { and, canFilter, equalsText, isOneOfNumbers } from '../../superoffice/filter.ts';
import type { SuperOffice } from '../../superoffice/superoffice.ts';
import type { Comparison } from './push.ts';

/** More records than this are not looked up one by one. */
const mostIds = 1000;

export interface FoundIds {
  /** Every record that satisfies the criterion is among these. */
  readonly ids: readonly number[];
  /** What SuperOffice was asked, for people. */
  readonly asked: string;
}

/**
 * The records that satisfy a criterion whose values stand in a table of their own (phones, mail and web addresses, foreign
 * keys): that table is asked first. null: it would not help. Throws SuperOfficeError.
 */
export async function idsFirst(
  superoffice: SuperOffice,
  datatype: Datatype,
  fieldNames: FieldNames,
  { expression, operator, operand }: Comparison,
): Promise<FoundIds | null> {
  const slot: Slot | undefined = expression.field?.slot;
  if (expression.function !== null || operator !== '=' || operand.is !== 'text') return null;
  const { text } = operand;
  if (!canFilter(text)) return null;
  if (slot?.at === 'foreignKey') {
    const place = keyPlace(datatype, fieldNames);
    if (place.at !== 'foreignKey') return null;
    const { records } = await recordsOf(superoffice, place.ring, [text]);
    return { ids: [...records.keys()], asked: `ForeignKeys, ${equalsText('keyValue', text)}` };
  }
  if (slot?.at !== 'element') return null;
  const hasCase = text.toLowerCase() !== text.toUpperCase();
  if (hasCase && !superoffice.openPoints.textFiltersIgnoreCase) return null;
  return owners(superoffice, datatype, slot, text);
}

async function owners(
  superoffice: SuperOffice,
  datatype: Datatype,
  slot: Extract<Slot, { at: 'element' }>,
  text: string,
): Promise<FoundIds | null> {
  const { key, owner, type, value } = elementTable(datatype, slot.table);
  const filter = and(isOneOfNumbers(type, [slot.type]), equalsText(value, text));
  const rows = await superoffice.archive({
    fresh: true,
    provider: 'dynamic',
    columns: [...new Set([key, owner])],
    filter,
    orderBy: key,
    top: mostIds + 1,
  });
  if (rows.length > mostIds) return null;
  const ids = new Set(rows.map(({ cells }) => Number(cells.get(owner)?.raw ?? 0)).filter(id => id > 0));
  return { ids: [...ids], asked: `dynamic, ${equalsText(value, text)}` };
}
