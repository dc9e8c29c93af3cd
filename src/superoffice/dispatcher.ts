import { rootCertificates } from 'node:tls';
import type { Dispatcher } from 'undici';
import type { Timeouts } from './transport.ts';

export interface DispatcherOptions {
  /** Scheme, host and port. */
  readonly origin: string;
  readonly proxy: URL | null;
  /** Most connections at the same time. */
  readonly connections: number;
  readonly timeouts: Pick<Timeouts, 'connect' | 'headers' | 'body'>;
  /** Authorities that are trusted beside those Node knows, PEM text each. */
  readonly authorities: readonly string[];
}

/** Kept-alive connections to one host, through a proxy where there is one. */
export async function openDispatcher(options: DispatcherOptions): Promise<Dispatcher> {
  const { timeouts, proxy, authorities } = options;
  const { Pool, ProxyAgent } = await import('undici');
  const common = {
    connections: options.connections,
    headersTimeout: timeouts.headers,
    bodyTimeout: timeouts.body,
  };
  // Node takes these instead of its own, so its own are named too: a proxy may be signed by another authority.
  const trusted = authorities.length === 0 ? {} : { ca: [...rootCertificates, ...authorities] };
  const connect = { timeout: timeouts.connect, ...trusted };
  if (proxy) return new ProxyAgent({ ...common, uri: proxy.href, requestTls: connect, proxyTls: connect });
  return new Pool(options.origin, { ...common, pipelining: 1, connect });
}
