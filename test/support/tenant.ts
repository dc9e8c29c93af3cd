import { tmpdir } from 'node:os';
import { spawnSic } from './program.ts';

/** A SuperOffice in a process of its own: `sic sandbox`. */
export interface Tenant {
  /** `http://127.0.0.1:PORT/Sandbox` */
  readonly url: string;
  readonly username: string;
  readonly password: string;
  /** How many companies there are of each user key that begins so. Asked of SuperOffice itself, not through sic's client. */
  companies(prefix: string): Promise<Map<string, number>>;
  /** Asks the REST root of SuperOffice, as its system user or as another one. Answers the JSON, null where there is none. */
  ask<T>(method: string, path: string, body?: object, username?: string): Promise<T>;
  close(): Promise<void>;
}

export async function startTenant(...flags: readonly string[]): Promise<Tenant> {
  const running = spawnSic(['sandbox', '--port', '0', '--json', ...flags], { cwd: tmpdir() });
  const line = await Promise.race([running.firstOutput, running.ended.then(({ stderr }) => stderr)]);
  const { url, username, password } = JSON.parse(line);
  const authorizationOf = (user: string) => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  const authorization = authorizationOf(username);
  return {
    url,
    username,
    password,
    async companies(prefix) {
      const column = 'contactUdef/Siteshop:CompUserKey01';
      const query = new URLSearchParams({
        $select: `contactId,${column}`,
        $filter: `${column} begins '${prefix}'`,
        $top: '5000',
      });
      const answer = await fetch(`${url}/api/v1/Contact?${query}`, {
        headers: { authorization, accept: 'application/json' },
      });
      const { value } = JSON.parse(await answer.text()) as { value: Record<string, string>[] };
      const counts = new Map<string, number>();
      for (const row of value) counts.set(row[column] ?? '', (counts.get(row[column] ?? '') ?? 0) + 1);
      return counts;
    },
    async ask(method, path, body, user = username) {
      const answer = await fetch(`${url}/api${path}`, {
        method,
        headers: {
          authorization: authorizationOf(user),
          accept: 'application/json',
          'content-type': 'application/json',
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
      return JSON.parse(text || 'null');
    },
    async close() {
      running.child.kill('SIGTERM');
      await running.ended;
    },
  };
}
