import { readAddress } from '../../src/superoffice/address.ts';
import { createHttp, type Http } from '../../src/superoffice/http.ts';
import { Limiter } from '../../src/superoffice/limiter.ts';
import { secretMask } from '../../src/superoffice/secret-mask.ts';
import { openTransport, type Timeouts } from '../../src/superoffice/transport.ts';
import { authorization } from './scripted-server.ts';
import { type VirtualTiming, virtualTiming } from './virtual-timing.ts';

export interface OpenedHttp {
  readonly http: Http;
  readonly notes: string[];
  readonly timing: VirtualTiming;
  readonly stop: AbortController;
  readonly stopWrites: AbortController;
}

/** The real client over real sockets; only the waits between tries are virtual. */
export async function openHttp(
  root: string,
  more: {
    readonly timeouts?: Partial<Timeouts>;
    readonly concurrency?: number;
    readonly env?: Record<string, string>;
  } = {},
): Promise<OpenedHttp> {
  const notes: string[] = [];
  const timing = virtualTiming({ auto: true });
  const stop = new AbortController();
  const stopWrites = new AbortController();
  const address = readAddress(root);
  const concurrency = more.concurrency ?? 4;
  const transport = await openTransport({
    address,
    authorization,
    concurrency,
    env: more.env ?? {},
    timeouts: { connect: 2_000, headers: 5_000, body: 5_000, upload: 5_000, ...more.timeouts },
  });
  const http = createHttp({
    transport,
    host: new URL(address.origin).host,
    limiter: new Limiter({ rate: 0, concurrency, timing, signal: stop.signal }),
    timing,
    mask: secretMask(authorization),
    note: text => notes.push(text),
    signal: stop.signal,
    writeSignal: stopWrites.signal,
  });
  return { http, notes, timing, stop, stopWrites };
}
