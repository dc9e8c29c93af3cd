import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { type RunningSandbox, type SandboxOptions, startSandbox } from '../../../src/sandbox/server.ts';
import { privateTexts } from '../../../src/state/private-texts.ts';
import { connect } from '../../../src/superoffice/connect.ts';
import type { Credentials } from '../../../src/superoffice/sign-in/credentials.ts';
import { loginHost } from '../../../src/superoffice/sign-in/login-host.ts';
import { createLoginHttp, type LoginHttp } from '../../../src/superoffice/sign-in/login-http.ts';
import {
  type SystemUserOptions,
  systemUserCredentials,
} from '../../../src/superoffice/sign-in/system-user.ts';
import type { SuperOffice } from '../../../src/superoffice/superoffice.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { type VirtualTiming, virtualTiming } from '../virtual-timing.ts';

/** SuperOffice Online on this machine, ended with the test. */
export async function online(options: Partial<SandboxOptions> = {}): Promise<RunningSandbox> {
  const sandbox = await startSandbox({ port: 0, data: null, latency: 0, seed: 'empty', ...options });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

export interface OpenedLogin {
  readonly http: LoginHttp;
  readonly timing: VirtualTiming;
  readonly notes: string[];
}

/** The real client of login hosts; only the waits between tries are virtual. */
export function loginAt(
  root: string,
  more: { readonly env?: Record<string, string>; readonly signal?: AbortSignal } = {},
): OpenedLogin {
  const timing = virtualTiming({ auto: true });
  const notes: string[] = [];
  const http = createLoginHttp({
    login: loginHost('online', root),
    env: more.env ?? {},
    authorities: [],
    timing,
    signal: more.signal ?? new AbortController().signal,
    note: text => notes.push(text),
  });
  return { http, timing, notes };
}

export interface SystemUserOfTest {
  readonly credentials: Credentials;
  /** Where the ticket and the tenant's state are kept. */
  readonly folder: string;
  readonly notes: string[];
}

/** The application of a sandbox as a profile would have it; `changes` replaces parts of it. */
export async function systemUser(
  sandbox: RunningSandbox,
  changes: Partial<SystemUserOptions> & { readonly folder?: string } = {},
): Promise<SystemUserOfTest> {
  const { folder = await temporaryFolder(), ...rest } = changes;
  const app = sandbox.app();
  const { http, notes } = loginAt(sandbox.login);
  const credentials = systemUserCredentials({
    http,
    tenant: sandbox.tenant,
    clientId: app.clientId,
    clientSecret: async () => app.clientSecret,
    systemUserToken: async () => app.systemUserToken,
    privateKey: async () => app.privateKeyXml,
    cache: privateTexts(folder),
    now: Date.now,
    note: text => notes.push(text),
    ...rest,
  });
  return { credentials, folder, notes };
}

/** A connection with these credentials, closed with the test. */
export async function signedIn(credentials: Credentials): Promise<SuperOffice> {
  const superoffice = await connect({
    credentials,
    rate: 0,
    concurrency: 4,
    env: {},
    note: () => {},
    signal: new AbortController().signal,
  });
  onTestFinished(() => superoffice.close());
  return superoffice;
}

/** Every file of a folder: its rights and its text. */
export async function filesIn(folder: string): Promise<ReadonlyMap<string, { mode: string; text: string }>> {
  const files = new Map<string, { mode: string; text: string }>();
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name);
    const { mode } = await stat(file);
    files.set(name, { mode: (mode & 0o777).toString(8), text: await readFile(file, 'utf8') });
  }
  return files;
}
