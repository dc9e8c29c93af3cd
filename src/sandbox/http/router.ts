import { valueRule } from './body.ts';
import type { BodyRule, RouteTo } from './exchange.ts';

interface Match<Handler> {
  readonly handler: Handler;
  readonly body: BodyRule;
  readonly parameters: Readonly<Record<string, string>>;
}

interface Endpoint<Handler> {
  readonly handler: Handler;
  readonly body: BodyRule;
  readonly names: readonly string[];
}

class Node<Handler> {
  readonly literals = new Map<string, Node<Handler>>();
  parameter: Node<Handler> | undefined;
  readonly endpoints = new Map<string, Endpoint<Handler>>();
}

/** Finds the handler of a request. Two routes of one method and pattern are a mistake of ours and throw. */
export class Router<Handler> {
  readonly #root = new Node<Handler>();

  constructor(routes: readonly RouteTo<Handler>[]) {
    for (const route of routes) this.#add(route);
  }

  /** `path` as it came, still percent-encoded. undefined: nothing answers there. */
  match(method: string, path: string): Match<Handler> | undefined {
    const segments = split(path);
    const values: string[] = [];
    const endpoint = descend(this.#root, segments, 0, method, values);
    if (!endpoint) return undefined;
    const parameters: Record<string, string> = {};
    for (const [index, name] of endpoint.names.entries()) {
      const value = decode(values[index] ?? '');
      if (value === undefined) return undefined;
      parameters[name] = value;
    }
    return { handler: endpoint.handler, body: endpoint.body, parameters };
  }

  #add([method, pattern, handler, body = valueRule]: RouteTo<Handler>): void {
    let node = this.#root;
    const names: string[] = [];
    for (const segment of split(pattern)) {
      const name = /^\{(\w+)\}$/.exec(segment)?.[1];
      if (name === undefined) node = childOf(node, segment.toLowerCase());
      else {
        names.push(name);
        node.parameter ??= new Node<Handler>();
        node = node.parameter;
      }
    }
    if (node.endpoints.has(method)) throw new Error(`two routes for ${method} ${pattern}`);
    node.endpoints.set(method, { handler, body, names });
  }
}

/** Segments of a path without its slashes at the ends. */
function split(path: string): string[] {
  const trimmed = path.replace(/^\/|\/$/g, '');
  return trimmed === '' ? [] : trimmed.split('/');
}

function childOf<Handler>(node: Node<Handler>, segment: string): Node<Handler> {
  let child = node.literals.get(segment);
  if (!child) {
    child = new Node<Handler>();
    node.literals.set(segment, child);
  }
  return child;
}

function descend<Handler>(
  node: Node<Handler>,
  segments: readonly string[],
  depth: number,
  method: string,
  values: string[],
): Endpoint<Handler> | undefined {
  const segment = segments[depth];
  if (segment === undefined) return node.endpoints.get(method);
  const literal = node.literals.get(decode(segment)?.toLowerCase() ?? segment);
  const found = literal && descend(literal, segments, depth + 1, method, values);
  if (found || !node.parameter) return found;
  values.push(segment);
  const below = descend(node.parameter, segments, depth + 1, method, values);
  if (!below) values.pop();
  return below;
}

/** undefined for a broken escape. */
export function decode(segment: string): string | undefined {
  if (!segment.includes('%')) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
