import type { Operation, Schema } from './specification.ts';

type Definitions = Operation['definitions'];

/** REST answers carry it beside what the schema of the plain carrier has (writing.md, section 1.1). */
const allowedEverywhere: ReadonlySet<string> = new Set(['_Links']);

/**
 * Everything in which an answer differs from its schema: `Name: missing`, `Contact.City: not in the schema`,
 * `Rank: string instead of integer`. Array elements are told once per place, not once per index.
 */
export function faultsOf(schema: Schema, value: unknown, definitions: Definitions): string[] {
  return [...new Set(faultsAt('', schema, value, definitions))];
}

function faultsAt(place: string, schema: Schema, value: unknown, definitions: Definitions): string[] {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.replace('#/definitions/', '');
    const target = definitions[name];
    return target ? faultsAt(place, target, value, definitions) : [`${place}: no definition ${name}`];
  }
  if (value === null) return isReference(schema) ? [] : [`${place}: null instead of ${kindOf(schema)}`];
  if (!isOfType(schema, value))
    return [`${place}: ${JSON.stringify(value)?.slice(0, 60)} instead of ${kindOf(schema)}`];
  if (Array.isArray(value)) {
    const { items } = schema;
    return items ? value.flatMap(item => faultsAt(`${place}[]`, items, item, definitions)) : [];
  }
  return isRecord(value) ? faultsInside(place, schema, value, definitions) : [];
}

function faultsInside(
  place: string,
  { properties, additionalProperties }: Schema,
  value: Readonly<Record<string, unknown>>,
  definitions: Definitions,
): string[] {
  const within = (name: string) => (place === '' ? name : `${place}.${name}`);
  if (properties === undefined)
    return additionalProperties
      ? Object.entries(value).flatMap(([name, member]) =>
          faultsAt(within(name), additionalProperties, member, definitions),
        )
      : [];
  return [
    ...Object.entries(properties).flatMap(([name, member]) =>
      Object.hasOwn(value, name)
        ? faultsAt(within(name), member, value[name], definitions)
        : [`${within(name)}: missing`],
    ),
    ...Object.keys(value)
      .filter(name => !Object.hasOwn(properties, name) && !allowedEverywhere.has(name))
      .map(name => `${within(name)}: not in the schema`),
  ];
}

/** The server's strings, objects and arrays may be null; its numbers, flags, enumerations and dates may not. */
function isReference({ type, format, enum: names }: Schema): boolean {
  return type === 'object' || type === 'array' || (type === 'string' && !names && format !== 'date-time');
}

function kindOf({ type = 'anything', format, enum: names }: Schema): string {
  return names ? `one of ${names.join(', ')}` : (format ?? type);
}

const dateTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})?$/;

function isOfType({ type, format, enum: names, properties, additionalProperties }: Schema, value: unknown) {
  switch (type) {
    case 'integer':
      return Number.isInteger(value);
    case 'number':
    case 'boolean':
      return typeof value === type;
    case 'array':
      return Array.isArray(value);
    case 'string':
      if (typeof value !== 'string') return false;
      // Flags are written as a list: `Update, UIHintMandatory`.
      if (names) return value.split(', ').every(name => names.includes(name));
      return format !== 'date-time' || dateTime.test(value);
    case 'object':
      // .NET's `object`: any value at all.
      return !properties && !additionalProperties ? true : isRecord(value);
    default:
      return true;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
