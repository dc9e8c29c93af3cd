import { randomBytes } from 'node:crypto';
import { sessionLifetimes } from './lifetimes.ts';

interface Holder {
  readonly associateId: number;
  /** What `SO-AppToken` must say with each use; null for tickets that were issued onsite. */
  readonly appToken: string | null;
  expires: number;
}

/** Tickets that were given out. They do not outlive the process: clients must sign in again, as after a restart of the real one. */
export class Tickets {
  readonly #holders = new Map<string, Holder>();
  readonly #lifetime: number;

  /** `lifetime` in seconds; each use of a ticket starts it anew. */
  constructor(lifetime = sessionLifetimes.ticket) {
    this.#lifetime = lifetime * 1000;
  }

  issue(associateId: number, now: Date, appToken: string | null = null): string {
    this.#dropExpired(now);
    const ticket = `7T:${randomBytes(48).toString('base64')}`;
    this.#holders.set(ticket, { associateId, appToken, expires: now.getTime() + this.#lifetime });
    return ticket;
  }

  /** The associate behind a ticket that still holds; the use extends it. An expired one cannot be revived. */
  use(ticket: string, now: Date, appToken?: string): number | undefined {
    const holder = this.#holders.get(ticket);
    if (!holder) return undefined;
    if (holder.expires <= now.getTime()) {
      this.#holders.delete(ticket);
      return undefined;
    }
    if (holder.appToken !== null && holder.appToken !== appToken) return undefined;
    holder.expires = now.getTime() + this.#lifetime;
    return holder.associateId;
  }

  expireAll(): void {
    this.#holders.clear();
  }

  #dropExpired(now: Date): void {
    for (const [ticket, { expires }] of this.#holders)
      if (expires <= now.getTime()) this.#holders.delete(ticket);
  }
}
