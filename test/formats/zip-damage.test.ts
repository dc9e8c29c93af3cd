import { inspect } from 'node:util';
import { deflateRawSync } from 'node:zlib';
import {
  configure,
  Uint8ArrayReader,
  Uint8ArrayWriter,
  ZipWriter,
  type ZipWriterConstructorOptions,
} from '@zip.js/zip.js';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { encodeSingleByte } from '../../src/formats/single-byte.ts';
import { SicError } from '../../src/problems/sic-error.ts';
import { refusal } from '../support/refusal.ts';
import { openBytes, rawZip, unpackAll, zipOf } from './zips.ts';

const companies = Array.from({ length: 300 }, (_, i) => `${i};Ærø Bådværft ${i * 7919}\n`).join('');
const password = 'hunter 2';
const ciphers = [
  ['ZipCrypto', { password, zipCrypto: true }],
  ['AES-128', { password, encryptionStrength: 1 }],
  ['AES-256', { password, encryptionStrength: 3 }],
] as const;

async function problemOf(bytes: Uint8Array, opening: Parameters<typeof openBytes>[1] = {}) {
  return refusal(async () => unpackAll(await openBytes(bytes, opening)));
}

describe('passwords', () => {
  test.each(ciphers)('%s: none, an empty and a wrong one', async (_name, options) => {
    const bytes = await zipOf({ 'companies.csv': companies }, options);
    for (const none of [null, ''])
      expect(await problemOf(bytes, { password: none })).toMatchObject({
        code: 'file',
        message: 'orders.zip/companies.csv is encrypted, and no password is set.',
        hint: expect.stringContaining('SIC_ZIP_PASSWORD'),
      });
    for (let i = 0; i < 50; i++) {
      const error = await problemOf(bytes, { password: `Sesame${i}` });
      // With ZipCrypto one of 256 wrong passwords is noticed only by what it yields.
      expect(error.message).toMatch(
        /^The password does not open orders\.zip\/companies\.csv\.$|^orders\.zip\/companies\.csv cannot be decrypted: the password is wrong, or the file is damaged\.$/,
      );
      expect(inspect(error, { depth: 10, showHidden: true })).not.toContain('Sesame');
    }
  });

  test('ZipCrypto: a wrong password that passes the check of one byte yields no file', async () => {
    const bytes = await zipOf({ 'companies.csv': companies }, { password, zipCrypto: true });
    const messages = new Set<string>();
    for (let i = 0; i < 3000 && messages.size < 2; i++)
      messages.add((await problemOf(bytes, { password: `Sesame${i}` })).message);
    expect([...messages].sort()).toEqual([
      'The password does not open orders.zip/companies.csv.',
      'orders.zip/companies.csv cannot be decrypted: the password is wrong, or the file is damaged.',
    ]);
  });

  test.each([
    ['UTF-8', (text: string) => Buffer.from(text)],
    ['Windows-1252', (text: string) => encodeSingleByte('windows-1252', text)],
    ['the code page of DOS', (text: string) => encodeSingleByte('ibm850', text)],
  ])('letters in a password, packed in %s', async (_name, encode) => {
    for (const zipCrypto of [true, false]) {
      const rawPassword = encode('rødgrød med fløde?');
      const bytes = await zipOf({ 'companies.csv': companies }, { rawPassword, zipCrypto });
      const archive = await openBytes(bytes, { password: 'rødgrød med fløde?' });
      expect(await unpackAll(archive)).toEqual([['companies.csv', companies]]);
      expect((await problemOf(bytes, { password: 'rødgrød med flød€😀' })).message).toMatch(/password/);
    }
  });

  test('an archive may be encrypted in part, each entry in its own way', async () => {
    configure({ useWebWorkers: false });
    const writer = new ZipWriter(new Uint8ArrayWriter());
    const content = () => new Uint8ArrayReader(Buffer.from(companies));
    await writer.add('plain.csv', content());
    await writer.add('aes.csv', content(), { password });
    await writer.add('old.csv', content(), { password, zipCrypto: true });
    const bytes = await writer.close();
    const archive = await openBytes(bytes);
    expect(archive.entries.map(({ encrypted }) => encrypted)).toEqual([false, true, true]);
    const [plain, aes] = archive.entries;
    if (!plain || !aes) throw new Error('three entries');
    expect((await archive.unpack(plain)).size).toBe(Buffer.byteLength(companies));
    expect((await refusal(archive.unpack(aes))).message).toContain('no password is set');
    expect(await unpackAll(await openBytes(bytes, { password }))).toHaveLength(3);
  });
});

