import { type Exchange, SandboxError } from '../http/exchange.ts';
import { isObject, pick } from '../http/names.ts';
import { badArgumentErrorType } from './open-points.ts';
import { shown, toInteger } from './values.ts';

type JsonObject = Readonly<Record<string, unknown>>;

/** 400 in the words of the services. */
export function refusal(message: string, errorType: string = badArgumentErrorType): SandboxError {
  return new SandboxError(400, errorType, message);
}

/** An array of ids; absent and null are none. Throws 400. */
export function idsIn(value: unknown, name: string): number[] {
  const items = value ?? [];
  if (!Array.isArray(items)) throw refusal(`${name} is ${shown(items)}, not an array of ids`);
  return items.map(item => {
    const id = toInteger(item);
    if (id === undefined) throw refusal(`${name} holds ${shown(item)}, which is no id`);
    return id;
  });
}

/** The entity that an agent's request wraps, else the request itself. Throws 400 without one. */
export function wrapped({ body }: Exchange, name: string): JsonObject {
  const inner = pick(body, name);
  if (isObject(inner)) return inner;
  throw refusal(`${name} is missing`);
}

/** An id among an agent's properties; 0 when it is absent. */
export function idOf({ body }: Exchange, name: string): number {
  return toInteger(pick(body, name)) ?? 0;
}
