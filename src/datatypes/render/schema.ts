import type { Datatype } from '../datatype.ts';
import type { Choice, Field } from '../field.ts';
import { customPattern } from '../udef.ts';
import { catalogueFields } from './catalogue.ts';

/**
 * A JSON Schema (draft 2020-12) of one row in JSON form. It takes what an import takes when the config says nothing
 * about dates and decimals: texts as well as JSON's own types, '' for "keep" and null for "clear". Lists, users,
 * countries and parents are only known to SuperOffice, so the schema cannot check them.
 */
export function renderSchema(datatype: Datatype): object {
  const fields = catalogueFields(datatype).filter(({ slot }) => slot.at !== 'readonly');
  const properties = fields.flatMap(field =>
    [field.name, ...(field.aliases ?? [])].map(name => [name, propertySchema(field)] as const),
  );
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: datatype.name,
    description: datatype.meaning,
    type: 'object',
    required: [datatype.keyField],
    properties: Object.fromEntries(properties),
    patternProperties: {
      '^[Ii]ntegration[Ii][Dd]([Cc]heck)?$': {
        description: 'The customer id, in the first and in the last property.',
        type: ['string', 'number'],
      },
      // The key has a schema of its own.
      [customPattern(datatype).replace('^', `^(?!${datatype.keyField}$)`).replace(String.raw`\d`, '[0-9]')]: {
        description: 'More-page or extra field; its type is set in SuperOffice.',
        type: ['string', 'number', 'boolean', 'null'],
      },
    },
    additionalProperties: false,
  };
}

function propertySchema(field: Field): object {
  return { description: field.meaning, ...typeSchema(field) };
}

/** `pattern` and `maxLength` judge texts only, `minimum` and `maximum` numbers only. */
function typeSchema({ kind, length, needed, choices }: Field): object {
  const limit = length === undefined ? {} : { maxLength: length };
  // Clearing what SuperOffice needs is refused.
  const clearable = needed === undefined ? ['null'] : [];
  switch (kind) {
    case 'key':
      return { type: ['string', 'number'], minLength: 1, ...limit };
    case 'relation':
      return { type: ['string', 'number', ...clearable], ...(needed ? { minLength: 1 } : {}), ...limit };
    case 'integer':
      return {
        type: ['integer', 'string', 'null'],
        minimum: -2147483648,
        maximum: 2147483647,
        pattern: String.raw`^\s*([+-]?[0-9]+)?\s*$`,
      };
    case 'decimal':
      return {
        type: ['number', 'string', 'null'],
        pattern: String.raw`^\s*([+-]?([0-9]+([.,][0-9]+)?|[.,][0-9]+))?\s*$`,
      };
    case 'boolean':
      return {
        type: ['boolean', 'string', 'null'],
        pattern: String.raw`^\s*([Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee])?\s*$`,
      };
    case 'date':
      return {
        type: ['string', 'null'],
        pattern: String.raw`^\s*([0-9]{4}-[0-9]{2}-[0-9]{2}([T ].*)?|[0-9]{8})?\s*$`,
        examples: ['2024-01-31'],
      };
    case 'datetime':
      return {
        type: ['string', ...clearable],
        pattern: String.raw`^\s*([0-9]{4}-[0-9]{2}-[0-9]{2}([T ].*)?|[0-9]{8})?\s*$`,
        examples: ['2024-01-31 14:30'],
      };
    case 'choice':
      return { type: ['string', 'boolean'], pattern: choicePattern(choices ?? []) };
    case 'text':
    case 'file':
      return { type: ['string', 'number', ...clearable], ...limit };
    case 'lists':
    case 'files':
    case 'addresses':
      // A list is joined with bars before it is taken apart, so its texts have none.
      return { type: ['string', 'array', 'null'], items: { type: ['string', 'number'], pattern: '^[^|]*$' } };
    default:
      return { type: ['string', ...clearable] };
  }
}

/** Any of the words in any letter case, or nothing. */
function choicePattern(choices: readonly Choice[]): string {
  const words = choices.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
  const anyCase = (word: string): string =>
    [...word].map(letter => `[${letter.toUpperCase()}${letter.toLowerCase()}]`).join('');
  return String.raw`^\s*(${words.map(anyCase).join('|')})?\s*$`;
}
