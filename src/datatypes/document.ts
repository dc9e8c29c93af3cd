import type { Datatype } from './datatype.ts';
import type { Field } from './field.ts';
import { associateFields, keptListField, readOnlyFields, relationField } from './shared-fields.ts';
import { textField } from './text-fields.ts';

/** Slots and lengths: writing.md, section 4; reading.md, section 9.6. */
const fields: readonly Field[] = [
  {
    name: 'Name',
    kind: 'file',
    aliases: ['FileName'],
    length: 511,
    needed: 'create',
    meaning:
      'Name of the file, which lies beside the data file, in its documents folder or where --files says. A new document needs one.',
    slot: { at: 'property', property: 'Name', column: 'name' },
  },
  {
    name: 'Content',
    kind: 'content',
    aliases: ['FileContent'],
    meaning: 'The file itself in Base64, instead of one in a folder.',
    slot: { at: 'input', becomes: 'Document/{id}/Content' },
  },
  textField(
    'Heading',
    219,
    'subject',
    'Title that people see; the file name when it is not given.',
    'Header',
  ),
  relationField('Company', 'contactId', 'User key of the company.'),
  relationField('Person', 'personId', 'User key of the person.'),
  relationField('Project', 'projectId', 'User key of the project.'),
  relationField('Sale', 'saleId', 'User key of the sale.'),
  ...associateFields('associateId', 'An unknown user falls back to the configured or signed-in one.'),
  keptListField(
    'DocumentTemplate',
    { property: 'DocumentTemplate', idProperty: 'DocumentTemplateId', column: 'type' },
    'Type of document, by the name of its template. The list is never added to.',
  ),
  {
    name: 'Date',
    kind: 'date',
    meaning: 'Day of the document.',
    slot: { at: 'property', property: 'Date', column: 'date' },
  },
  textField('Description', 2047, 'document/description', 'Description; may have several lines.'),
  textField('OurRef', 99, 'ourref', 'Our reference; SuperOffice may allocate one by itself.'),
  textField('YourRef', 99, 'yourref', 'Their reference.'),
  textField('Attention', 99, 'attention', 'Salutation line.'),
  {
    name: 'Completed',
    kind: 'choice',
    choices: [
      { name: 'NotStarted', number: 0, aliases: ['FALSE'] },
      { name: 'Completed', number: 1, aliases: ['TRUE'] },
    ],
    meaning: 'Whether it is done: TRUE means Completed, FALSE means NotStarted.',
    slot: { at: 'property', property: 'Completed', column: 'completed' },
  },
  ...readOnlyFields({
    id: 'documentId',
    createdDate: 'registeredDate',
    updatedDate: 'updatedDate',
    createdBy: 'registeredBy',
    updatedBy: 'updatedBy',
  }),
];

export const document: Datatype = {
  name: 'Document',
  fileWords: ['document', 'documents'],
  meaning: 'Documents with their files, found again by DocuUserKey01.',
  entity: 'Document',
  keyField: 'DocuUserKey01',
  custom: { kind: 'udef', prefix: 'Docu' },
  archive: {
    provider: 'SimpleDocument',
    entities: 'document',
    idColumn: 'documentId',
    customPrefix: 'documentUdef/',
  },
  fields,
  alwaysRead: ['Name'],
  neededToCreate: [['Name']],
};
