import type { Database } from '../store/database.ts';
import type { DbRow } from '../store/table.ts';
import { allocatedNumber } from './allocated-number.ts';
import { simpleAppointment } from './carriers/appointment-simple.ts';
import { groupOf } from './carriers/associate.ts';
import { saleCompletion, saleStatuses } from './carriers/enumerations.ts';
import { firstItem } from './carriers/list-item.ts';
import { simplePerson } from './carriers/person-simple.ts';
import { simpleSale } from './carriers/sale-simple.ts';
import type { Draft } from './draft.ts';
import { defineEntity } from './entity.ts';
import { newSaleDate, newSaleHasCurrency } from './open-points.ts';
import { enumeration } from './properties/enumeration.ts';
import { links } from './properties/links.ts';
import { note, textTypes } from './properties/note.ts';
import { publication } from './properties/publication.ts';
import { contactReference, projectReference } from './properties/record-references.ts';
import { reference } from './properties/reference.ts';
import {
  constant,
  date,
  decimal,
  integer,
  readOnlyDate,
  readOnlyInteger,
  text,
} from './properties/scalar.ts';
import { associate, listReference, stampAssociate } from './properties/shared-references.ts';
import { removeViewers, visibleFor } from './properties/visible-for.ts';
import type { EntityRecord } from './property.ts';
import { removeParts } from './removal.ts';
import { checkPerson, completeEarning, completeStage, firstStage, probabilityOf } from './sale-rules.ts';
import { numberOf } from './values.ts';

const blank: DbRow = {
  heading: '',
  number1: '',
  contact_id: 0,
  person_id: 0,
  project_id: 0,
  appointment_id: 0,
  associate_id: 0,
  group_idx: 0,
  saledate: '',
  saleType_id: 0,
  probability_idx: 0,
  probability: 0,
  amount: 0,
  earning: 0,
  earning_percent: 0,
  currency_id: 0,
  source_id: 0,
  comptr_id: 0,
  credited_id: 0,
  reason_id: 0,
  reasonSold_id: 0,
  reasonStalled_id: 0,
  status: 0,
  done: 0,
  reopenDate: '',
  postitText_id: 0,
  activeLinks: 0,
};

const published = publication();

/** Sale: writing.md, section 2; column names and lengths section 7.1. */
export const sale = defineEntity({
  name: 'Sale',
  table: 'sale',
  idProperty: 'SaleId',
  properties: [
    reference({
      name: 'Appointment',
      column: 'appointment_id',
      idProperty: 'AppointmentId',
      table: 'appointment',
      field: { type: 'SuperOffice.CRM.Services.Appointment', length: 4 },
      carrier: simpleAppointment,
    }),
    associate('Associate', 'associate_id'),
    stampAssociate('UpdatedBy', 'updated_associate_id'),
    stampAssociate('CreatedBy', 'registered_associate_id'),
    contactReference,
    projectReference,
    note('SaleText', 'sale', textTypes.saleText),
    reference({
      name: 'Person',
      column: 'person_id',
      idProperty: 'PersonId',
      table: 'person',
      list: 'person_new',
      field: { type: 'SuperOffice.CRM.Services.Person', length: 4 },
      carrier: simplePerson,
    }),
    listReference('Currency', 'currency_id', 'currency'),
    listReference('Competitor', 'comptr_id', 'comptr'),
    listReference('Credited', 'credited_id', 'credited'),
    listReference('Rating', 'probability_idx', 'prob'),
    listReference('Reason', 'reason_id', 'reason'),
    listReference('Source', 'source_id', 'source'),
    enumeration('Status', 'status', saleStatuses, 'SaleStatus'),
    date('Saledate', 'saledate'),
    decimal('Amount', 'amount'),
    readOnlyInteger('SaleId', 'sale_id'),
    decimal('Earning', 'earning'),
    decimal('EarningPercent', 'earning_percent'),
    text('Heading', 'heading', 219),
    text('Number', 'number1', 49),
    integer('Probability', 'probability', 2),
    readOnlyDate('CreatedDate', 'registered'),
    readOnlyDate('UpdatedDate', 'updated'),
    enumeration('Completed', 'done', saleCompletion, 'SaleDone'),
    readOnlyInteger('ActiveLinks', 'activeLinks'),
    links('sale'),
    readOnlyDate('NextDueDate', 'nextDueDate'),
    note('Postit', 'sale', textTypes.saleInfo, 'postitText_id'),
    listReference('SaleType', 'saleType_id', 'saletype'),
    listReference('ReasonSold', 'reasonSold_id', 'reasonsold'),
    listReference('ReasonStalled', 'reasonStalled_id', 'reasonstalled'),
    date('ReopenDate', 'reopenDate'),
    // The sandbox has no table for stakeholders: nothing is kept of what is sent.
    constant('SaleStakeholders', []),
    constant('ActiveErpLinks', 0),
  ],
  afterDictionaries: [
    published.PublishEventDate,
    published.PublishTo,
    published.PublishFrom,
    published.IsPublished,
    visibleFor('sale'),
  ],
  archives: ['History', 'Activities', 'Guide', 'Stakeholders', 'Links'],
  blank,
  defaults,
  complete,
  remove,
  simple: simpleSale,
  links: relatedLinks,
});

function relatedLinks({ row }: EntityRecord): Readonly<Record<string, string>> {
  const related = [
    ['Contact', row.contact_id],
    ['Person', row.person_id],
    ['Project', row.project_id],
  ] as const;
  return Object.fromEntries(
    related.filter(([, id]) => numberOf(id) > 0).map(([name, id]) => [name, `${name}/${id}`]),
  );
}

function defaults({ columns, writing: { database, associateId, now } }: Draft): void {
  columns.number1 = allocatedNumber(database, 'sale');
  columns.associate_id = associateId;
  columns.group_idx = groupOf(database, associateId);
  columns.saledate = newSaleDate(now);
  columns.saleType_id = firstItem(database, 'saletype');
  columns.probability_idx = firstStage(database, columns.saleType_id);
  columns.probability = probabilityOf(database, columns.probability_idx);
  columns.currency_id = newSaleHasCurrency ? firstItem(database, 'currency') : 0;
  columns.status = saleStatuses.Open ?? 0;
  columns.done = saleCompletion.Started ?? 0;
}

function complete(draft: Draft): void {
  const { columns, before, writing } = draft;
  if (draft.changes('associate_id'))
    columns.group_idx = groupOf(writing.database, draft.number('associate_id'));
  if (before === null && (draft.value('number1') ?? '') === '')
    columns.number1 = allocatedNumber(writing.database, 'sale');
  completeStage(draft);
  completeEarning(draft);
  checkPerson(draft);
}

function remove(row: Readonly<DbRow>, database: Database): void {
  removeViewers(database, 'sale', numberOf(row.sale_id));
  removeParts(database, 'Sale', row);
}
