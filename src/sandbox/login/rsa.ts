import {
  createHash,
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto';

/** A new private key of 2048 bits as PKCS #8 PEM. Takes about a tenth of a second. */
export function newPrivateKeyPem(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/**
 * The name of a key in JWT headers and the JWKS: 27 characters, as SuperOffice's. There it is the thumbprint of a
 * certificate; here there is none, so it is that of the public key.
 */
export function thumbprint(key: KeyObject): string {
  const der = createPublicKey(key).export({ type: 'spki', format: 'der' });
  return createHash('sha1').update(der).digest('base64url');
}

/** Elements of a .NET key in their order, with the JWK member that holds the same number. */
const xmlElements = [
  ['Modulus', 'n'],
  ['Exponent', 'e'],
  ['P', 'p'],
  ['Q', 'q'],
  ['DP', 'dp'],
  ['DQ', 'dq'],
  ['InverseQ', 'qi'],
  ['D', 'd'],
] as const satisfies readonly (readonly [string, keyof JsonWebKey])[];

/** A private key as the Developer Portal hands it out: `<RSAKeyValue>` with standard Base64 (reading.md, section 3.1). */
export function privateKeyXml(key: KeyObject): string {
  const jwk = key.export({ format: 'jwk' });
  const elements = xmlElements.map(([element, member]) => {
    const bytes = Buffer.from(String(jwk[member] ?? ''), 'base64url');
    return `<${element}>${bytes.toString('base64')}</${element}>`;
  });
  return `<RSAKeyValue>${elements.join('')}</RSAKeyValue>`;
}
