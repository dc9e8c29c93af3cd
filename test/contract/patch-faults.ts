import { queryFaults, whatIsThere } from './client-faults.ts';
import type { Exchange } from './recording-proxy.ts';
import { faultsOf } from './schema-faults.ts';
import type { Operation, Schema } from './specification.ts';

/** Statuses of PATCH: the reference pages that writing.md, section 1.2 reports. */
const statuses: Readonly<Record<string, readonly number[]>> = {
  Contact: [200, 404, 409, 412],
  Person: [200, 404, 409, 412],
  Project: [200, 404, 409, 412],
  Sale: [200, 404, 409, 412],
  Appointment: [200, 404, 409, 412],
  Document: [200, 404, 409, 412],
  Ticket: [200, 404, 409],
  TicketMessage: [200, 404, 409],
  Attachment: [200, 404, 409],
};

/** It saves without notifying anybody (section 1.6), so it has nothing to be told about that. */
const notOfPatch = new Set(['notify']);

/**
 * PATCH as an operation, which no specification has: the address, the parameters and the carrier of PUT, the statuses of
 * section 1.2. undefined where the documents know no PATCH.
 */
export function patchOperation(operations: readonly Operation[], path: string): Operation | undefined {
  const [, entity = ''] = /^\/v1\/(\w+)\/\d+$/.exec(path) ?? [];
  const listed = statuses[entity];
  const put = operations.find(each => each.method === 'PUT' && each.path === `/v1/${entity}/{id}`);
  if (!listed || !put) return undefined;
  return {
    ...put,
    method: 'PATCH',
    parameters: put.parameters.filter(({ name }) => !notOfPatch.has(name)),
    answers: new Map(listed.map(status => [status, status === 200 ? put.answers.get(200) : undefined])),
  };
}

/** Everything in which a PATCH differs from the documented rules (writing.md, section 1.6). */
export function patchFaults(operation: Operation, { query, headers, body }: Exchange): string[] {
  const json: unknown = JSON.parse(body.toString('utf8'));
  const entity = operation.parameters.find(each => each.in === 'body')?.schema ?? {};
  return [
    ...queryFaults(operation.parameters, query),
    ...(headers['content-type'] === 'application/json' ? [] : [`content type ${headers['content-type']}`]),
    ...(Array.isArray(json) && json.length > 0
      ? json.flatMap(each => operationFaults(each, entity, operation.definitions))
      : ['not an array of operations']),
  ];
}

function operationFaults(given: unknown, entity: Schema, definitions: Operation['definitions']): string[] {
  const { op, path, value, ...others } = Object(given) as Record<string, unknown>;
  const unknown = Object.keys(others).map(name => `${name}: not part of an operation`);
  if (!['add', 'replace', 'remove', 'test'].includes(String(op))) return [...unknown, `op ${String(op)}`];
  if (typeof path !== 'string' || !path.startsWith('/')) return [...unknown, `path ${String(path)}`];
  const steps = path
    .slice(1)
    .split('/')
    .map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const place = schemaAt(entity, steps, definitions);
  if (typeof place === 'string') return [...unknown, `path ${path}: ${place}`];
  const faults = [...unknown];
  if (steps.at(-1) === '-' && op !== 'add') faults.push(`${String(op)} ${path}: only add appends`);
  // Shown by a malformed sample only: an address is written block by block.
  if (steps[0] === 'Address' && steps.length > 2) faults.push(`path ${path}: below a block of an address`);
  // One operation for the whole dictionary, with only the keys that change.
  if (steps[0] === 'CustomFields' && steps.length > 1) faults.push(`path ${path}: below CustomFields`);
  if (op === 'remove') return faults;
  if (value === undefined) return [...faults, `${path}: no value`];
  const inValue = whatIsThere(faultsOf(place, value, definitions));
  return [...faults, ...inValue.map(fault => `${path} ${fault}`)];
}

/** The schema of what a path leads to, or why it leads nowhere. */
function schemaAt(
  from: Schema,
  steps: readonly string[],
  definitions: Operation['definitions'],
): Schema | string {
  let schema = resolved(from, definitions);
  for (const step of steps) {
    const next =
      schema.type === 'array'
        ? /^(-|\d+)$/.test(step)
          ? schema.items
          : undefined
        : (schema.properties?.[step] ?? schema.additionalProperties);
    if (!next) return `nothing is called ${step}`;
    schema = resolved(next, definitions);
  }
  return schema;
}

function resolved(schema: Schema, definitions: Operation['definitions']): Schema {
  if (schema.$ref === undefined) return schema;
  return definitions[schema.$ref.replace('#/definitions/', '')] ?? {};
}
