import { type Address, readAddress } from './address.ts';
import type { Credentials, SignedHeaders } from './sign-in/credentials.ts';
import type { Timing } from './timing.ts';

/** What one try of a request was sent with. */
export interface Pass {
  readonly address: Address;
  readonly headers: SignedHeaders;
}

/** The sign-in of one connection. Requests run side by side, but whatever is renewed is renewed once for all of them. */
export interface Session {
  /** For the next try. Throws SicError when the sign-in fails. */
  pass(): Promise<Pass>;
  /**
   * After a refusal with this status: whether the same request may pass now, because the sign-in was renewed or the tenant
   * found elsewhere. Throws SicError when that fails, or when the tenant turns out to be closed.
   */
  remedy(status: number, used: Pass): Promise<boolean>;
  /** The next step after a refusal with this status, where the sign-in knows a better one than others. */
  advice(status: number): string | null;
}

/**
 * A 403 may be an access token that ended, or simply a right that is missing, and then every row would ask for a new token.
 * One that is younger than this is not blamed. Milliseconds.
 */
const provenFor = 60_000;

/** A gateway that gives up may only be busy; so often it is asked whether the tenant is closed. Milliseconds. */
const askStateEvery = 60_000;

const gaveUp: ReadonlySet<number> = new Set([502, 503, 504]);

export async function openSession(credentials: Credentials, timing: Timing): Promise<Session> {
  let address = readAddress(await credentials.root());
  let renewedAt = Number.NEGATIVE_INFINITY;
  let renewing: Promise<boolean> | null = null;
  let moving: Promise<boolean> | null = null;
  let askedStateAt = Number.NEGATIVE_INFINITY;

  async function renew(): Promise<boolean> {
    const renewed = await credentials.renew();
    renewedAt = timing.now();
    return renewed;
  }

  async function move(): Promise<boolean> {
    if (!(await credentials.moved())) return false;
    address = readAddress(await credentials.root());
    return true;
  }

  function moveOnce(): Promise<boolean> {
    askedStateAt = timing.now();
    moving ??= move().finally(() => {
      moving = null;
    });
    return moving;
  }

  return {
    pass: async () => ({ address, headers: await credentials.headers() }),
    async remedy(status, used) {
      if (status === 421) return used.address !== address || moveOnce();
      if (gaveUp.has(status)) {
        // To be told that the tenant is closed. Whether the request may be sent again is for others to say.
        if (timing.now() - askedStateAt >= askStateEvery) await moveOnce();
        return false;
      }
      const isBearer = /^Bearer /i.test(used.headers.authorization ?? '');
      if (status !== 401 && !(status === 403 && isBearer)) return false;
      // Somebody who was refused earlier has renewed it meanwhile.
      if ((await credentials.headers()) !== used.headers) return true;
      if (status === 403 && timing.now() - renewedAt < provenFor) return false;
      renewing ??= renew().finally(() => {
        renewing = null;
      });
      return renewing;
    },
    advice: status => (status === 401 ? credentials.advice : null),
  };
}
