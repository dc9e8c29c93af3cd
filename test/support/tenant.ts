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
  close(): Promise<void>;
}

export async function startTenant(...flags: readonly string[]): Promise<Tenant> {
  const running = spawnSic(['sandbox', '--port', '0', '--json', ...flags], { cwd: tmpdir() });
  const line = await Promise.race([running.firstOutput, running.ended.then(({ stderr }) => stderr)]);
  const { url, username, password } = JSON.parse(line);
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
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
    async close() {
      running.child.kill('SIGTERM');
      await running.ended;
    },
  };
}
