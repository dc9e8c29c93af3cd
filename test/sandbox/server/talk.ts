import { request } from 'undici';
import type { RunningSandbox } from '../../../src/sandbox/server.ts';

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** The body as JSON; undefined when it is empty or no JSON. */
  readonly json: unknown;
}

export interface Call {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

/** One request to any URL of a sandbox, without credentials of its own. */
export async function fetchUrl(method: string, url: string, call: Call = {}): Promise<Reply> {
  const { statusCode, headers, body } = await request(url, {
    method,
    headers: { 'content-type': 'application/json', ...call.headers },
    ...(call.body === undefined
      ? {}
      : { body: typeof call.body === 'string' ? call.body : JSON.stringify(call.body) }),
  });
  const text = await body.text();
  return { status: statusCode, headers, text, json: parse(text) };
}

/** Calls the REST API as the system user: `call('GET', '/v1/Contact/UdefLayout')`. */
export function caller(
  sandbox: RunningSandbox,
  user: { readonly username: string; readonly password: string } = sandbox,
) {
  const authorization = basic(user.username, user.password);
  return (method: string, path: string, call: Call = {}): Promise<Reply> =>
    fetchUrl(method, `${sandbox.url}/api${path}`, { ...call, headers: { authorization, ...call.headers } });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
