import { randomBytes } from 'node:crypto';

/** A ticket lives six hours; each use starts them anew (reading.md, section 3.4). */
const lifetime = 6 * 60 * 60 * 1000;

/** Tickets that were given out. They do not outlive the process: clients must sign in again, as after a restart of the real one. */
export class Tickets {
  readonly #holders = new Map<string, { readonly associateId: number; expires: number }>();

  issue(associateId: number, now: Date): string {
    this.#dropExpired(now);
    const ticket = `7T:${randomBytes(48).toString('base64')}`;
    this.#holders.set(ticket, { associateId, expires: now.getTime() + lifetime });
    return ticket;
  }

  /** The associate behind a ticket that still holds; the use extends it. An expired one cannot be revived. */
  use(ticket: string, now: Date): number | undefined {
    const holder = this.#holders.get(ticket);
    if (!holder) return undefined;
    if (holder.expires <= now.getTime()) {
      this.#holders.delete(ticket);
      return undefined;
    }
    holder.expires = now.getTime() + lifetime;
    return holder.associateId;
  }

  #dropExpired(now: Date): void {
    for (const [ticket, { expires }] of this.#holders)
      if (expires <= now.getTime()) this.#holders.delete(ticket);
  }
}
