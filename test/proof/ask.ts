/** Asks the REST root of a SuperOffice, past sic and past whatever stands between. */
export interface Ask {
  json(path: string): Promise<unknown>;
  /** What a file holds. */
  content(path: string): Promise<string>;
}

export type Json = Readonly<Record<string, unknown>>;

export interface Account {
  readonly url: string;
  readonly username: string;
  readonly password: string;
}

export function askOf({ url, username, password }: Account): Ask {
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  const text = async (path: string, accept: string): Promise<string> => {
    const answer = await fetch(`${url}/api${path}`, { headers: { authorization, accept } });
    const body = await answer.text();
    if (!answer.ok) throw new Error(`GET ${path}: ${answer.status} ${body}`);
    return body;
  };
  return {
    json: async path => JSON.parse((await text(path, 'application/json')) || 'null'),
    content: path => text(path, 'application/octet-stream'),
  };
}

export function objectsIn(value: unknown): Json[] {
  return Array.isArray(value) ? value.map(objectIn) : [];
}

export function objectIn(value: unknown): Json {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

/** `at(entity, 'Contact', 'ContactId')`; undefined where there is no such thing. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let found = value;
  for (const step of path) found = objectIn(found)[step];
  return found;
}
