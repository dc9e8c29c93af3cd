import type { DbRow } from '../../store/table.ts';
import type { Column } from '../column.ts';
import type { Source } from '../source.ts';
import { activityColumns, activityRelations, unkeptActivityColumns } from './activity.ts';
import { columnsOf, computed, empty } from './build.ts';
import { type ColumnGroup, columnGroup, itself, type Nested, ofRelated } from './group.ts';
import { associateFullName, numberIn, textIn } from './names.ts';
import { descriptionGroup, reference } from './related.ts';
import { udefGroup } from './udef.ts';

const document = columnsOf('document');
const toActivity = reference('document', 'appointment_id', 'appointment', true);
const activity = columnsOf('appointment');

function templateOf(row: DbRow, { database }: Source): DbRow | undefined {
  const templateId = numberIn(toActivity.to(row, database), 'task_idx');
  return database.table('doctmpl').get(templateId);
}

/** What kind of document it is, by its template: `Document`, `Email`, `Fax`. */
function recordType(row: DbRow, source: Source): string {
  return textIn(templateOf(row, source), 'record_type');
}

/** `appointment.type` of drafts of a mailing and of saved reports. */
const mergeDraft = 8;
const savedReport = 5;

function typeOf(row: DbRow, { database }: Source): number {
  return numberIn(toActivity.to(row, database), 'type');
}

const own: readonly Column[] = [
  document.integer('documentId', 'document_id'),
  // In archives that mix activities, `type` is the item of the record's own type list: here the template.
  ofRelated(toActivity, activity.list('type', 'task_idx', 'doctmpl')),
  computed('recordType', 'string', 'string', recordType),
  computed('recordTypeText', 'string', null, recordType),
  document.text('text', 'header', { restriction: 'positiveString' }),
  document.text('subject', 'header'),
  document.text('name', 'name'),
  document.text('ourref', 'our_ref'),
  document.text('yourref', 'your_ref'),
  document.text('attention', 'attention'),
  document.integer('snum', 'snum'),
  document.integer('suggestedDocumentId', 'suggestedDocumentId'),
  computed('mailMergeDraft', 'bool', 'bool', (row, source) => typeOf(row, source) === mergeDraft),
  computed('isReport', 'bool', 'bool', (row, source) => typeOf(row, source) === savedReport, {
    sortable: false,
  }),
  computed('isMail', 'bool', 'bool', (row, source) => recordType(row, source) === 'Email', {
    sortable: false,
  }),
  document.associate('updatedBy', 'updated_associate_id'),
  document.associateFullName('updatedByFullName', 'updated_associate_id', associateFullName),
  document.date('updatedDate', 'updated'),
  document.associate('registeredBy', 'registered_associate_id'),
  document.associateFullName('registeredByFullName', 'registered_associate_id', associateFullName),
  document.date('registeredDate', 'registered'),
  empty('keywords', 'string', 'string'),
];

const nested: readonly Nested[] = [
  ...activityRelations(toActivity),
  { prefix: 'document', hop: reference('document', 'text_id', 'text', true), group: descriptionGroup },
  { prefix: 'documentUdef', hop: itself, group: udefGroup('Document') },
];

/** reading.md, section 9.6. */
export const documentGroup: ColumnGroup = columnGroup(
  [...activityColumns.map(column => ofRelated(toActivity, column)), ...own, ...unkeptActivityColumns],
  nested,
);
