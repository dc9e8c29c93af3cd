import { createPrivateKey, type KeyObject } from 'node:crypto';
import type { Database } from '../store/database.ts';
import { newPrivateKeyPem } from './rsa.ts';

/** `application` signs system user tokens, `host` signs what the login host issues. */
export type KeyOwner = 'application' | 'host';

/** Makes a change of the database durable. Not to be called within a request of the API. */
export type Change = <Result>(work: () => Result) => Result;

/**
 * Private keys of a sandbox, in table `loginkey`. Each is made when it is first asked for: most sandboxes never see an
 * online sign-in, and shall start at once.
 */
export class KeyRing {
  readonly #database: Database;
  readonly #change: Change;
  readonly #read = new Map<KeyOwner, KeyObject>();

  constructor(database: Database, change: Change) {
    this.#database = database;
    this.#change = change;
  }

  privateKey(owner: KeyOwner): KeyObject {
    const known = this.#read.get(owner);
    if (known) return known;
    const key = createPrivateKey(this.#kept(owner) ?? this.#make(owner));
    this.#read.set(owner, key);
    return key;
  }

  #kept(owner: KeyOwner): string | undefined {
    for (const row of this.#database.table('loginkey').rows.values())
      if (row.owner === owner) return String(row.pem);
    return undefined;
  }

  #make(owner: KeyOwner): string {
    const pem = newPrivateKeyPem();
    this.#change(() => this.#database.table('loginkey').insert({ owner, pem }));
    return pem;
  }
}
