import { SicError } from '../problems/sic-error.ts';
import { isLoopback } from './address.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy that the environment prescribes for this address, or null. HTTPS_PROXY for https (else HTTP_PROXY, as others
 * do), HTTP_PROXY for http; the lower-case names win; NO_PROXY lists hosts, domains (`.example.com`), `host:port`, or `*`.
 * This machine itself is never reached through a proxy.
 */
export function proxyFor(target: URL, env: Environment): URL | null {
  if (isLoopback(target.hostname) || isExempt(target, read(env, 'NO_PROXY')?.value ?? '')) return null;
  const given =
    target.protocol === 'https:'
      ? (read(env, 'HTTPS_PROXY') ?? read(env, 'HTTP_PROXY'))
      : read(env, 'HTTP_PROXY');
  if (!given) return null;
  const text = given.value.includes('://') ? given.value : `http://${given.value}`;
  const address = URL.canParse(text) ? new URL(text) : null;
  if (!address || !['http:', 'https:'].includes(address.protocol) || address.hostname === '')
    throw new SicError('config', `The environment variable ${given.name} is not the address of a proxy`, {
      hint: 'Write it as http://host:port, or http://user:password@host:port.',
    });
  return address;
}

/** An empty variable counts as absent, as everywhere. */
function read(env: Environment, name: string): { name: string; value: string } | null {
  for (const spelling of [name.toLowerCase(), name]) {
    const value = env[spelling]?.trim();
    if (value) return { name: spelling, value };
  }
  return null;
}

function isExempt(target: URL, noProxy: string): boolean {
  const host = target.hostname.toLowerCase();
  const port = target.port || (target.protocol === 'https:' ? '443' : '80');
  return noProxy
    .toLowerCase()
    .split(/[,\s]+/)
    .some(entry => {
      if (entry === '*') return true;
      const [, name = '', entryPort] = /^\*?\.?(.+?)(?::(\d+))?$/.exec(entry) ?? [];
      if (name === '' || (entryPort !== undefined && entryPort !== port)) return false;
      return host === name || host.endsWith(`.${name}`);
    });
}
