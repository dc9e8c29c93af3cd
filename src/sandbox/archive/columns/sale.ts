import { fixedLists } from '../../lists/mdo-fixed.ts';
import { translate } from '../../lists/text.ts';
import type { DbRow } from '../../store/table.ts';
import type { Column } from '../column.ts';
import type { Source } from '../source.ts';
import { columnsOf, computed, empty, listText } from './build.ts';
import { contactIdentityGroup } from './contact.ts';
import { type ColumnGroup, columnGroup, itself, type Nested } from './group.ts';
import { associateFullName, numberIn, personFullName } from './names.ts';
import { personIdentityGroup } from './person.ts';
import { projectIdentityGroup } from './project.ts';
import { associateGroup, descriptionGroup, noteOf, reference } from './related.ts';
import { udefGroup } from './udef.ts';

const sale = columnsOf('sale');

/** `sale.done`: 2 is "yes" (writing.md, section 7.1). */
const done = 2;

function stageOf(row: DbRow, { database }: Source): DbRow | undefined {
  return database.table('prob').get(numberIn(row, 'probability_idx'));
}

function saleTypeOf(row: DbRow, { database }: Source): DbRow | undefined {
  return database.table('saletype').get(numberIn(row, 'saleType_id'));
}

function weightedAmount(row: DbRow): number {
  return (numberIn(row, 'amount') * numberIn(row, 'probability')) / 100;
}

/** Amounts are multiplied by the rate of so many units of their currency; one without a currency is in the base one. */
function inBaseCurrency(amount: number, row: DbRow, { database }: Source): number {
  const currency = database.table('currency').get(numberIn(row, 'currency_id'));
  if (currency === undefined) return amount;
  return (amount * numberIn(currency, 'rate')) / (numberIn(currency, 'units') || 1);
}

/** Columns that every view of a sale has. */
const saleIdentity: readonly Column[] = [
  sale.integer('saleId', 'sale_id'),
  {
    ...sale.text('heading', 'heading', { restriction: 'stringorPK' }),
    recordKey: row => numberIn(row, 'sale_id'),
  },
  sale.text('saleNumber', 'number1'),
];

/** Restrict as lists and answer names, though they hold ids (reading.md, section 9.4). */
const owners: readonly Column[] = [
  sale.list('contactId', 'contact_id', 'contact'),
  {
    ...sale.list('personId', 'person_id', 'person'),
    display: (cell, { database }) => personFullName(database.table('person').get(Number(cell ?? 0))),
  },
  sale.list('projectId', 'project_id', 'project'),
  { ...sale.list('userGroup', 'group_idx', 'usergroup'), restriction: 'userGroup' },
];

const lists: readonly Column[] = [
  // In archives that mix activities, `type` is the item of the record's own type list.
  sale.list('type', 'saleType_id', 'saletype'),
  sale.list('saleType', 'saleType_id', 'saletype'),
  sale.integer('saleTypeId', 'saleType_id', { restriction: null }),
  sale.list('stage', 'probability_idx', 'prob'),
  sale.integer('stageId', 'probability_idx', { restriction: null }),
  computed('stageName', 'string', null, (row, source) =>
    listText('prob', numberIn(row, 'probability_idx'), source),
  ),
  computed('stageRank', 'integer', null, (row, source) => numberIn(stageOf(row, source), 'rank')),
  {
    ...sale.list('saleStatus', 'status', 'salestatus'),
    display: (cell, { language }) => {
      const item = fixedLists.salestatus?.find(({ id }) => id === cell);
      return item ? translate(item.name, language) : '';
    },
  },
  sale.integer('currencyId', 'currency_id'),
  sale.list('currency', 'currency_id', 'currency'),
  sale.list('credited', 'credited_id', 'credited'),
  sale.list('source', 'source_id', 'source'),
  sale.list('competitor', 'comptr_id', 'comptr'),
  sale.list('lossReason', 'reason_id', 'reason'),
  sale.list('soldReason', 'reasonSold_id', 'reasonsold'),
  sale.list('stalledComment', 'reasonStalled_id', 'reasonstalled'),
];

