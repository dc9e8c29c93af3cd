import fc from 'fast-check';
import { expect, test } from 'vitest';
import { secretMask } from '../../src/superoffice/secret-mask.ts';

const ways: Readonly<Record<string, (secret: string) => string>> = {
  plain: secret => secret,
  'in an address': secret => encodeURIComponent(secret),
  'in an address, in small letters': secret =>
    encodeURIComponent(secret).replace(/%../g, code => code.toLowerCase()),
  'in a form': secret => new URLSearchParams({ secret }).toString().slice('secret='.length),
  'in JSON': secret => JSON.stringify({ secret }).slice('{"secret":"'.length, -2),
  'in Base64': secret => Buffer.from(secret).toString('base64'),
  'in Base64 of addresses': secret => Buffer.from(secret).toString('base64url'),
};

test.each(Object.entries(ways))('a secret is found %s', (_name, write) => {
  fc.assert(
    fc.property(fc.string({ minLength: 4, unit: 'grapheme-ascii' }), fc.string(), (secret, around) => {
      const masked = secretMask([secret])(`<${write(secret)}>${around}`);
      expect(masked.startsWith('<***')).toBe(true);
    }),
  );
});

test('a line of a key, and a value of a key in XML', () => {
  const line = 'MIIEvgIBADANBgkqhkiG9w0BAQEFAASC';
  const mask = secretMask([
    `-----BEGIN PRIVATE KEY-----\n${line}\nAAAA\n-----END PRIVATE KEY-----\n`,
    `<RSAKeyValue><D>${line.toLowerCase()}</D></RSAKeyValue>`,
  ]);
  expect(mask(`bad line ${line}, bad value ${line.toLowerCase()}`)).toBe('bad line ***, bad value ***');
  expect(mask('-----BEGIN PRIVATE KEY-----')).toBe('-----BEGIN PRIVATE KEY-----');
});

test('the longest goes first, and what is too short stays', () => {
  expect(secretMask(['secret', 'secret-of-mine'])('secret-of-mine, secret')).toBe('***, ***');
  expect(secretMask(['abc', ''])('abc')).toBe('abc');
});
