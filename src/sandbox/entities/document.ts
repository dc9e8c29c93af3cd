import type { Contents } from '../store/contents.ts';
import type { Database } from '../store/database.ts';
import type { DbRow } from '../store/table.ts';
import {
  activityBlank,
  activityLinks,
  activityProperties,
  completeActivity,
  ownActivity,
} from './activity.ts';
import { documentTemplateCarrier } from './carriers/document-template.ts';
import { documentTypes, lockSemantics } from './carriers/enumerations.ts';
import { firstItem } from './carriers/list-item.ts';
import { archiveName, fileNameLength } from './document-names.ts';
import type { Draft } from './draft.ts';
import { defineEntity } from './entity.ts';
import { newDocumentLockSemantics } from './open-points.ts';
import { enumeration } from './properties/enumeration.ts';
import { links } from './properties/links.ts';
import { note, textTypes } from './properties/note.ts';
import { publication } from './properties/publication.ts';
import { reference } from './properties/reference.ts';
import { date, integer, readOnlyDate, readOnlyInteger, text } from './properties/scalar.ts';
import { stampAssociate } from './properties/shared-references.ts';
import { removeViewers, visibleFor } from './properties/visible-for.ts';
import { removeParts } from './removal.ts';
import { rowsWith } from './rows.ts';
import { stampText } from './stamps.ts';
import { numberOf, textOf } from './values.ts';

/** The document row's own columns; `content_id` is the sandbox's, 0 before the first content. */
const ownBlank: DbRow = {
  appointment_id: 0,
  name: '',
  header: '',
  attention: '',
  our_ref: '',
  your_ref: '',
  extref: '',
  application_id: 0,
  contentSetCount: 0,
  content_id: 0,
  snum: 0,
  lockSemantics: 0,
  checkedOutBy: 0,
  activeLinks: 0,
};

const { Associate, Contact, Person, Project, Sale, Completed } = activityProperties;
const published = publication();

/**
 * Document: writing.md, section 4. Whose it is and what it is about stands in an appointment row, as in SuperOffice; there
 * `task_idx` holds the template. Its content is not part of the entity: document-content.ts.
 */
export const document = defineEntity({
  name: 'Document',
  table: 'document',
  companion: {
    table: 'appointment',
    link: 'appointment_id',
    back: 'document_id',
    blank: activityBlank,
  },
  idProperty: 'DocumentId',
  properties: [
    readOnlyInteger('DocumentId', 'document_id'),
    stampAssociate('UpdatedBy', 'updated_associate_id'),
    stampAssociate('CreatedBy', 'registered_associate_id'),
    text('Attention', 'attention', 99),
    text('Header', 'header', 219),
    text('Name', 'name', fileNameLength),
    text('OurRef', 'our_ref', 99),
    text('YourRef', 'your_ref', 99),
    readOnlyDate('CreatedDate', 'registered'),
    readOnlyDate('UpdatedDate', 'updated'),
    note('Description', 'document', textTypes.documentText),
    reference({
      name: 'DocumentTemplate',
      column: 'task_idx',
      idProperty: 'DocumentTemplateId',
      table: 'doctmpl',
      list: 'doctmpl',
      field: { type: 'SuperOffice.CRM.Services.DocumentTemplate', length: 4 },
      carrier: documentTemplateCarrier,
    }),
    Person,
    Associate,
    Contact,
    Project,
    date('Date', 'do_by'),
    text('ExternalRef', 'extref', 255),
    Completed,
    readOnlyInteger('ActiveLinks', 'activeLinks'),
    enumeration('Type', 'type', documentTypes, 'AppointmentType'),
    links('document'),
    enumeration('LockSemantics', 'lockSemantics', lockSemantics, 'DocumentLockSemantics'),
    Sale,
    integer('SuggestedDocumentId', 'suggestedDocumentId'),
    readOnlyInteger('Snum', 'snum'),
  ],
  afterDictionaries: [
    published.PublishEventDate,
    published.PublishTo,
    published.PublishFrom,
    published.IsPublished,
    visibleFor('document'),
  ],
  archives: ['Links'],
  blank: { ...activityBlank, ...ownBlank },
  defaults,
  complete,
  remove,
  links: activityLinks,
});

function defaults(draft: Draft): void {
  const { columns, writing } = draft;
  ownActivity(draft);
  columns.type = documentTypes.Document ?? 0;
  columns.do_by = stampText(writing.now);
  columns.task_idx = firstItem(writing.database, 'doctmpl', row => row.record_type === 'Document');
  columns.lockSemantics = lockSemantics[newDocumentLockSemantics] ?? 0;
}

function complete(draft: Draft): void {
  const { before, columns, writing } = draft;
  completeActivity(draft);
  if (draft.number('type') === 0) columns.type = documentTypes.Document ?? 0;
  if (draft.changes('do_by')) {
    columns.activeDate = draft.value('do_by');
    columns.endDate = draft.value('do_by');
  }
  if (before === null) completeFromTemplate(draft);
  else if (draft.changes('name') && numberOf(before.content_id) > 0)
    columns.name = archiveName(writing.database, textOf(draft.value('name')), numberOf(before.document_id));
}

/** Every template counts its documents, and may bring a reference of ours. */
function completeFromTemplate(draft: Draft): void {
  const { columns, parts, sent, writing } = draft;
  const templates = writing.database.table('doctmpl');
  const templateId = draft.number('task_idx');
  const template = templates.get(templateId);
  if (!template) return;
  if (!sent.has('OurRef')) columns.our_ref = textOf(template.default_oref);
  columns.snum = numberOf(template.refcount) + 1;
  parts.set('Snum', () => templates.update(templateId, { refcount: draft.number('snum') }));
}

function remove(row: Readonly<DbRow>, database: Database, contents: Contents): void {
  const id = numberOf(row.document_id);
  contents.remove(numberOf(row.content_id));
  for (const version of rowsWith(database.table('docversion'), 'document_id', id))
    database.table('docversion').delete(numberOf(version.docversion_id));
  removeViewers(database, 'document', id);
  removeParts(database, 'Document', row);
  database.table('appointment').delete(numberOf(row.appointment_id));
}