describe('ways to pack that are not read', () => {
  test.each([
    [1, 'Shrink'],
    [6, 'Implode'],
    [9, 'Deflate64'],
    [12, 'BZip2'],
    [14, 'LZMA'],
    [93, 'Zstandard'],
    [95, 'XZ'],
    [98, 'PPMd'],
    [77, 'method 77'],
  ])('method %i', async (method, name) => {
    const archive = await openBytes(
      rawZip([
        { name: 'a.csv', content: 'Key\n', method },
        { name: 'b.csv', content: 'Key\n' },
      ]),
    );
    const [first, second] = archive.entries;
    if (!first || !second) throw new Error('two entries');
    expect(await refusal(archive.unpack(first))).toMatchObject({
      code: 'file',
      message: `orders.zip/a.csv is packed with ${name}, which sic cannot read.`,
      hint: expect.stringContaining('Deflate'),
    });
    expect((await archive.unpack(second)).size).toBe(4);
  });

  test('the strong encryption of PKWARE', async () => {
    const archive = await openBytes(rawZip([{ name: 'a.csv', content: 'Key\n', flags: 0x41 }]), { password });
    expect((await refusal(unpackAll(archive))).message).toBe(
      'orders.zip/a.csv is encrypted in a way that sic cannot read.',
    );
  });

  test('parts of a split archive', async () => {
    const bytes = rawZip([{ name: 'a.csv', content: 'Key\n' }]);
    const first = Buffer.concat([Buffer.from('PK\x07\x08', 'latin1'), bytes.subarray(0, 40)]);
    const last = Buffer.from(bytes);
    last.writeUInt16LE(1, last.length - 18);
    last.writeUInt16LE(1, last.length - 16);
    for (const part of [first, last])
      expect(await problemOf(part)).toMatchObject({
        message: 'orders.zip is one part of an archive that was split into several.',
        hint: expect.stringContaining('all its parts'),
      });
  });
});

