import { type Brake, noBrake } from '../../src/superoffice/brake.ts';
import { createHttp, type Http } from '../../src/superoffice/http.ts';
import { Limiter } from '../../src/superoffice/limiter.ts';
import { secretMask } from '../../src/superoffice/secret-mask.ts';
import { openSession } from '../../src/superoffice/session.ts';
import { basicCredentials, type Credentials } from '../../src/superoffice/sign-in/credentials.ts';
import { openTransport, type Timeouts } from '../../src/superoffice/transport.ts';
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
    readonly credentials?: Credentials;
    readonly brake?: Brake;
  } = {},
): Promise<OpenedHttp> {
  const notes: string[] = [];
  const timing = virtualTiming({ auto: true });
  const stop = new AbortController();
  const stopWrites = new AbortController();
  const concurrency = more.concurrency ?? 4;
  const credentials = more.credentials ?? basicCredentials(root, 'SIC', 's3cret-word');
  const transport = openTransport({
    concurrency,
    env: more.env ?? {},
    timeouts: { connect: 2_000, headers: 5_000, body: 5_000, upload: 5_000, ...more.timeouts },
    authorities: [],
  });
  const http = createHttp({
    transport,
    session: await openSession(credentials, timing),
    limiter: new Limiter({ rate: 0, concurrency, timing, signal: stop.signal }),
    timing,
    mask: secretMask(credentials.secrets()),
    note: text => notes.push(text),
    signal: stop.signal,
    writeSignal: stopWrites.signal,
    brake: more.brake ?? noBrake,
  });
  return { http, notes, timing, stop, stopWrites };
}
