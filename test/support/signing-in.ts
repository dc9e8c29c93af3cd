import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { Keychain } from '../../src/config/keychain.ts';
import { type RunningSandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/server.ts';
import { type Captured, type Surroundings, sic } from './sic.ts';
import { emptyFolder } from './workplace.ts';

/** SuperOffice Online on this machine, ended with the test. */
export async function online(options: Partial<SandboxOptions> = {}): Promise<RunningSandbox> {
  const sandbox = await startSandbox({ port: 0, data: null, latency: 0, seed: 'empty', ...options });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

export interface SignInPlace {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly sandbox: RunningSandbox;
  /** Runs the program here. */
  run(argv: readonly string[], more?: Partial<Surroundings>): Promise<Captured>;
}

export interface Changes {
  /** Of the tenant of the online profiles. */
  readonly tenant?: object;
  /** Of the `auth` of `me`. */
  readonly person?: object;
}

/**
 * A folder with the profiles `job` (system user), `me` (a person, kept in the keychain), `box` (Basic) and `pass` (a ticket)
 * of a sandbox, and a company file.
 */
export async function signInPlace(sandbox: RunningSandbox, changes: Changes = {}): Promise<SignInPlace> {
  const cwd = await emptyFolder();
  const { clientId, clientSecret, systemUserToken, privateKeyPem } = sandbox.app();
  const env = {
    SIC_CLIENT_SECRET: clientSecret,
    SIC_SYSTEM_USER_TOKEN: systemUserToken,
    SIC_PASSWORD: sandbox.password,
    SIC_TICKET: await currentToken(sandbox),
  };
  const tenant = { environment: 'sod', tenant: 'Sandbox', login: sandbox.login, rate: 0, ...changes.tenant };
  const secret = { clientId, clientSecret: { env: 'SIC_CLIENT_SECRET' } };
  const job = {
    type: 'system-user',
    ...secret,
    systemUserToken: { env: 'SIC_SYSTEM_USER_TOKEN' },
    privateKey: { file: 'keys/job.pem' },
  };
  const { url, username } = sandbox;
  const profiles = {
    job: { ...tenant, auth: job },
    me: { ...tenant, auth: { type: 'oauth', ...secret, ...changes.person } },
    box: { url, rate: 0, auth: { type: 'basic', username, password: { env: 'SIC_PASSWORD' } } },
    pass: { url, rate: 0, auth: { type: 'ticket', ticket: { env: 'SIC_TICKET' } } },
  };
  await mkdir(path.join(cwd, 'keys'));
  await writeFile(path.join(cwd, 'keys', 'job.pem'), privateKeyPem, { mode: 0o600 });
  await writeFile(path.join(cwd, 'sic.config.json'), JSON.stringify({ profiles }));
  await writeFile(path.join(cwd, 'companies.csv'), 'CompUserKey01;Name\nSIGN-1;Signed\n');
  return { cwd, env, sandbox, run: (argv, more = {}) => sic(argv, { cwd, env, ...more }) };
}

async function currentToken({ url, username, password }: RunningSandbox): Promise<string> {
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  const answer = await fetch(`${url}/api/v1/User/currentToken`, {
    headers: { authorization, accept: 'application/json' },
  });
  return String(await answer.json());
}

/** The address of the sign-in page in what the program says. */
const signInAddress = /^ {2}(http:\S+\/oauth\/authorize\S+)$/m;

export interface Person {
  readonly name: string;
  readonly consents?: boolean;
}

/** Somebody who sees the address on stderr, opens it and answers the page. */
export function personAt({ name, consents = true }: Person): Pick<Surroundings, 'onStderr'> {
  let said = '';
  let opened = false;
  return {
    onStderr: text => {
      said += text;
      const [, address] = signInAddress.exec(said) ?? [];
      if (address === undefined || opened) return;
      opened = true;
      const url = new URL(address);
      url.searchParams.set('login_hint', name);
      url.searchParams.set('sandbox_consent', consents ? 'yes' : 'no');
      void fetch(url);
    },
  };
}

/** A keychain of this test, as the operating system would keep it: `service|account` → secret. */
export function keychainOf(entries = new Map<string, string>()): () => Promise<Keychain> {
  return async () => ({
    getPassword: async (service, account) => entries.get(`${service}|${account}`) ?? null,
    setPassword: async (service, account, password) => {
      entries.set(`${service}|${account}`, password);
    },
    deletePassword: async (service, account) => entries.delete(`${service}|${account}`),
  });
}

/** A machine whose keychain library is missing. */
export const noKeychain = () => Promise.reject(new Error('libsecret-1.so.0: cannot open shared object file'));

/** A machine whose keychain is locked: it takes everything and gives nothing. */
export const lockedKeychain = async (): Promise<Keychain> => ({
  getPassword: async () => null,
  setPassword: async () => {},
  deletePassword: async () => false,
});

/** Every file below a folder, by path in it. */
export async function textsBelow(folder: string): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    texts.set(path.relative(folder, file), await readFile(file, 'latin1'));
  }
  return texts;
}

interface Forwarded {
  readonly path: string;
  readonly status: number;
  readonly type: string;
  readonly body: string;
  /** The Date header. */
  readonly date: string;
  /** Headers and body of the request, as a debug page would show them. */
  readonly sent: string;
}

/** A way to a login host that changes what comes back. Answers its address. */
export async function changingProxy(
  login: string,
  change: (answer: Forwarded) => Partial<Forwarded>,
): Promise<string> {
  const server = createServer(async (request, response) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = 'GET', url = '/' } = request;
    const answer = await fetch(`${login}${url}`, {
      method,
      headers: { 'content-type': request.headers['content-type'] ?? '', accept: 'application/json' },
      ...(method === 'POST' ? { body: Buffer.concat(chunks) } : {}),
    });
    const found: Forwarded = {
      path: url,
      status: answer.status,
      type: answer.headers.get('content-type') ?? '',
      body: await answer.text(),
      date: new Date().toUTCString(),
      sent: `${JSON.stringify(request.headers)} ${Buffer.concat(chunks).toString('utf8')}`,
    };
    const { status, type, body, date } = { ...found, ...change(found) };
    response.writeHead(status, { 'content-type': type, date });
    response.end(body);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
