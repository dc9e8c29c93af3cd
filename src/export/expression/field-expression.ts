import type { Field, FieldKind } from '../../datatypes/field.ts';
import { heldValue } from '../../records/held.ts';
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
    valueOf: (record, names) => heldValue(field, record, names),
  };
}
