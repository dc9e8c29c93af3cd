import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { XMLParser } from 'fast-xml-parser';
import { SicError } from '../../problems/sic-error.ts';
import { isObject, textOf } from '../json.ts';

/**
 * The RSA private key of an application, as PEM (PKCS#1 or PKCS#8) or as the .NET XML that the Developer Portal hands out
 * (reading.md, section 3.1). `what` names it for messages: `the private key of profile "prod"`.
 * Throws SicError 'config', which never holds any of the key.
 */
export function readPrivateKey(text: string, what = 'the private key'): KeyObject {
  const clean = text.replace(/^\uFEFF/, '').trim();
  const key = clean.startsWith('<') ? fromXml(clean, what) : fromPem(clean, what);
  if (key.asymmetricKeyType !== 'rsa')
    throw bad(`${what} is a key of the kind "${key.asymmetricKeyType}", not an RSA key`);
  if (!isWhole(key)) throw damaged(what);
  return key;
}

const portal =
  'Store the private key of the application as the Developer Portal gave it out: the XML that begins with <RSAKeyValue>, or a PEM file that begins with -----BEGIN PRIVATE KEY----- or -----BEGIN RSA PRIVATE KEY-----.';

function fromPem(text: string, what: string): KeyObject {
  const label = /-----BEGIN ([A-Z0-9 ]+)-----/.exec(text)?.[1];
  if (label === undefined) throw bad(`${what} is neither PEM nor .NET XML`);
  if (label === 'ENCRYPTED PRIVATE KEY' || /^Proc-Type: 4,ENCRYPTED/m.test(text))
    throw bad(
      `${what} is protected by a passphrase`,
      'Nobody can type it when a job runs. Take it off into a file that only you may read: umask 077; openssl pkcs8 -topk8 -nocrypt -in old.pem -out new.pem',
    );
  if (label === 'CERTIFICATE') throw bad(`${what} is a certificate, which holds no private key`);
  if (label.endsWith('PUBLIC KEY')) throw publicOnly(what);
  if (label === 'OPENSSH PRIVATE KEY')
    throw bad(
      `${what} is written in the way of OpenSSH`,
      'Rewrite a copy of it: ssh-keygen -p -m PKCS8 -f copy',
    );
  try {
    // In an environment variable the line breaks often stand as \n.
    return createPrivateKey(text.includes('\n') ? text : text.replaceAll('\\r', '').replaceAll('\\n', '\n'));
  } catch {
    // The reason of OpenSSL is left out: it helps nobody, and nothing of the key may be shown.
    throw damaged(what);
  }
}

/** Elements of .NET's XML and what they are called in a JSON Web Key (RFC 7518, section 6.3). */
const parts = {
  Modulus: 'n',
  Exponent: 'e',
  D: 'd',
  P: 'p',
  Q: 'q',
  DP: 'dp',
  DQ: 'dq',
  InverseQ: 'qi',
} as const;

function fromXml(text: string, what: string): KeyObject {
  const values = rsaKeyValue(text, what);
  const jwk: Record<string, string> = { kty: 'RSA' };
  const missing: string[] = [];
  for (const [element, name] of Object.entries(parts)) {
    const value = textOf(values, element).replace(/\s/g, '');
    if (value === '') missing.push(element);
    else jwk[name] = Buffer.from(value, 'base64').toString('base64url');
  }
  if (missing.includes('D') && !missing.includes('Modulus')) throw publicOnly(what);
  if (missing.length > 0) throw bad(`${what} lacks the element ${missing.map(one => `<${one}>`).join(', ')}`);
  try {
    return createPrivateKey({ key: jwk, format: 'jwk' });
  } catch {
    throw damaged(what);
  }
}

function rsaKeyValue(text: string, what: string): Readonly<Record<string, unknown>> {
  let document: unknown;
  try {
    document = new XMLParser({ parseTagValue: false, processEntities: false }).parse(text, true);
  } catch {
    throw damaged(what);
  }
  const root = isObject(document) ? document.RSAKeyValue : undefined;
  if (!isObject(root)) throw bad(`${what} is XML, but not an <RSAKeyValue>`);
  return root;
}

/** A key pasted with a line missing can still be read: it just signs nothing that its public half would accept. */
function isWhole(key: KeyObject): boolean {
  const sample = Buffer.from('sic');
  try {
    return verify('sha256', sample, createPublicKey(key), sign('sha256', sample, key));
  } catch {
    return false;
  }
}

function publicOnly(what: string): SicError {
  return bad(
    `${what} is only the public half of a key`,
    'SuperOffice keeps the public half; sic needs the private one, which the Developer Portal shows once, when the key is made. If it is gone, make a new one there.',
  );
}

function damaged(what: string): SicError {
  return bad(`${what} is damaged: part of it is missing or was changed`);
}

function bad(message: string, hint = portal): SicError {
  return new SicError('config', `${message.charAt(0).toUpperCase()}${message.slice(1)}.`, { hint });
}
