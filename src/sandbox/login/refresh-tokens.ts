import { randomBytes } from 'node:crypto';
import type { Database } from '../store/database.ts';
import type { Change } from './key-ring.ts';

/** What a refresh token stands for. */
export interface Consent {
  readonly associateId: number;
  /** The client signed in by PKCE without its secret, and so needs none to refresh either. */
  readonly isPublicClient: boolean;
}

/** Refresh tokens, in table `refreshtoken`: they are good for any number of uses until consent is revoked (reading.md, section 2.3). */
export class RefreshTokens {
  readonly #database: Database;
  readonly #change: Change;

  constructor(database: Database, change: Change) {
    this.#database = database;
    this.#change = change;
  }

  issue({ associateId, isPublicClient }: Consent): string {
    const token = randomBytes(48).toString('base64url');
    this.#change(() =>
      this.#database
        .table('refreshtoken')
        .insert({ token, associate_id: associateId, public_client: isPublicClient ? 1 : 0 }),
    );
    return token;
  }

  find(token: string): Consent | undefined {
    for (const row of this.#database.table('refreshtoken').rows.values())
      if (row.token === token)
        return { associateId: Number(row.associate_id), isPublicClient: row.public_client === 1 };
    return undefined;
  }

  revokeAll(): void {
    const table = this.#database.table('refreshtoken');
    this.#change(() => {
      for (const id of [...table.rows.keys()]) table.delete(id);
    });
  }
}
