import { SicError } from '../problems/sic-error.ts';
import { isLoopback } from '../superoffice/address.ts';
import { proxyFor } from '../superoffice/proxy.ts';
import type { ServerClock } from '../superoffice/transport.ts';
import { type Check, checksOf } from './check.ts';
import { faultCheck } from './fault-check.ts';
import type { FolderFacts } from './machine-facts.ts';
import { bytes, span } from './words.ts';

const { ok, advice, missing, skipped } = checksOf('machine');

/** The version that package.json asks for. */
const oldestNode = [20, 18, 1] as const;

/** `version` as Node says it: `20.18.1`. */
export function nodeCheck(version: string): Check {
  const parts = version.split('.').map(Number);
  const different = oldestNode.findIndex((least, index) => parts[index] !== least);
  const isOlder = different !== -1 && (parts[different] ?? 0) < (oldestNode[different] ?? 0);
  if (!isOlder) return ok('Node', `Version ${version}.`);
  return missing(
    'Node',
    `Version ${version} is older than ${oldestNode.join('.')}.`,
    'Install a newer Node.',
    'usage',
  );
}

const mega = 1_000_000;
/** A run keeps a journal and the rows that need a look; a zip is unpacked into temporary files. */
const tight = 1000 * mega;
const tooTight = 50 * mega;

/** `name`: `state folder`, `temporary files`. */
export function folderCheck(name: string, { path, free, fault }: FolderFacts, flag: string): Check {
  if (fault !== null)
    return missing(
      name,
      `${path} cannot be written (${fault}).`,
      `Give the user who runs sic the right to it, or choose another folder with ${flag}.`,
      'state',
    );
  if (free === null) return ok(name, `${path} can be written. How much room is left cannot be asked.`);
  if (free < tooTight)
    return missing(name, `${path} has ${bytes(free)} left.`, 'Make room on that disk.', 'state');
  if (free < tight)
    return advice(name, `${path} has ${bytes(free)} left.`, 'Make room on that disk before large imports.');
  return ok(name, `${path} can be written and has ${bytes(free)} left.`);
}

/** Answers carry whole seconds and take their time. */
const noticed = 30_000;
/** Sign-in tokens are good for minutes. */
const harmful = 300_000;

export function clockCheck(clock: ServerClock | null): Check {
  if (clock === null) return skipped('clock', 'No answer of SuperOffice told the time.');
  const difference = clock.here - clock.there;
  const off = Math.abs(difference);
  if (off < noticed) return ok('clock', 'This machine and SuperOffice agree on the time.');
  const found = `The clock of this machine is ${span(off)} ${difference > 0 ? 'ahead of' : 'behind'} that of SuperOffice.`;
  const todo = 'Set it right, best by a time service (timedatectl set-ntp true; Windows: w32tm /resync).';
  return off < harmful
    ? advice('clock', found, todo)
    : missing('clock', `${found} Signing in to SuperOffice Online fails with such a clock.`, todo);
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Which way leads to SuperOffice, as HTTP_PROXY, HTTPS_PROXY and NO_PROXY have it. A password is never shown. */
export function proxyCheck(address: URL | null, env: Environment): Check {
  if (address === null) return ok('proxy', 'The embedded SuperOffice is reached without any.');
  if (isLoopback(address.hostname)) return ok('proxy', 'This machine itself is reached without any.');
  try {
    const proxy = proxyFor(address, env);
    if (proxy !== null) return ok('proxy', `${maskedProxy(proxy)} is the way to ${address.host}.`);
    const otherwise = proxyFor(address, { ...env, NO_PROXY: '', no_proxy: '' });
    return ok(
      'proxy',
      otherwise === null
        ? 'None is set.'
        : `NO_PROXY leads to ${address.host} past ${maskedProxy(otherwise)}.`,
    );
  } catch (error) {
    if (error instanceof SicError) return faultCheck('machine', 'proxy', error);
    throw error;
  }
}

function maskedProxy({ protocol, username, password, host }: URL): string {
  const user = username === '' && password === '' ? '' : `${username}${password === '' ? '' : ':***'}@`;
  return `${protocol}//${user}${host}`;
}
