import type { Config } from '../config/config.ts';
import { pingFault } from '../config/url.ts';
import { SicError } from '../problems/sic-error.ts';
import type { Context } from './context.ts';
import type { Outcome } from './outcome.ts';

/** A watcher that answers at all answers at once. Milliseconds. */
const patience = 5_000;

/** The address that `--ping` or the config gives. Whoever knows it can pass for this job, so no message repeats it. */
export function pingAddress(text: string, where: string, code: 'usage' | 'config'): URL {
  const fault = pingFault(text.trim());
  if (fault === null) return new URL(text.trim());
  throw new SicError(code, `${where} ${fault}`, {
    hint: 'It looks like https://hc-ping.com/…; sic adds /start and /fail to it.',
  });
}

/** The address in the config; null: there is none. */
export async function configuredPing(config: Config, context: Context): Promise<URL | null> {
  if (config.ping === null) return null;
  const { env, keychain } = context;
  const { readSecret } = await import('../config/secrets.ts');
  const sources = { env, ...(keychain ? { keychain } : {}) };
  const text = await readSecret(config.ping, sources, 'the address to ping');
  return pingAddress(text, 'The address to ping', 'config');
}

/** Tells a watcher that a job begins, and how it ended: one that hears nothing raises the alarm. */
export class Ping {
  readonly #context: Context;
  #address: URL | null = null;
  #started: Promise<void> = Promise.resolve();
  #fault: string | null = null;

  constructor(context: Context) {
    this.#context = context;
  }

  /** Is not waited for. The first address counts. */
  start(address: URL | null): void {
    if (address === null || this.#address !== null) return;
    this.#address = address;
    this.#context.conceal(() => [address.href, address.pathname, address.pathname.slice(1), address.search]);
    this.#started = this.#send(address, '/start');
  }

  async end(isSuccess: boolean): Promise<void> {
    if (this.#address === null) return;
    await this.#started;
    await this.#send(this.#address, isSuccess ? '' : '/fail');
    if (this.#fault !== null)
      this.#context.stderr.write(
        `sic: ${this.#address.host} was not told how the run went: ${this.#fault}\n→ The run itself is as it is. Check the address behind --ping or "ping" in the config.\n`,
      );
  }

  /** Never throws: what cannot be told is noted. */
  async #send(address: URL, ending: string): Promise<void> {
    this.#fault = await get(withEnding(address, ending), this.#context.env).catch((error: unknown) =>
      error instanceof SicError ? error.message : 'it cannot be reached',
    );
  }
}

/** Pings around a command. @param work may start the ping itself, when the address is in the config */
export async function withPing(
  given: string | undefined,
  context: Context,
  outcome: Outcome,
  work: (ping: Ping) => Promise<void>,
): Promise<void> {
  const ping = new Ping(context);
  ping.start(given === undefined ? null : pingAddress(given, '--ping', 'usage'));
  try {
    await work(ping);
  } catch (error) {
    await ping.end(false);
    throw error;
  }
  await ping.end(outcome.exitCode === 0);
}

function withEnding(address: URL, ending: string): URL {
  const url = new URL(address);
  if (ending !== '') url.pathname = `${url.pathname.replace(/\/+$/, '')}${ending}`;
  return url;
}

/** What went wrong, in words; null: it was taken. */
async function get(url: URL, env: Context['env']): Promise<string | null> {
  const { openDispatcher } = await import('../superoffice/dispatcher.ts');
  const { proxyFor } = await import('../superoffice/proxy.ts');
  const { explainNetworkFault, isNetworkError } = await import('../superoffice/network-fault.ts');
  const proxy = proxyFor(url, env);
  const timeouts = { connect: patience, headers: patience, body: patience };
  const dispatcher = await openDispatcher({
    origin: url.origin,
    proxy,
    connections: 1,
    timeouts,
    authorities: [],
  });
  const signal = AbortSignal.timeout(patience);
  try {
    const { statusCode, body } = await dispatcher.request({
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      method: 'GET',
      signal,
    });
    await body.dump();
    return statusCode < 300 ? null : `it answered ${statusCode}`;
  } catch (error) {
    if (signal.aborted) return `no answer within ${patience / 1000} s`;
    if (!isNetworkError(error)) throw error;
    return explainNetworkFault(error, { target: url.host, proxy: proxy?.host ?? null }).message;
  } finally {
    await dispatcher.destroy();
  }
}
