import { X509Certificate } from 'node:crypto';
import { SicError } from '../problems/sic-error.ts';

const certificate = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/**
 * The certificates in the PEM file that the `ca` of a profile names, one text each. `place` is the file, for messages.
 * Throws SicError 'config' when there is none in it, or one that cannot be read.
 */
export function readAuthorities(text: string, place: string): readonly string[] {
  const found = text.match(certificate) ?? [];
  if (found.length === 0)
    throw new SicError('config', `${place}, which "ca" of the profile names, holds no certificate.`, {
      hint: 'It must be the PEM file of your certificate authority: text that begins with -----BEGIN CERTIFICATE-----. A .cer or .der file is made into one by: openssl x509 -inform der -in ca.cer -out ca.pem',
    });
  found.forEach((pem, index) => {
    try {
      new X509Certificate(pem);
    } catch (cause) {
      throw new SicError('config', `Certificate ${index + 1} of ${place} cannot be read: it is damaged.`, {
        hint: 'Get the PEM file of your certificate authority anew.',
        cause,
      });
    }
  });
  return found;
}
