import type { Field, FieldKind } from '../../datatypes/field.ts';
import type { Existing } from '../../records/current.ts';
import { heldValue } from '../../records/held.ts';
import { type Held, nothingHeld } from '../../records/value.ts';
import type { Expression, ValueType } from './expression.ts';

const types: Readonly<Record<FieldKind, ValueType>> = {
  key: 'key',
  relation: 'item',
  text: 'text',
  integer: 'number',
  decimal: 'number',
  boolean: 'boolean',
  date: 'day',
  datetime: 'moment',
  choice: 'choice',
  list: 'item',
  lists: 'items',
  associate: 'item',
  country: 'item',
  file: 'text',
  files: 'text',
  content: 'text',
  addresses: 'text',
};

/** A field as SuperOffice holds it. @param text the name it was asked for by */
export function fieldExpression(field: Field, text: string): Expression {
  return {
    text,
    type: types[field.kind],
    field,
    function: null,
    valueOf:
      field.kind === 'relation'
        ? record => parentOf(field, record)
        : (record, names) => heldValue(field, record, names),
  };
}

/** A parent by its user key; one without a key has no name in a file. */
function parentOf({ slot }: Field, record: Existing): Held {
  if (slot.at !== 'reference') return nothingHeld;
  const id = Number(record.archive.cells.get(slot.column)?.raw ?? 0);
  const key = record.parentKeys.get(slot.column) ?? '';
  return { value: id, text: key === '' ? null : key };
}
