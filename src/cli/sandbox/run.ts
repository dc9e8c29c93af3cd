import path from 'node:path';
import { SicError } from '../../problems/sic-error.ts';
import type { Quirks, RunningSandbox } from '../../sandbox/server.ts';
import type { SandboxFlags } from '../commands/sandbox.ts';
import type { Context } from '../context.ts';
import { programName } from '../environment.ts';
import { writePrivateKey } from './keys.ts';
import { quirksOf } from './quirks.ts';
import { startSandboxForPeople } from './start.ts';

/** `sic sandbox`: starts it, says how to use it, and ends it with the signal. */
export async function runSandbox(flags: SandboxFlags, context: Context): Promise<void> {
  const data = flags.data === undefined ? null : path.resolve(context.cwd, flags.data);
  const quirks = await quirksOf(flags.quirk);
  const sandbox = await start(flags, data, quirks);
  try {
    if (flags.keys !== undefined)
      await writePrivateKey(path.resolve(context.cwd, flags.keys), sandbox.app().privateKeyPem);
    context.stdout.write(flags.json ? machineLine(sandbox) : peopleText(sandbox, data, programName(context)));
    await aborted(context.signal);
  } finally {
    await sandbox.close();
  }
}

async function start(
  { port, latency, seed }: SandboxFlags,
  data: string | null,
  quirks: Partial<Quirks>,
): Promise<RunningSandbox> {
  try {
    return await startSandboxForPeople({ port, data, latency, seed, quirks });
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : '';
    if (code === 'EADDRINUSE')
      throw new SicError('usage', `Port ${port} is already in use on this machine.`, {
        hint: 'Perhaps another sandbox is running. Choose another port, or any free one: --port 0',
        cause,
      });
    if (code === 'EACCES' || code === 'ENOENT') throw notStarted(port, data, code, cause);
    throw cause;
  }
}

function notStarted(port: number, data: string | null, code: string, cause: unknown): SicError {
  if (data !== null && code === 'ENOENT')
    return new SicError('usage', `There is no folder ${path.dirname(data)} for --data.`, {
      hint: 'Make the folder first, or name a file in one that exists.',
      cause,
    });
  return new SicError(
    'usage',
    data === null
      ? `Port ${port} may not be used.`
      : `The sandbox may not use port ${port}, or not write ${data}.`,
    { hint: 'Choose a port above 1023, and a data file in a folder of yours.', cause },
  );
}

function machineLine({ url, tenant, username, password, login, app }: RunningSandbox): string {
  const { clientId, clientSecret, systemUserToken } = app();
  const account = { url, tenant, username, password };
  const application = { login, clientId, clientSecret, systemUserToken };
  return `${JSON.stringify({ kind: 'sic.sandbox', ...account, ...application })}\n`;
}

function peopleText(sandbox: RunningSandbox, data: string | null, program: string): string {
  const { url, username, password, ordinary, login } = sandbox;
  const { clientId, clientSecret, systemUserToken } = sandbox.app();
  const profile = {
    url,
    auth: { type: 'basic', username, password: { env: 'SIC_PASSWORD' } },
    rate: 0,
  };
  return `An embedded SuperOffice is running. Ctrl-C ends it.

  address        ${url}  (REST: ${url}/api/v1)
  system user    ${username}  password ${password}
  ordinary user  ${ordinary.username}  password ${ordinary.password}
  login host     ${login}  (SuperID, for signing in as online)
  application    client id ${clientId}  secret ${clientSecret}
                 system user token ${systemUserToken}; its private key: --keys FILE
  data           ${data ?? 'in memory, gone when it ends; --data FILE keeps them'}

To use it from a config file, put this into sic.config.json:

  { "profiles": { "local": ${JSON.stringify(profile)} } }

and run, in another terminal:

  SIC_PASSWORD=${password} ${program} import companies.csv --profile local
`;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
