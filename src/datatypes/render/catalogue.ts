import { orList } from '../../problems/or-list.ts';
import type { Datatype } from '../datatype.ts';
import type { Field } from '../field.ts';
import { defaultFieldNames, keyField } from '../udef.ts';
import { readFrom, writtenTo } from './place.ts';

/** One line of a field list, as text for people; '' where there is nothing to say. */
export interface CatalogueLine {
  readonly column: string;
  readonly aliases: string;
  readonly type: string;
  readonly length: string;
  readonly list: string;
  readonly needed: string;
  readonly writtenTo: string;
  readonly readFrom: string;
  readonly meaning: string;
}

/** The user key and the standard fields, in the order of docs and templates. */
export function catalogueFields(datatype: Datatype): readonly Field[] {
  return [keyField(datatype, defaultFieldNames), ...datatype.fields];
}

/** Every column a file of this datatype may have: control columns outside, the more-page columns as one line. */
export function catalogueLines(datatype: Datatype): readonly CatalogueLine[] {
  return [
    control('IntegrationID', 'first', 'The customer id, in the first column.'),
    ...catalogueFields(datatype).map(field => fieldLine(datatype, field)),
    morePageLine(datatype),
    control(
      'IntegrationIDCheck',
      'last',
      'The same id again, in the last column: shows that the row was not cut.',
    ),
  ];
}

/** MDO names of lists without an endpoint of their own say nothing to people. */
const listTitles: Readonly<Record<string, string>> = {
  contint: 'Company interests',
  persint: 'Person interests',
  tags: 'Tags',
};

function listInWords({ list = '' }: Field): string {
  return listTitles[list] ?? list;
}

function fieldLine(datatype: Datatype, field: Field): CatalogueLine {
  return {
    column: field.name,
    aliases: (field.aliases ?? []).join(', '),
    type: typeInWords(field),
    length: field.length === undefined ? '' : String(field.length),
    list: listInWords(field),
    needed: neededInWords(datatype, field),
    writtenTo: writtenTo(datatype, field.slot) || '(read-only)',
    readFrom: readFrom(datatype, field.slot),
    meaning: field.meaning,
  };
}

function typeInWords({ kind, parent, choices, separator }: Field): string {
  switch (kind) {
    case 'relation':
      return parent === undefined ? 'key of a parent' : `key of a ${parent.toLowerCase()}`;
    case 'boolean':
      return 'TRUE or FALSE';
    case 'list':
      return 'list value';
    case 'lists':
      return `list values, joined with ${separator ?? '|'}`;
    case 'choice':
      return orList((choices ?? []).map(({ name }) => name));
    case 'datetime':
      return 'date and time';
    case 'file':
      return 'file name';
    case 'files':
      return 'file names, joined with |';
    case 'content':
      return 'Base64';
    case 'addresses':
      return 'mail addresses';
    case 'associate':
      return 'user';
    default:
      return kind;
  }
}

function neededInWords(datatype: Datatype, { name, needed }: Field): string {
  if (needed === true) return 'always';
  const group = datatype.neededToCreate.find(names => names.includes(name));
  if (!group) return '';
  const others = group.filter(other => other !== name);
  return others.length === 0 ? 'to create' : `to create, unless ${others.join(' or ')} is given`;
}

function control(column: string, place: string, meaning: string): CatalogueLine {
  return {
    column,
    aliases: '',
    type: 'text',
    length: '',
    list: '',
    needed: `${place}, when the config has an integrationId`,
    writtenTo: '(checked, not written)',
    readFrom: '',
    meaning: `${meaning} Letter case of the name does not matter.`,
  };
}

function morePageLine(datatype: Datatype): CatalogueLine {
  const { custom, entity, archive } = datatype;
  const [column, name, meaning] =
    custom.kind === 'udef'
      ? [
          `${custom.prefix}User<Kind><NN>`,
          `${defaultFieldNames.progIdPrefix}${custom.prefix}User<Kind><NN>`,
          `More-page fields by their Prog ID: ${['Text', 'Num', 'Dec', 'Check', 'Date'].map(kind => `${custom.prefix}User${kind}01`).join(', ')} … The type comes from SuperOffice.`,
        ]
      : [
          'x_<name>',
          'x_<name>',
          'Extra fields by their name in SuperOffice, such as x_contract. The type comes from SuperOffice.',
        ];
  return {
    column,
    aliases: '',
    type: 'as in SuperOffice',
    length: '',
    list: '',
    needed: '',
    writtenTo: `${entity}.CustomFields["${name}"]`,
    readFrom: `${archive.provider}: ${archive.customPrefix}${name}`,
    meaning,
  };
}
