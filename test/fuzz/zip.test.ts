import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { findInputFile } from '../../src/formats/input-file.ts';
import { openZip } from '../../src/formats/zip/archive.ts';
import { put } from '../formats/files.ts';
import { contentOf, type RawEntry, rawZip, zipOf } from '../formats/zips.ts';
import { folderOfFile } from '../support/folders.ts';
import { damaged } from './mutations.ts';
import { expectTold } from './outcome.ts';
import { patience, tries } from './tries.ts';

const folder = folderOfFile();
const password = 'hunter 2';
const limits = { entries: 20, unpacked: 1 << 20 };

/** Names and contents, or null for an archive that is refused. */
async function unpackOrRefuse(bytes: Uint8Array): Promise<ReadonlyMap<string, Buffer> | null> {
  const path = put(folder, 'a.zip', bytes);
  const unpacked = new Map<string, Buffer>();
  try {
    const archive = await openZip(await findInputFile(path, 'a.zip'), {
      password: async () => password,
      limits,
    });
    try {
      for (const entry of archive.entries) {
        const file = await archive.unpack(entry);
        unpacked.set(entry.name, contentOf(file));
        file.discard();
      }
    } finally {
      await archive.close();
    }
    return unpacked;
  } catch (error) {
    expectTold(error, 'file');
    return null;
  }
}

const files = {
  'companies.csv': 'Key;Name\n1;Ærø\n'.repeat(20),
  'folder/persons.csv': 'Key\n1\n',
  'æ.json': '[]',
};
const archives: Buffer[] = [];
beforeAll(async () => {
  for (const options of [
    {},
    { level: 0 },
    { zip64: true },
    { password, zipCrypto: true },
    { password, encryptionStrength: 1 as const },
    { password, encryptionStrength: 3 as const },
  ])
    archives.push(await zipOf(files, options));
  archives.push(rawZip([]), await zipOf({ 'inner.zip': await zipOf(files) }));
});

const tokens = [
  'PK\x03\x04',
  'PK\x01\x02',
  'PK\x05\x06',
  'PK\x06\x06',
  'PK\x06\x07',
  'PK\x07\x08',
  '\0\0\0\0',
  '../',
  '/',
  '\\',
  'companies.csv',
  '\x01\0',
  '\x99\x01',
];

describe('zip', () => {
  test('any bytes are files or a refusal', { timeout: patience }, async () => {
    const documents = fc.nat({ max: archives.length - 1 }).map(index => archives[index] ?? Buffer.alloc(0));
    await fc.assert(
      fc.asyncProperty(damaged(documents, tokens), async bytes => {
        await unpackOrRefuse(bytes);
      }),
      { numRuns: tries(250) },
    );
  });

  test('an archive of lies never leads outside, twice to one place, or beyond the limits', {
    timeout: patience,
  }, async () => {
    const names = fc.oneof(
      fc.constantFrom(
        'a.csv',
        'A.csv',
        'b/../a.csv',
        '../a.csv',
        '/etc/passwd',
        'C:\\a.csv',
        '\\\\host\\a',
        'a.csv/',
        '.',
        '..',
        '',
        'a\0.csv',
        'con',
        'e\u0301.csv',
        'é.csv',
        '__MACOSX/a',
        'x'.repeat(5000),
        '\u202ea.csv',
        '__proto__',
      ),
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.uint8Array({ maxLength: 8 }),
    );
    const number = fc.oneof(fc.constantFrom(0, 1, 5, 0xffff, 0xffff_ffff, 0x7fff_ffff), fc.nat({ max: 300 }));
    const short = fc.oneof(fc.constantFrom(0, 1, 8, 9, 0x800, 0x801, 99, 0xffff), fc.nat({ max: 0xffff }));
    const entry: fc.Arbitrary<RawEntry> = fc.record(
      {
        name: names,
        content: fc.constantFrom('', 'Key\n1\n', 'x'.repeat(3000)),
        method: fc.constantFrom(0, 8, 9, 12, 99),
        flags: short,
        crc: number,
        unpacked: number,
        packed: number,
        offset: number,
        madeBy: short,
        attributes: number,
        extra: fc.uint8Array({ maxLength: 30 }),
      },
      { requiredKeys: ['name'] },
    );
    const honest: fc.Arbitrary<RawEntry> = fc.record({
      name: names,
      content: fc.constantFrom('', 'Key\n1\n'),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(entry, honest), { maxLength: 25 }),
        fc.option(
          number.map(count => count & 0xffff),
          { nil: undefined, freq: 6 },
        ),
        async (entries, count) => {
          const unpacked = await unpackOrRefuse(rawZip(entries, count === undefined ? {} : { count }));
          if (unpacked === null) return;
          expect(unpacked.size).toBeLessThanOrEqual(limits.entries);
          expect([...unpacked.values()].reduce((sum, { length }) => sum + length, 0)).toBeLessThanOrEqual(
            limits.unpacked,
          );
          const folded = new Set([...unpacked.keys()].map(name => name.normalize('NFC').toLowerCase()));
          expect(folded.size).toBe(unpacked.size);
          for (const name of unpacked.keys()) {
            expect(name).not.toMatch(/^[/\\]|^[A-Za-z]:|\0|\\/);
            expect(name.split('/')).not.toContain('..');
          }
        },
      ),
      { numRuns: tries(250) },
    );
  });
});
