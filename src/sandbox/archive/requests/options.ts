import type { Exchange } from '../../http/exchange.ts';
import { parseFilter } from '../filter/parser.ts';
import { parseOrder } from '../order.ts';
import { type ArchiveQuery, defaultPageSize, splitNames } from '../query.ts';
import { badRequest } from '../refusal.ts';

/** Query options of an OData request by name in lower case: `$orderBy` and `$orderby` are one. */
export type Options = ReadonlyMap<string, string>;

export function optionsOfQuery({ query }: Exchange): Options {
  return new Map([...query].map(([name, value]) => [name.toLowerCase(), value]));
}

/** The form body of a POST; its names are inferred to be those of the query (reading.md, section 7.7). */
export function optionsOfForm({ body, query }: Exchange): Options {
  const fields = typeof body === 'object' && body !== null ? Object.entries(body) : [];
  return new Map([...query, ...fields].map(([name, value]) => [name.toLowerCase(), String(value ?? '')]));
}

/** `$select`, `$filter`, … as a query (reading.md, section 7.2). Throws 400. */
export function queryOf(options: Options): ArchiveQuery {
  return {
    columns: splitNames(options.get('$select') ?? ''),
    filter: parseFilter(options.get('$filter') ?? ''),
    order: parseOrder(options.get('$orderby') ?? ''),
    entities: splitNames(options.get('$entities') ?? ''),
    skip: count(options, '$skip', 0),
    top: count(options, '$top', defaultPageSize),
    counts: false,
  };
}

export interface Shape {
  readonly mode: 'slim' | 'full';
  /** Unsafe characters in property names become `_`. */
  readonly jsonSafe: boolean;
}

/** How the answer is written. What the documents give no shape for is refused rather than guessed. */
export function shapeOf(options: Options): Shape {
  const mode = (options.get('$mode') || 'slim').toLowerCase();
  if (mode !== 'slim' && mode !== 'full')
    throw badRequest(`The sandbox does not answer $mode=${options.get('$mode')}.`);
  refuseOther(options, '$format', 'json');
  refuseOther(options, '$output', 'logical');
  return { mode, jsonSafe: options.get('$jsonsafe')?.toLowerCase() === 'true' };
}

function refuseOther(options: Options, name: string, supported: string): void {
  const value = options.get(name);
  if (value && value.toLowerCase() !== supported)
    throw badRequest(`The sandbox answers ${name}=${supported} only, not '${value}'.`);
}

function count(options: Options, name: string, otherwise: number): number {
  const text = options.get(name);
  if (text === undefined || text === '') return otherwise;
  if (!/^\d+$/.test(text)) throw badRequest(`${name} must be a number of rows, not '${text}'.`);
  return Number(text);
}
