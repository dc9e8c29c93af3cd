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
  const common = {
    connections: options.connections,
    headersTimeout: timeouts.headers,
    bodyTimeout: timeouts.body,
  };
  // Node takes these instead of its own, so its own are named too: a proxy may be signed by another authority.
  const trusted =
    authorities.length === 0 ? {} : { ca: [...(await import('node:tls')).rootCertificates, ...authorities] };
  const connect = { timeout: timeouts.connect, ...trusted };
  if (proxy) {
    const { ProxyAgent } = await import('undici');
    return new ProxyAgent({ ...common, uri: proxy.href, requestTls: connect, proxyTls: connect });
  }
  const { Pool } = await import('./pool.ts');
  return new Pool(options.origin, { ...common, pipelining: 1, connect });
}
