import type { Datatype } from './datatype.ts';
import type { Field } from './field.ts';
import { associateFields, keptListField, listField, readOnlyFields, relationField } from './shared-fields.ts';
import { hiddenTextField, textField } from './text-fields.ts';

function amount(name: string, column: string, meaning: string): Field {
  return { name, kind: 'decimal', meaning, slot: { at: 'property', property: name, column } };
}

function reason(name: string, column: string, meaning: string): Field {
  return listField(name, column, `${meaning}, by its name in the list.`);
}

/** Slots and lengths: writing.md, sections 2, 7.1 and 11; reading.md, section 9.4. */
const fields: readonly Field[] = [
  {
    ...textField('Heading', 219, 'heading', 'Title of the sale. A new sale needs one.'),
    needed: 'create',
  },
  relationField('Company', 'contactId', 'User key of the company that buys.'),
  relationField('Person', 'personId', 'User key of the person who buys.'),
  relationField('Project', 'projectId', 'User key of the project that the sale belongs to.'),
  ...associateFields('associateId', 'An unknown user falls back to the configured or signed-in one.'),
  keptListField(
    'SaleType',
    { property: 'SaleType', idProperty: 'Id', column: 'saleType' },
    'Type of sale, by its name in the list. The list is never added to.',
  ),
  keptListField(
    'Stage',
    { property: 'Rating', idProperty: 'Id', column: 'stage' },
    'Stage, by its name: one of those that the type of sale has. The list is never added to.',
    'Rating',
  ),
  {
    name: 'Status',
    kind: 'choice',
    choices: [
      { name: 'Open', number: 1 },
      { name: 'Sold', number: 2 },
      { name: 'Lost', number: 3 },
      { name: 'Stalled', number: 4 },
    ],
    meaning: 'What became of the sale.',
    slot: { at: 'property', property: 'Status', column: 'saleStatus' },
  },
  {
    name: 'Probability',
    kind: 'integer',
    meaning: 'Probability in percent; without it a new stage brings its own.',
    slot: { at: 'property', property: 'Probability', column: 'probPercent' },
  },
  {
    name: 'Saledate',
    kind: 'date',
    meaning: 'Day on which the sale is, or is expected to be, made.',
    slot: { at: 'property', property: 'Saledate', column: 'date' },
  },
  amount('Amount', 'amount', 'Amount of the sale, in its currency.'),
  amount(
    'EarningPercent',
    'earningPercent',
    'Earning as a share of the amount: 83,5 means 83.5 %. The earning follows from it.',
  ),
  amount('Earning', 'earning', 'Earning; the percentage is worked out of it and the amount.'),
  {
    name: 'Cost',
    kind: 'decimal',
    meaning: 'Cost; percentage and earning are worked out of it and the amount.',
    slot: { at: 'input', becomes: 'Sale.EarningPercent, Sale.Earning' },
  },
  keptListField(
    'Currency',
    { property: 'Currency', idProperty: 'Id', column: 'currency' },
    'Currency, by its name in the list (NOK, EUR). The list is never added to.',
  ),
  listField('Source', 'source', 'Where the sale came from, by its name in the list.'),
  listField('Competitor', 'competitor', 'Competitor, by its name in the list.'),
  listField('Credited', 'credited', 'Who is credited, by its name in the list.'),
  reason('Reason', 'lossReason', 'Why the sale was lost'),
  reason('ReasonSold', 'soldReason', 'Why the sale was won'),
  reason('ReasonStalled', 'stalledComment', 'Why the sale is stalled'),
  {
    name: 'ReopenDate',
    kind: 'date',
    meaning: 'Day on which a stalled sale is to be looked at again.',
    slot: { at: 'property', property: 'ReopenDate', column: 'reopenDate' },
  },
  textField('Number', 49, 'saleNumber', 'Number of the sale; SuperOffice may allocate one by itself.'),
  hiddenTextField('SaleText', 2047, 'sale.text_id.text', 'Description; may have several lines.'),
  hiddenTextField('Postit', 2047, 'sale.postitText_id.text', 'Note on the sale; may have several lines.'),
  ...readOnlyFields({
    id: 'saleId',
    createdDate: 'registeredDate',
    updatedDate: 'updatedDate',
    createdBy: 'registeredBy',
    updatedBy: 'updatedBy',
  }),
];

export const sale: Datatype = {
  name: 'Sale',
  fileWords: ['sale', 'sales'],
  meaning: 'Sales, found again by SaleUserKey01.',
  entity: 'Sale',
  keyField: 'SaleUserKey01',
  custom: { kind: 'udef', prefix: 'Sale' },
  archive: {
    provider: 'SimpleSale',
    entities: 'sale',
    idColumn: 'saleId',
    customPrefix: 'saleUdef/',
  },
  fields,
  // The earning follows from the amount, the stages there are from the type of sale, and the probability from the stage.
  alwaysRead: ['Amount', 'Earning', 'EarningPercent', 'SaleType', 'Stage', 'Probability'],
  neededToCreate: [['Heading']],
};
