import type { UdefType } from '../datatypes/field.ts';
import type { Http } from './http.ts';
import { isObject, isTrue, type JsonObject, textOf } from './json.ts';
import { shownName } from './multi-language.ts';
import type { UdefDefinition } from './superoffice.ts';

/** Types that a file can fill (writing.md, section 3). The others point to records, files or lists without a name. */
const types: Readonly<Record<string, UdefType>> = {
  Integer: 'Number',
  TimeSpan: 'Number',
  ShortText: 'ShortText',
  LongText: 'LongText',
  Date: 'UnlimitedDate',
  DateTime: 'DateTime',
  Checkbox: 'Checkbox',
  Decimal: 'Decimal',
};

/** A short text of an extra field holds so many characters; the long ones have no documented limit. */
const shortTextLength = 255;

/** Extra fields (`x_…`) of an entity that has no user-defined ones, by name (reading.md, section 14.1). */
export async function readExtraFields(
  http: Http,
  entity: string,
): Promise<ReadonlyMap<string, UdefDefinition>> {
  const json = await http.send({
    kind: 'read',
    method: 'GET',
    path: `/v1/${entity}/CustomField`,
    lacks: answer => (Array.isArray(answer) ? null : 'a list of fields'),
  });
  const fields = Array.isArray(json) ? json.filter(isObject).flatMap(field => toDefinition(field) ?? []) : [];
  return new Map(fields.map(field => [field.progId, field]));
}

function toDefinition(field: JsonObject): UdefDefinition | null {
  const type = types[textOf(field, 'FieldType')];
  const name = textOf(field, 'FieldName');
  if (type === undefined || !name.startsWith('x_')) return null;
  return {
    progId: name,
    label: shownName(textOf(field, 'DisplayName')),
    type,
    length: type === 'ShortText' ? shortTextLength : 0,
    indexed: isTrue(field, 'IsIndexed'),
    readOnly: isTrue(field, 'IsReadOnly'),
    mandatory: isTrue(field, 'IsMandatory'),
    list: null,
  };
}
