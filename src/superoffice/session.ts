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
   * After a refusal with this status: whether another try may pass, because the sign-in was renewed or the tenant found
   * elsewhere. Throws SicError when that fails.
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

export async function openSession(credentials: Credentials, timing: Timing): Promise<Session> {
  let address = readAddress(await credentials.root());
  let renewedAt = Number.NEGATIVE_INFINITY;
  let renewing: Promise<boolean> | null = null;
  let moving: Promise<boolean> | null = null;

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

  return {
    pass: async () => ({ address, headers: await credentials.headers() }),
    async remedy(status, used) {
      if (status === 421) {
        if (used.address !== address) return true;
        moving ??= move().finally(() => {
          moving = null;
        });
        return moving;
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
