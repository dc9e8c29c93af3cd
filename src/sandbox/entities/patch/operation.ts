import { SandboxError } from '../../http/exchange.ts';
import { isObject, pick } from '../../http/names.ts';
import { badArgumentErrorType } from '../open-points.ts';
import { shown } from '../values.ts';

/** One step of RFC 6902, its path cut into unescaped segments. */
export interface Operation {
  readonly op: 'add' | 'replace' | 'remove' | 'test';
  readonly path: readonly string[];
  readonly value: unknown;
}

/** The operations of a JSON Patch body. Throws 400 for one that is malformed, and for move and copy. */
export function parseOperations(body: readonly unknown[]): Operation[] {
  return body.map((item, index) => {
    if (!isObject(item))
      throw refusal(`operation ${index} is ${shown(item)}, not an object with op and path`);
    const op = pick(item, 'op');
    const name = typeof op === 'string' ? op.toLowerCase() : '';
    const path = pick(item, 'path');
    if (name === 'move' || name === 'copy')
      throw refusal(`operation ${index}: ${name} is not supported, only add, replace, remove and test`);
    if (!isOperation(name)) throw refusal(`operation ${index}: there is no operation ${shown(op)}`);
    if (typeof path !== 'string') throw refusal(`operation ${index} has no path`);
    const value = pick(item, 'value');
    if (value === undefined && name !== 'remove') throw refusal(`operation ${index}: ${name} needs a value`);
    return { op: name, path: parsePath(path), value };
  });
}

/** `/CustomFields/A~1B` → `CustomFields`, `A/B`; the leading slash is optional (writing.md, section 1.6). */
function parsePath(path: string): string[] {
  const pointer = path.startsWith('/') ? path.slice(1) : path;
  if (pointer === '') throw refusal(`the path ${shown(path)} names no property`);
  return pointer.split('/').map(segment => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

export function refusal(message: string): SandboxError {
  return new SandboxError(400, badArgumentErrorType, `Patch: ${message}`);
}

function isOperation(name: string): name is Operation['op'] {
  return name === 'add' || name === 'replace' || name === 'remove' || name === 'test';
}
