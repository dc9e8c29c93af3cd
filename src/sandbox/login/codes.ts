import { randomBytes } from 'node:crypto';

/** What a code stands for. */
export interface Grant {
  readonly associateId: number;
  readonly redirectUri: string;
  /** null without PKCE. */
  readonly challenge: CodeChallenge | null;
  readonly nonce: string | null;
}

export interface CodeChallenge {
  readonly value: string;
  readonly method: 'S256' | 'plain';
}

/** Authorization codes that were given out and not yet exchanged. They do not outlive the process. */
export class AuthorizationCodes {
  readonly #grants = new Map<string, { readonly grant: Grant; readonly expires: number }>();
  readonly #lifetime: number;

  /** `lifetime` in seconds. */
  constructor(lifetime: number) {
    this.#lifetime = lifetime * 1000;
  }

  issue(grant: Grant, now: Date): string {
    for (const [code, { expires }] of this.#grants) if (expires <= now.getTime()) this.#grants.delete(code);
    const code = randomBytes(32).toString('hex').toUpperCase();
    this.#grants.set(code, { grant, expires: now.getTime() + this.#lifetime });
    return code;
  }

  /** A code is good once: whatever comes of it, it is used up afterwards. undefined for one that does not hold. */
  take(code: string, now: Date): Grant | undefined {
    const kept = this.#grants.get(code);
    this.#grants.delete(code);
    return kept && kept.expires > now.getTime() ? kept.grant : undefined;
  }

  clear(): void {
    this.#grants.clear();
  }
}
