import type { Exchange } from './recording-proxy.ts';
import { faultsOf } from './schema-faults.ts';
import { matches, type Operation, type Parameter } from './specification.ts';

/** Headers of HTTP itself, which no document lists. */
const ordinaryHeaders: ReadonlySet<string> = new Set([
  'accept',
  'authorization',
  'connection',
  'content-length',
  'content-type',
  'host',
  'transfer-encoding',
  'user-agent',
]);

/** The operation a request means: of several that fit, the one with most literal steps that takes its numbers as numbers. */
export function operationFor(
  operations: readonly Operation[],
  method: string,
  path: string,
): Operation | undefined {
  const literals = (operation: Operation) =>
    operation.path.split('/').filter(step => !step.startsWith('{')).length;
  return operations
    .filter(operation => operation.method === method && matches(operation.path, path))
    .sort((a, b) => literals(b) - literals(a) || pathFaults(a, path).length - pathFaults(b, path).length)[0];
}

/** Everything in which a request differs from its operation. */
export function requestFaults(operation: Operation, { path, query, headers, body }: Exchange): string[] {
  return [
    ...pathFaults(operation, path),
    ...queryFaults(operation.parameters, query),
    ...headerFaults(operation, headers),
    ...bodyFaults(operation, String(headers['content-type'] ?? ''), body),
  ];
}

function pathFaults(operation: Operation, path: string): string[] {
  const given = path.split('/');
  return operation.path.split('/').flatMap((step, index) => {
    const value = decodeURIComponent(given[index] ?? '');
    const name = /^\{(.+)\}$/.exec(step)?.[1];
    if (name === undefined) return step === value ? [] : [`${value} is spelled ${step}`];
    const parameter = operation.parameters.find(each => each.in === 'path' && each.name === name);
    return parameter ? valueFaults(parameter, value) : [];
  });
}

export function queryFaults(parameters: readonly Parameter[], query: URLSearchParams): string[] {
  const known = parameters.filter(parameter => parameter.in === 'query');
  return [
    ...[...query].flatMap(([name, value]) => {
      const parameter = known.find(each => each.name === name);
      return parameter ? valueFaults(parameter, value) : [`?${name}: not a parameter`];
    }),
    ...known
      .filter(({ name, required }) => required && !query.has(name))
      .map(({ name }) => `?${name}: missing`),
  ];
}

function valueFaults({ name, type, enum: words }: Parameter, value: string): string[] {
  if (words && !words.includes(value)) return [`${name}: "${value}" instead of one of ${words.join(', ')}`];
  if (type === 'integer' && !/^-?\d+$/.test(value)) return [`${name}: "${value}" instead of integer`];
  if (type === 'boolean' && !/^(true|false)$/.test(value)) return [`${name}: "${value}" instead of boolean`];
  return [];
}

function headerFaults({ parameters, consumes, produces }: Operation, headers: Exchange['headers']): string[] {
  const documented = parameters.filter(each => each.in === 'header').map(({ name }) => name.toLowerCase());
  const contentType = headers['content-type'];
  const accept = String(headers.accept ?? '');
  return [
    ...Object.keys(headers)
      .filter(name => !ordinaryHeaders.has(name) && !documented.includes(name))
      .map(name => `header ${name}: not a parameter`),
    ...(contentType === undefined || consumes.includes(contentType)
      ? []
      : [`content type ${contentType}: not listed`]),
    ...(produces.length === 0 || produces.includes(accept) ? [] : [`accept ${accept}: not listed`]),
  ];
}

function bodyFaults({ parameters, definitions }: Operation, contentType: string, body: Buffer): string[] {
  const parameter = parameters.find(each => each.in === 'body');
  if (!parameter) return body.length > 0 ? ['a body, where none is documented'] : [];
  if (body.length === 0) return parameter.required ? ['no body'] : [];
  if (contentType !== 'application/json') return [];
  const json: unknown = JSON.parse(body.toString('utf8'));
  return whatIsThere(faultsOf(parameter.schema ?? {}, json, definitions));
}

/** No schema lists a property as required: what a request leaves out is no fault. */
export function whatIsThere(faults: readonly string[]): string[] {
  return faults.filter(fault => !fault.endsWith(': missing'));
}

/** Everything in which an answer differs from its operation; what `$select` leaves out may be missing or null. */
export function answerFaults(operation: Operation, { query, answer }: Exchange): string[] {
  const { status, contentType, body } = answer;
  if (!operation.answers.has(status)) return [`status ${status} is not listed`];
  const schema = operation.answers.get(status);
  if (body.length === 0) return schema ? ['no body'] : [];
  if (!schema) return status < 300 ? [`a body with status ${status}, where none is documented`] : [];
  const [type = ''] = contentType.split(';');
  if (!operation.produces.includes(type)) return [`content type ${type}: not listed`];
  if (type !== 'application/json') return [];
  const faults = faultsOf(schema, JSON.parse(body.toString('utf8')), operation.definitions);
  const select = query.get('$select');
  return select === null || schema.$ref?.includes('OData') ? faults : ofSelected(faults, select.split(','));
}

function ofSelected(faults: readonly string[], selected: readonly string[]): string[] {
  return faults.filter(fault => {
    const [, property = '', rest = ''] = /^(\w+): (.*)$/.exec(fault) ?? [];
    const isAbsent = rest === 'missing' || rest.startsWith('null instead of');
    return !isAbsent || selected.includes(property);
  });
}
