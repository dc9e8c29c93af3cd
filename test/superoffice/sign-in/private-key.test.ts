import { createPublicKey, generateKeyPairSync, type KeyObject, verify } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { readPrivateKey } from '../../../src/superoffice/sign-in/private-key.ts';
import { signSystemToken } from '../../../src/superoffice/sign-in/system-token.ts';
import { refusal } from '../../support/refusal.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const pkcs1 = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();

/** As .NET's RSA.ToXmlString writes it; `leave` leaves elements out. */
function xml(key: KeyObject, leave: readonly string[] = []): string {
  const jwk = key.export({ format: 'jwk' });
  const elements = {
    Modulus: jwk.n,
    Exponent: jwk.e,
    P: jwk.p,
    Q: jwk.q,
    DP: jwk.dp,
    DQ: jwk.dq,
    InverseQ: jwk.qi,
    D: jwk.d,
  };
  const inside = Object.entries(elements)
    .filter(([name]) => !leave.includes(name))
    .map(([name, value]) => `<${name}>${Buffer.from(value ?? '', 'base64url').toString('base64')}</${name}>`);
  return `<RSAKeyValue>${inside.join('')}</RSAKeyValue>`;
}

describe('forms of one key', () => {
  test.each<[string, string]>([
    ['PKCS#8', pkcs8],
    ['PKCS#1', pkcs1],
    ['Windows line ends', pkcs8.replaceAll('\n', '\r\n')],
    ['line breaks written as \\n, as in an environment variable', pkcs8.replaceAll('\n', '\\n')],
    ['text before it and a byte order mark', `\uFEFFBag Attributes\n${pkcs8}`],
    ['.NET XML', xml(privateKey)],
    [
      '.NET XML over lines, with a declaration',
      `<?xml version="1.0"?>\n${xml(privateKey).replaceAll('><', '>\n  <')}\n`,
    ],
    ['.NET XML with broken Base64 lines', xml(privateKey).replace(/([\w+/]{20})/g, '$1\r\n ')],
  ])('%s', (_name, text) => {
    const signed = signSystemToken('My App-2d2D5KmBji', readPrivateKey(text), Date.UTC(2026, 7, 1, 2, 5, 59));
    const [data, timestamp] = /^(.*\.(\d{12}))\.[A-Za-z0-9+/]+=*$/.exec(signed)?.slice(1) ?? [];
    expect(timestamp).toBe('202608010205');
    expect(data).toBe('My App-2d2D5KmBji.202608010205');
    const signature = Buffer.from(signed.slice(String(data).length + 1), 'base64');
    expect(verify('sha256', Buffer.from(String(data)), createPublicKey(privateKey), signature)).toBe(true);
  });
});

const encrypted = privateKey
  .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'p4ss-phrase' })
  .toString();
const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const other = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
const foreignModulus = Buffer.from(other.export({ format: 'jwk' }).n ?? '', 'base64url').toString('base64');

describe('what is no private key', () => {
  test.each<[string, string, string, string]>([
    ['PKCS#8 with a passphrase', encrypted, 'protected by a passphrase', 'openssl pkcs8'],
    [
      'PKCS#1 with a passphrase',
      pkcs1.replace('KEY-----\n', 'KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n'),
      'protected by a passphrase',
      'openssl pkcs8',
    ],
    [
      'a public key',
      createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString(),
      'only the public half',
      'Developer Portal',
    ],
    [
      'the public half as XML',
      xml(privateKey, ['P', 'Q', 'DP', 'DQ', 'InverseQ', 'D']),
      'only the public half',
      'Developer Portal',
    ],
    ['XML without a part', xml(privateKey, ['Q']), 'lacks the element <Q>', '<RSAKeyValue>'],
    ['XML of something else', '<Key><D>AAAA</D></Key>', 'not an <RSAKeyValue>', '<RSAKeyValue>'],
    ['XML that was cut', xml(privateKey).slice(0, 300), 'is damaged', '<RSAKeyValue>'],
    [
      'XML of two keys',
      xml(privateKey).replace(/<Modulus>.*<\/Modulus>/, `<Modulus>${foreignModulus}</Modulus>`),
      'is damaged',
      '<RSAKeyValue>',
    ],
    ['a certificate', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----', 'a certificate', 'PEM'],
    ['a key of OpenSSH', '-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n', 'OpenSSH', 'ssh-keygen'],
    [
      'an elliptic key',
      elliptic.export({ type: 'pkcs8', format: 'pem' }).toString(),
      'not an RSA key',
      '<RSAKeyValue>',
    ],
    ['PEM that was cut', pkcs8.slice(0, 200), 'is damaged', '<RSAKeyValue>'],
    ['a path', 'keys/prod.pem', 'neither PEM nor .NET XML', '<RSAKeyValue>'],
    ['nothing', '', 'neither PEM nor .NET XML', '<RSAKeyValue>'],
  ])('%s', async (_name, text, says, advises) => {
    const error = await refusal(() => readPrivateKey(text, 'the private key of profile "prod"'));
    expect(error.code).toBe('config');
    expect(error.message).toMatch(/^The private key of profile "prod" /);
    expect(error.message).toContain(says);
    expect(error.hint).toContain(advises);
    const said = `${error.message}${error.hint}${error.detail}${String(error.cause)}`;
    for (const part of text.match(/[A-Za-z0-9+/]{30,}/g) ?? []) expect(said).not.toContain(part);
  });
});
