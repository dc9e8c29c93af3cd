import type { Database, UdefOwner } from '../store/database.ts';
import { defineUdef, type UdefSpec } from '../udef/define.ts';

/** Owner → prefix of its Prog IDs (integration-cloud.md, section 3.2). */
const prefixes: readonly (readonly [UdefOwner, string])[] = [
  ['Contact', 'Comp'],
  ['Person', 'Pers'],
  ['Project', 'Proj'],
  ['Sale', 'Sale'],
  ['Appointment', 'Appo'],
  ['Document', 'Docu'],
];

type FieldLine = readonly [suffix: string, label: string, more: Omit<UdefSpec, 'progId' | 'label'>];

function fieldLines(udListDefinitionId: number): readonly FieldLine[] {
  return [
    [
      'Key01',
      'User key 01',
      {
        type: 'ShortText',
        textLength: 39,
        isIndexed: true,
        isReadOnly: true,
        tooltip: 'Key of the ERP system',
      },
    ],
    ['Text01', 'Text 01', { type: 'ShortText', textLength: 39 }],
    ['Text02', 'Text 02', { type: 'ShortText', textLength: 39 }],
    ['Text03', 'Text 03', { type: 'ShortText', textLength: 39 }],
    ['Text04', 'Text 04', { type: 'LongText', textLength: 199 }],
    ['Num01', 'Number 01', { type: 'Number' }],
    ['Num02', 'Number 02', { type: 'Number' }],
    ['Dec01', 'Decimal 01', { type: 'Decimal' }],
    ['Dec02', 'Decimal 02', { type: 'Decimal' }],
    ['Check01', 'Check box 01', { type: 'Checkbox' }],
    ['Date01', 'Date 01', { type: 'Date' }],
    ['Date02', 'Date 02', { type: 'UnlimitedDate' }],
    ['List01', 'List 01', { type: 'List', listTableId: 136, udListDefinitionId }],
  ];
}

/** The fields that the hosted service asks its customers to make: `Siteshop:CompUserKey01` and its kin. */
export function seedUdefs(database: Database, udListDefinitionId: number): void {
  for (const [owner, prefix] of prefixes)
    for (const [suffix, label, more] of fieldLines(udListDefinitionId))
      defineUdef(database, owner, { progId: `Siteshop:${prefix}User${suffix}`, label, ...more });
}