const amounts: readonly Column[] = [
  sale.decimal('amount', 'amount'),
  computed('amountWeighted', 'decimal', 'decimal', weightedAmount),
  sale.decimal('earning', 'earning'),
  sale.decimal('earningPercent', 'earning_percent'),
  sale.integer('probPercent', 'probability'),
  computed('amountInBaseCurrency', 'decimal', null, (row, source) =>
    inBaseCurrency(numberIn(row, 'amount'), row, source),
  ),
  computed('amountWeightedInBaseCurrency', 'decimal', null, (row, source) =>
    inBaseCurrency(weightedAmount(row), row, source),
  ),
];

const state: readonly Column[] = [
  computed('completed', 'bool', 'bool', row => row.done === done),
  computed('recordType', 'string', 'string', () => 'Sale'),
  computed('text', 'string', 'positiveString', row => String(row.heading ?? '')),
  computed('description', 'string', 'string', (row, { database }) => noteOf(row, database), {
    sortable: false,
  }),
  sale.date('date', 'saledate'),
  sale.date('nextDueDate', 'nextDueDate'),
  sale.date('reopenDate', 'reopenDate'),
  sale.associate('associateId', 'associate_id'),
  sale.associate('updatedBy', 'updated_associate_id'),
  sale.associateFullName('updatedByFullName', 'updated_associate_id', associateFullName),
  sale.date('updatedDate', 'updated'),
  sale.associate('registeredBy', 'registered_associate_id'),
  sale.associateFullName('registeredByFullName', 'registered_associate_id', associateFullName),
  sale.date('registeredDate', 'registered'),
  computed('stakeholdersEnabled', 'bool', 'bool', (row, source) =>
    Boolean(saleTypeOf(row, source)?.has_stakeholders),
  ),
  computed('hasGuide', 'bool', 'bool', (row, source) => Boolean(saleTypeOf(row, source)?.has_guide)),
];

/** Documented columns of what the sandbox does not keep, or whose values no sample shows. */
const unkept: readonly Column[] = [
  empty('icon', 'list', 'listAny'),
  empty('time', 'string', null, { sortable: false }),
  empty('saleTypeCategory', 'list', 'listAny'),
  empty('originalStage', 'list', 'listAny'),
  empty('hasStakeholders', 'bool', 'bool'),
  empty('hasQuote', 'bool', 'bool'),
  empty('activeErpLinks', 'bool', 'bool'),
  empty('createdByWorkflow', 'list', 'listAny'),
  empty('daysInStage', 'integer', 'int'),
  empty('saleCycle', 'integer', 'int'),
  empty('visibleFor', 'list', 'listAny', { sortable: false }),
];

const udefs: Nested = { prefix: 'saleUdef', hop: itself, group: udefGroup('Sale') };

const nested: readonly Nested[] = [
  { prefix: 'associate', hop: reference('sale', 'associate_id', 'associate'), group: associateGroup },
  { prefix: 'sale', hop: reference('sale', 'text_id', 'text', true), group: descriptionGroup },
  {
    prefix: 'contact',
    hop: reference('sale', 'contact_id', 'contact', true),
    group: contactIdentityGroup(true),
  },
  { prefix: 'person', hop: reference('sale', 'person_id', 'person', true), group: personIdentityGroup },
  { prefix: 'project', hop: reference('sale', 'project_id', 'project', true), group: projectIdentityGroup },
  udefs,
];

/** reading.md, section 9.4. */
export const saleGroup: ColumnGroup = columnGroup(
  [...saleIdentity, ...owners, ...lists, ...amounts, ...state, ...unkept],
  nested,
);

/** What `sale/` offers in the archives of activities and requests. */
export const saleIdentityGroup: ColumnGroup = columnGroup(saleIdentity, [udefs]);