describe('damage', () => {
  test('an Excel workbook from a program that writes its parts in another order', async () => {
    const bytes = await zipOf({
      'customXml/item1.xml': '<a/>',
      'xl/workbook.xml': '',
      '[Content_Types].xml': '',
    });
    expect(await problemOf(bytes)).toMatchObject({
      message: 'orders.zip looks like an Excel workbook (.xlsx), not like a zip of data files.',
      hint: expect.stringContaining('Save it in Excel'),
    });
  });

  test('no directory', async () => {
    const bytes = await zipOf({ 'companies.csv': companies });
    for (const cut of [bytes.subarray(0, bytes.length - 30), bytes.subarray(0, 200), bytes.subarray(0, 10)])
      expect(await problemOf(cut)).toMatchObject({
        code: 'file',
        message: 'orders.zip is not complete: the directory at the end of a zip is missing.',
        hint: expect.stringContaining('fetch it again'),
      });
  });

  test('a directory that is broken, or counts wrongly', async () => {
    const bytes = await zipOf({ 'a.csv': companies, 'b.csv': companies });
    const broken = Buffer.from(bytes);
    broken.fill(0, broken.lastIndexOf('PK\x01\x02', undefined, 'latin1'), broken.length - 22);
    expect((await problemOf(broken)).message).toBe('orders.zip is damaged: its directory cannot be read.');
    const counted = rawZip([{ name: 'a.csv', content: 'Key\n' }], { count: 2 });
    expect((await problemOf(counted)).message).toBe('orders.zip is damaged: its directory cannot be read.');
  });

  test('an entry that is not where the directory says, or longer than the archive', async () => {
    for (const lie of [{ offset: 3 }, { offset: 100_000 }, { packed: 5000 }]) {
      const error = await problemOf(rawZip([{ name: 'a.csv', content: 'Key\n', ...lie }]));
      expect(error.message).toBe('orders.zip/a.csv is damaged: the archive does not hold it where it says.');
    }
  });

  test('a checksum that is wrong, and data that is no deflate', async () => {
    const told = 'orders.zip/a.csv is damaged: what it unpacks to is not what was packed.';
    for (const wrong of [
      { crc: 1 },
      { crc: 1, data: Buffer.from('Key\n'), method: 0 },
      { data: Buffer.from([0xff, 0xff, 0xff]) },
      { data: Buffer.concat([deflateRawSync(Buffer.from('Key\n')), Buffer.from('more')]) },
    ])
      expect((await problemOf(rawZip([{ name: 'a.csv', content: 'Key\n', ...wrong }]))).message).toBe(told);
  });

  test('an encrypted entry that was changed on its way', async () => {
    for (const [, options] of ciphers) {
      const bytes = await zipOf({ 'a.csv': companies }, { ...options, level: 0 });
      bytes[1000] = (bytes[1000] ?? 0) ^ 1;
      expect((await problemOf(bytes, { password })).message).toMatch(
        /^orders\.zip\/a\.csv (?:is damaged: it was changed after it was encrypted|cannot be decrypted: the password is wrong, or the file is damaged)\.$/,
      );
    }
  });
});

describe('whatever is cut off or changed', () => {
  const variants: readonly ZipWriterConstructorOptions[] = [
    {},
    { level: 0 },
    { zip64: true, dataDescriptor: false },
    ...ciphers.map(([, options]) => options),
  ];
  const files = { 'a.csv': companies, 'æ/b.csv': 'Key\n', 'c/': '' };
  let zips: readonly Buffer[];
  beforeAll(async () => {
    zips = await Promise.all(variants.map(options => zipOf(files, options)));
  });

  /** Either every file that is there is what was packed, or a SicError says why not. */
  async function survives(bytes: Buffer): Promise<void> {
    try {
      // The name and the declared checksum of an entry are the only witnesses of its content.
      for (const [name, content] of await unpackAll(await openBytes(bytes, { password })))
        expect(Object.values(files), name).toContain(content);
    } catch (error) {
      if (!(error instanceof SicError)) throw error;
      expect(error.code).toBe('file');
    }
  }

  test('any end cut off', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(), async (which, length) => {
        const bytes = zips[which % zips.length] ?? Buffer.alloc(0);
        const cut = bytes.subarray(0, length % bytes.length);
        expect((await problemOf(cut, { password })).code).toBe('file');
      }),
      { numRuns: 300 },
    );
  });

  test('any bytes changed, most of them in the headers', async () => {
    const change = fc.record({
      at: fc.nat(),
      nearEnd: fc.boolean(),
      value: fc.integer({ min: 0, max: 255 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.array(change, { minLength: 1, maxLength: 4 }), async (which, changes) => {
        const bytes = Buffer.from(zips[which % zips.length] ?? []);
        for (const { at, nearEnd, value } of changes)
          bytes[nearEnd ? bytes.length - 1 - (at % Math.min(400, bytes.length)) : at % bytes.length] = value;
        await survives(bytes);
      }),
      { numRuns: 500 },
    );
  });

  test('any bytes at all', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async bytes => {
        await survives(
          Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), bytes, rawZip([]).subarray(0, 22)]),
        );
      }),
      { numRuns: 200 },
    );
  });
});
