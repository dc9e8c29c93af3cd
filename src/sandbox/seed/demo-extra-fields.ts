import { defineExtraField, type ExtraFieldType } from '../extra-fields/definitions.ts';
import type { Database } from '../store/database.ts';

/** Key column per table, as a profile of the integration would name it. */
const keys: readonly (readonly [table: string, key: string])[] = [
  ['ticket', 'x_tickuserkey01'],
  ['ej_message', 'x_messuserkey01'],
];

const others: readonly (readonly [name: string, label: string, type: ExtraFieldType])[] = [
  ['x_text01', 'Text 01', 'ShortText'],
  ['x_number01', 'Number 01', 'Integer'],
  ['x_check01', 'Check box 01', 'Checkbox'],
  ['x_date01', 'Date 01', 'Date'],
  ['x_decimal01', 'Decimal 01', 'Decimal'],
];

/** Requests and their messages have no user-defined fields: what an integration adds are columns. */
export function seedExtraFields(database: Database): void {
  for (const [table, key] of keys) {
    defineExtraField(database, table, {
      name: key,
      type: 'ShortText',
      label: 'User key 01',
      description: 'Key of the ERP system',
      isIndexed: true,
      rank: 1,
    });
    for (const [index, [name, label, type]] of others.entries())
      defineExtraField(database, table, {
        name,
        type,
        label,
        description: '',
        isIndexed: false,
        rank: index + 2,
      });
  }
}
