import { randomBytes } from 'node:crypto';

/** Access tokens of OAuth that were given out. They hold from their issue, however often they are used, and not beyond the process. */
export class AccessTokens {
  readonly #holders = new Map<string, { readonly associateId: number; readonly expires: number }>();
  readonly #lifetime: number;

  /** `lifetime` in seconds. */
  constructor(lifetime: number) {
    this.#lifetime = lifetime * 1000;
  }

  /** `8A:{tenant}.` and Base64 (reading.md, section 2.3). */
  issue(associateId: number, tenant: string, now: Date): string {
    for (const [token, { expires }] of this.#holders)
      if (expires <= now.getTime()) this.#holders.delete(token);
    const token = `8A:${tenant}.${randomBytes(64).toString('base64')}`;
    this.#holders.set(token, { associateId, expires: now.getTime() + this.#lifetime });
    return token;
  }

  /** The associate behind a token that still holds. */
  use(token: string, now: Date): number | undefined {
    const holder = this.#holders.get(token);
    return holder && holder.expires > now.getTime() ? holder.associateId : undefined;
  }

  expireAll(): void {
    this.#holders.clear();
  }
}
