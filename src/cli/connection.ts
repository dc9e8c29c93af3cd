import path from 'node:path';
import type { Keychain } from '../config/keychain.ts';
import type { ChosenProfile } from '../config/profiles.ts';
import type { RunningSandbox } from '../sandbox/server.ts';
import { ensureStateFolder } from '../state/folder.ts';
import type { Brake } from '../superoffice/brake.ts';
import type { ConnectOptions } from '../superoffice/connect.ts';
import type { Credentials } from '../superoffice/sign-in/credentials.ts';
import type { SuperOffice } from '../superoffice/superoffice.ts';
import type { Note } from '../superoffice/wait.ts';
import { keptOpenPoints } from './probe/kept.ts';

/** SuperOffice asks custom applications to stay at ten calls a second (reading.md, section 0). */
const tenantRate = 10;
const tenantConcurrency = 4;
const sandboxConcurrency = 8;

/** Requests per second when nobody says how many; 0: no limit. */
export function defaultRate(kind: ChosenProfile['kind']): number {
  return kind === 'tenant' ? tenantRate : 0;
}

/** Requests in flight when nobody says how many. */
export function defaultConcurrency(kind: ChosenProfile['kind']): number {
  return kind === 'tenant' ? tenantConcurrency : sandboxConcurrency;
}

export interface ConnectionPorts {
  /** `--rate` and `--concurrency`; undefined: what the profile says. */
  readonly rate: number | undefined;
  readonly concurrency: number | undefined;
  /** The folder that holds a folder per profile. */
  readonly stateRoot: string;
  /** How the reader starts this program, for commands to copy. */
  readonly program: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly note: Note;
  readonly signal: AbortSignal;
  /** What may end the run before its end. */
  readonly brake?: Brake;
  /** `defaults`: what a probe found out does not count, since it is about to be asked again. */
  readonly openPoints?: 'defaults';
  /** Is told where the secrets are that nothing may show. */
  readonly conceal: (secrets: () => readonly string[]) => void;
  /** Loads the keychain in place of keytar. */
  readonly keychain?: (() => Promise<Keychain>) | undefined;
}

/** The way to the SuperOffice of a profile. Nothing is asked or started before `connect`. */
export interface Connection {
  /** Throws SicError for a secret that cannot be read, SuperOfficeError for a SuperOffice that says no. */
  connect(): Promise<SuperOffice>;
  /** What it was connected with; null before `connect`. */
  credentials(): Credentials | null;
  /** Ends the embedded SuperOffice when there is one. */
  close(): Promise<void>;
}

export function openConnection(chosen: ChosenProfile, ports: ConnectionPorts): Connection {
  let sandbox: RunningSandbox | null = null;
  let credentials: Credentials | null = null;
  return {
    async connect() {
      const { connect } = await import('../superoffice/connect.ts');
      const common = {
        env: ports.env,
        note: ports.note,
        signal: ports.signal,
        ...(ports.brake ? { brake: ports.brake } : {}),
        ...openPointsOf(chosen, ports),
      };
      if (chosen.kind === 'tenant') {
        const { profile, name } = chosen;
        const { signInOf } = await import('./sign-in/credentials.ts');
        const stateFolder = path.join(ports.stateRoot, name);
        const { program, conceal, keychain } = ports;
        const signIn = await signInOf(profile, { ...common, stateFolder, program, conceal, keychain });
        credentials = signIn.credentials;
        return connect({
          ...common,
          ...signIn,
          rate: ports.rate ?? profile.rate ?? tenantRate,
          concurrency: ports.concurrency ?? profile.concurrency ?? tenantConcurrency,
        });
      }
      sandbox = await startEmbedded(ports.stateRoot);
      const { basicCredentials } = await import('../superoffice/sign-in/credentials.ts');
      // Its password opens nothing but itself, so nothing is concealed.
      credentials = basicCredentials(sandbox.url, sandbox.username, sandbox.password);
      return connect({
        ...common,
        credentials,
        rate: ports.rate ?? 0,
        concurrency: ports.concurrency ?? sandboxConcurrency,
      });
    },
    credentials: () => credentials,
    async close() {
      await sandbox?.close();
    },
  };
}

function openPointsOf(
  { name }: ChosenProfile,
  { openPoints, stateRoot }: ConnectionPorts,
): Pick<ConnectOptions, 'openPoints'> {
  return openPoints === 'defaults' ? {} : { openPoints: keptOpenPoints(path.join(stateRoot, name)) };
}

/** Its data live in the state folder, so that a second run finds what the first one wrote. */
async function startEmbedded(stateRoot: string): Promise<RunningSandbox> {
  const { startSandboxForPeople } = await import('./sandbox/start.ts');
  const folder = path.join(stateRoot, 'sandbox');
  await ensureStateFolder(folder);
  const data = path.join(folder, 'superoffice.ndjson');
  return startSandboxForPeople({ port: 0, data, latency: 0, seed: 'demo' });
}
