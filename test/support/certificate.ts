import { generateKeyPairSync, sign } from 'node:crypto';

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** A certificate for one host name, signed by itself, good for an hour. Made on the spot so that no private key lies around. */
export function selfSigned(host: string): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = sequence(hex('06082a8648ce3d040302')); // ecdsa-with-SHA256
  const commonName = sequence(hex('0603550403'), node(0x0c, Buffer.from(host)));
  const name = sequence(node(0x31, commonName));
  const now = Date.now();
  const validity = sequence(time(now - 3_600_000), time(now + 3_600_000));
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  // X.509 version 1: no extensions, so the common name is the host.
  const body = sequence(hex('020101'), algorithm, name, validity, name, spki);
  const signature = node(0x03, Buffer.from([0]), sign('sha256', body, privateKey));
  const der = sequence(body, algorithm, signature);
  const lines = der.toString('base64').replace(/.{1,64}/g, '$&\n');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines}-----END CERTIFICATE-----\n`,
  };
}

/** One element in DER. */
function node(tag: number, ...content: readonly Buffer[]): Buffer {
  const bytes = Buffer.concat(content);
  const { length } = bytes;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), bytes]);
}

function sequence(...content: readonly Buffer[]): Buffer {
  return node(0x30, ...content);
}

function hex(text: string): Buffer {
  return Buffer.from(text, 'hex');
}

function time(milliseconds: number): Buffer {
  const text = new Date(milliseconds).toISOString().replace(/[-:T]|\..*$/g, '');
  return node(0x17, Buffer.from(`${text.slice(2)}Z`));
}
