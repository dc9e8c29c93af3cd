/** Lower-case name → the spelling of the specs, one map per list of names. */
const spellings = new WeakMap<readonly string[], Map<string, string>>();

/** True for a JSON object, not for null or an array. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * A property of a JSON body by its name in any case: the official client sends camelCase, the specs say PascalCase
 * (writing.md, section 1). undefined when the body is no object or has no such property.
 */
export function pick(body: unknown, name: string): unknown {
  if (!isObject(body)) return undefined;
  if (Object.hasOwn(body, name)) return body[name];
  const wanted = name.toLowerCase();
  for (const [key, value] of Object.entries(body)) if (key.toLowerCase() === wanted) return value;
  return undefined;
}

/**
 * A body with the names of `knownNames` spelled as there. Properties nobody knows are left out, as the model binder of
 * the real server does; keys below the first level stay as sent, since dictionaries (Prog IDs) live there.
 */
export function canonical(body: unknown, knownNames: readonly string[]): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  if (!isObject(body)) return result;
  let spelling = spellings.get(knownNames);
  if (!spelling) {
    spelling = new Map(knownNames.map(name => [name.toLowerCase(), name]));
    spellings.set(knownNames, spelling);
  }
  for (const [key, value] of Object.entries(body)) {
    const name = spelling.get(key.toLowerCase());
    if (name !== undefined) result[name] = value;
  }
  return result;
}

/** A query parameter by its name in any case. */
export function queryValue(query: URLSearchParams, name: string): string | undefined {
  const exact = query.get(name);
  if (exact !== null) return exact;
  const wanted = name.toLowerCase();
  for (const [key, value] of query) if (key.toLowerCase() === wanted) return value;
  return undefined;
}
