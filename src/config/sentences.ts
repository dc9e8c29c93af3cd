import type { ErrorObject } from 'ajv';
import { didYouMean } from '../problems/did-you-mean.ts';
import { orList } from '../problems/or-list.ts';
import { type ConfigFault, pointerParts, readablePath } from './fault.ts';
import { pointerPart } from './json-text.ts';

/** What a schema checker found, as sentences for people. One mistake gives one sentence. */
export function sentences(errors: readonly ErrorObject[]): ConfigFault[] {
  const faults = new Map<string, ConfigFault>();
  for (const error of errors) {
    const fault = isSecret(error) ? literalSecret(error) : sentence(error);
    if (fault !== null) faults.set(`${fault.pointer} ${fault.message}`, fault);
  }
  return [...faults.values()];
}

/** Anything but {env}, {file} or {keychain} where a secret belongs. Its text is never repeated. */
function isSecret(error: ErrorObject): boolean {
  return error.parentSchema?.title === 'Secret';
}

function literalSecret(error: ErrorObject): ConfigFault {
  const path = readablePath(error.instancePath);
  const [section, profile = 'NAME', , what = 'password'] = pointerParts(error.instancePath);
  // clientSecret → client-secret
  const name = what.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
  const [env, file, keychain] =
    section === 'zip'
      ? ['SIC_ZIP_PASSWORD', 'secrets/zip-password', 'sic/zip/password']
      : section === 'ping'
        ? ['SIC_PING', 'secrets/ping', 'sic/ping']
        : [`SIC_${name.toUpperCase().replaceAll('-', '_')}`, `secrets/${name}`, `sic/${profile}/${name}`];
  // A place that sic writes to itself cannot be an environment variable.
  const places = [
    ...(what === 'refreshToken' ? [] : [`{ "env": "${env}" }`]),
    `{ "file": "${file}" }`,
    `{ "keychain": "${keychain}" }`,
  ];
  return {
    pointer: error.instancePath,
    message: `${path}: a secret never stands in the config file itself. Write ${orList(places)} and keep it there.`,
  };
}

function sentence(error: ErrorObject): ConfigFault | null {
  const pointer = error.instancePath;
  const at = readablePath(pointer);
  const is = `${at}${shown(error)}`;
  const params: Readonly<Record<string, unknown>> = error.params;
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownKey(error, String(params.additionalProperty));
    case 'required':
      return { pointer, message: `${at}: "${String(params.missingProperty)}" is missing.` };
    case 'type':
      return { pointer, message: `${is}: it must be ${typeNames(params.type)}.` };
    case 'enum':
      return { pointer, message: `${is}: allowed ${allowed(error.data, params.allowedValues)}` };
    case 'discriminator':
      return signInKind(error);
    case 'minimum':
      return { pointer, message: `${is}: it must be ${String(params.limit)} or more.` };
    case 'exclusiveMinimum':
      return { pointer, message: `${is}: it must be more than ${String(params.limit)}.` };
    case 'maximum':
      return { pointer, message: `${is}: it must be ${String(params.limit)} or less.` };
    case 'minLength':
      return { pointer, message: `${at} is empty: write a value or delete the line.` };
    case 'maxLength':
      return { pointer, message: `${is}: it must be ${limitOf(params.limit)}.` };
    case 'minItems':
      return { pointer, message: `${at} is empty: write a value or delete the line.` };
    case 'propertyNames':
      return badName(error, String(params.propertyName));
    case 'if':
      return null;
    case 'pattern':
      return error.propertyName === undefined
        ? { pointer, message: `${is}: it is not written correctly.${exampleOf(error)}` }
        : null;
    default:
      return { pointer, message: `${at} ${error.message ?? 'is not allowed'}.` };
  }
}

function exampleOf({ parentSchema }: ErrorObject): string {
  const examples: unknown = parentSchema?.examples;
  const [first]: readonly unknown[] = Array.isArray(examples) ? examples : [];
  return first === undefined ? '' : ` Write it like ${JSON.stringify(first)}.`;
}

function unknownKey(error: ErrorObject, key: string): ConfigFault {
  const known = Object.keys(propertiesOf(error.parentSchema));
  const near = didYouMean(key, known);
  const at = error.instancePath === '' ? '' : `${readablePath(error.instancePath)}: `;
  const advice = near === null ? `Known here: ${known.join(', ')}.` : `Did you mean "${near}"?`;
  return {
    pointer: error.instancePath + pointerPart(key),
    message: `${at}"${key}" is not known${at === '' ? ' at the top of the config' : ''}. ${advice}`,
  };
}

function signInKind(error: ErrorObject): ConfigFault {
  const value: unknown = error.params.tagValue;
  const pointer = `${error.instancePath}/type`;
  const is = typeof value === 'string' ? `${readablePath(pointer)} is "${value}"` : readablePath(pointer);
  return { pointer, message: `${is}: allowed are "basic", "ticket", "system-user" or "oauth".` };
}

function badName(error: ErrorObject, name: string): ConfigFault {
  return {
    pointer: error.instancePath + pointerPart(name),
    message: `${readablePath(error.instancePath)}: ${JSON.stringify(name)} cannot be a name, because a folder is called after it. Use letters, digits, dots, - and _ (at most 64), with a letter or digit first.`,
  };
}

function propertiesOf(schema: object | undefined): object {
  if (schema === undefined || !('properties' in schema)) return {};
  return typeof schema.properties === 'object' && schema.properties !== null ? schema.properties : {};
}

/** ` is 5`, or nothing where the value could be a misplaced secret or is too large to show. */
function shown(error: ErrorObject): string {
  if (error.instancePath.includes('/auth')) return '';
  const text = JSON.stringify(error.data);
  return text === undefined || text.length > 60 ? '' : ` is ${text}`;
}

function allowed(value: unknown, values: unknown): string {
  const list: readonly unknown[] = Array.isArray(values) ? values : [];
  const near = typeof value === 'string' && value.length > 1 ? didYouMean(value, list.map(String)) : null;
  return `are ${orList(list.map(item => JSON.stringify(item)))}.${near === null || value === near ? '' : ` Did you mean "${near}"?`}`;
}

const names: Readonly<Record<string, string>> = {
  string: 'a text in double quotes',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  object: 'an object { … }',
  array: 'a list [ … ]',
  null: 'null',
};

function typeNames(type: unknown): string {
  const types: readonly unknown[] = Array.isArray(type) ? type : [type];
  const texts = types.map(name => names[String(name)] ?? String(name));
  const last = texts.at(-1) ?? '';
  return texts.length < 2 ? last : `${texts.slice(0, -1).join(', ')} or ${last}`;
}

function limitOf(limit: unknown): string {
  return limit === 1 ? 'one character' : `at most ${String(limit)} characters`;
}
