import { createPublicKey, type KeyObject, X509Certificate } from 'node:crypto';
import { SicError } from '../../problems/sic-error.ts';
import { isObject, type JsonObject, textOf } from '../json.ts';
import { readOnce } from '../once.ts';
import type { LoginHttp } from './login-http.ts';

/** The public keys with which a login host signs its tokens. */
export interface PublishedKeys {
  /**
   * Whether `test` is true of a key: of those with one of these names (`kid` or `x5t`; '' is none), or of any key when no
   * key is called so. SuperOffice's tokens carry an `x5t` and no `kid` (reading.md, section 2.5).
   */
  some(names: readonly string[], test: (key: KeyObject) => boolean): Promise<boolean>;
}

interface PublishedKey {
  readonly names: readonly string[];
  readonly key: KeyObject;
}

/** Reads the keys when they are first asked for, once. Asking throws SicError 'unreachable' when they cannot be read. */
export function publishedKeys(http: LoginHttp): PublishedKeys {
  const read = readOnce(() => readKeys(http));
  return {
    async some(names, test) {
      const keys = await read();
      const wanted = names.filter(name => name !== '');
      const called = keys.filter(key => key.names.some(name => wanted.includes(name)));
      return (called.length > 0 ? called : keys).some(({ key }) => test(key));
    },
  };
}

async function readKeys(http: LoginHttp): Promise<readonly PublishedKey[]> {
  const answer = await http.ask({ method: 'GET', path: '/login/.well-known/jwks', repeatable: true });
  const listed = isObject(answer.json) && Array.isArray(answer.json.keys) ? answer.json.keys : [];
  const keys = listed.flatMap((entry: unknown) => (isObject(entry) ? publishedKey(entry) : []));
  if (answer.status === 200 && keys.length > 0) return keys;
  throw new SicError(
    'unreachable',
    `${http.login.host} does not publish the keys with which it signs (answered ${answer.status}), so nothing it says can be checked.`,
    {
      hint: 'Check "environment" and "login" of the profile; if they are right, run the same command again later.',
    },
  );
}

/** A key of another kind, or one that cannot be read, is left out: others may do. */
function publishedKey(entry: JsonObject): readonly PublishedKey[] {
  const n = textOf(entry, 'n');
  const e = textOf(entry, 'e');
  const use = textOf(entry, 'use');
  if (use !== '' && use !== 'sig') return [];
  try {
    const key =
      n !== '' && e !== '' ? createPublicKey({ key: { kty: 'RSA', n, e }, format: 'jwk' }) : certified(entry);
    if (key?.asymmetricKeyType !== 'rsa') return [];
    return [{ names: [textOf(entry, 'kid'), textOf(entry, 'x5t')].filter(name => name !== ''), key }];
  } catch {
    return [];
  }
}

function certified(entry: JsonObject): KeyObject | null {
  const chain: readonly unknown[] = Array.isArray(entry.x5c) ? entry.x5c : [];
  const [first] = chain;
  return typeof first === 'string' ? new X509Certificate(Buffer.from(first, 'base64')).publicKey : null;
}
