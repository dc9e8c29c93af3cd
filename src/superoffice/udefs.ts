import type { UdefType } from '../datatypes/field.ts';
import type { Http } from './http.ts';
import { isObject, isTrue, type JsonObject, numberOf, textOf } from './json.ts';
import { listOfTable } from './list-carriers.ts';
import { shownName } from './multi-language.ts';
import type { UdefDefinition } from './superoffice.ts';

/** As the layout endpoints spell them (reading.md, section 14.1). */
export const udefTypes: readonly UdefType[] = [
  'Number',
  'ShortText',
  'LongText',
  'Date',
  'UnlimitedDate',
  'Checkbox',
  'List',
  'Decimal',
];

/** Table of user-defined lists (reading.md, section 14.1). */
const userDefinedLists = 136;

/** Published user-defined fields of an entity by Prog ID: the draft of an administrator at work does not count. */
export async function readUdefs(http: Http, entity: string): Promise<ReadonlyMap<string, UdefDefinition>> {
  const json = await http.send({
    kind: 'read',
    method: 'GET',
    path: `/v1/${entity}/UdefLayout/Published`,
    lacks: answer => (Array.isArray(answer) ? null : 'a list of fields'),
  });
  const fields = Array.isArray(json) ? json.filter(isObject).flatMap(field => toDefinition(field) ?? []) : [];
  return new Map(fields.map(field => [field.progId, field]));
}

/** null for a type this version does not know: such a field is none of our business. */
function toDefinition(field: JsonObject): UdefDefinition | null {
  const type = udefTypes.find(known => known === textOf(field, 'FieldType'));
  if (type === undefined) return null;
  return {
    progId: textOf(field, 'ProgId') || `SuperOffice:${numberOf(field, 'UdefIdentity')}`,
    label: shownName(textOf(field, 'FieldLabel')),
    type,
    length: type === 'ShortText' || type === 'LongText' ? numberOf(field, 'TextLength') : 0,
    indexed: isTrue(field, 'IsIndexed'),
    readOnly: isTrue(field, 'IsReadOnly'),
    mandatory: isTrue(field, 'IsMandatory'),
    list: type === 'List' ? listName(field) : null,
  };
}

function listName(field: JsonObject): string | null {
  const table = numberOf(field, 'ListTableId');
  const definition = numberOf(field, 'UDListDefinitionId');
  if (table === userDefinedLists && definition > 0) return `udlist${definition}`;
  return listOfTable(table) ?? (textOf(field, 'MdoListName') || null);
}
