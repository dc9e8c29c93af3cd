import { type Exchange, SandboxError } from '../http/exchange.ts';
import { pick } from '../http/names.ts';

/** A path parameter that is a number; anything else is no address of the API. */
export function idParameter(parameters: Readonly<Record<string, string>>, name: string): number {
  const text = parameters[name] ?? '';
  if (!/^-?\d+$/.test(text))
    throw new SandboxError(404, 'SoNotFoundException', `${name} '${text}' not found`);
  return Number(text);
}

/** A switch of the query string, `false` when it is absent. */
export function queryFlag(exchange: Exchange, name: string): boolean {
  const wanted = name.toLowerCase();
  for (const [key, value] of exchange.query)
    if (key.toLowerCase() === wanted) return value.toLowerCase() === 'true';
  return false;
}

/** A text of the query string, '' when it is absent. */
export function queryText(exchange: Exchange, name: string): string {
  const wanted = name.toLowerCase();
  for (const [key, value] of exchange.query) if (key.toLowerCase() === wanted) return value;
  return '';
}

export function bodyText(body: unknown, name: string): string {
  const value = pick(body, name);
  return typeof value === 'string' ? value : '';
}

export function bodyNumber(body: unknown, name: string): number {
  const value = Number(pick(body, name) ?? 0);
  return Number.isFinite(value) ? value : 0;
}

export function bodyFlag(body: unknown, name: string): boolean {
  return pick(body, name) === true;
}
