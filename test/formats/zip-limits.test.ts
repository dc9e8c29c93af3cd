import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { defaultZipLimits } from '../../src/formats/zip/limits.ts';
import { refusal } from '../support/refusal.ts';
import { contentOf, openBytes, rawZip, unpackAll, zipOf } from './zips.ts';

const zeros = Buffer.alloc(3 << 20);

describe('what an archive declares', () => {
  test.each([
    [
      'one file',
      { entryBytes: 1000 },
      { 'a.csv': 'x'.repeat(1001) },
      'orders.zip/a.csv has 1,001 bytes when unpacked; 1,000 bytes are allowed for one file.',
    ],
    [
      'all files',
      { totalBytes: 1500 },
      { 'a.csv': 'x'.repeat(1000), 'b.csv': 'x'.repeat(1000) },
      'orders.zip has 2 KiB when unpacked; 1.5 KiB are allowed for one archive.',
    ],
    [
      'entries',
      { entries: 2 },
      { 'a.csv': '', 'b/': '', 'c.csv': '' },
      'orders.zip holds more than 2 files and folders.',
    ],
    [
      'the ratio',
      {},
      { 'a.csv': zeros },
      'orders.zip/a.csv would grow from 3 KiB to 3 MiB when unpacked: more than 1,000 times, as in an archive made to fill disks.',
    ],
  ])('%s', async (_name, limits, files, message) => {
    const error = await refusal(openBytes(await zipOf(files as Record<string, string | Buffer>), { limits }));
    expect(error.code).toBe('file');
    expect(error.message).toBe(message);
    expect(error.hint).not.toBeNull();
  });

  test('at the limits is within them', async () => {
    const bytes = await zipOf({ 'a.csv': 'x'.repeat(1000), 'b.csv': '' });
    const archive = await openBytes(bytes, { limits: { entries: 2, entryBytes: 1000, totalBytes: 1000 } });
    expect(await unpackAll(archive)).toHaveLength(2);
  });

  test('the default limits', async () => {
    const gibibytes = 2 ** 30;
    expect(defaultZipLimits).toMatchObject({ entryBytes: 2 * gibibytes, totalBytes: 8 * gibibytes });
    const huge = rawZip([{ name: 'a.csv', data: Buffer.alloc(10), unpacked: 3 * gibibytes }]);
    expect((await refusal(openBytes(huge))).message).toBe(
      'orders.zip/a.csv has 3 GiB when unpacked; 2 GiB are allowed for one file.',
    );
    const many = Array.from({ length: 10_001 }, (_, i) => ({ name: `${i}.csv`, data: Buffer.alloc(0) }));
    expect((await refusal(openBytes(rawZip(many)))).message).toBe(
      'orders.zip holds more than 10,000 files and folders.',
    );
  });

  test('honest files that pack well pass: a million empty lines of Excel, and rows that are nearly alike', async () => {
    const sheet = `Key;Name\n1;A\n${';;;;;;;;;;\r\n'.repeat(1_000_000)}`;
    const rows = Array.from({ length: 100_000 }, (_, i) => `${i};Denmark;Customer;;;;;;;;TRUE\n`).join('');
    const real = 'Company number one, in Ærøskøbing; and more that is told of it\n'.repeat(20);
    const files = { 'sheet.csv': real + sheet, 'rows.csv': rows };
    const archive = await openBytes(await zipOf(files));
    for (const entry of archive.entries) {
      const file = await archive.unpack(entry);
      expect(contentOf(file).equals(Buffer.from(files[entry.name as keyof typeof files]))).toBe(true);
      file.discard();
    }
  });
});

describe('what an archive hides', () => {
  test.each([
    ['more than it says, deflated', { content: 'Key\n', data: deflateRawSync(zeros) }],
    ['less than it says, deflated', { content: 'Key\n1\n', data: deflateRawSync(Buffer.from('Key\n')) }],
    ['nothing at all', { content: 'Key\n', data: Buffer.alloc(0) }],
    ['more than it says, stored', { content: 'Key\n', data: Buffer.from('Key\n1\n'), method: 0 }],
    ['less than it says, stored', { content: 'Key\n1\n', data: Buffer.from('Key\n'), method: 0 }],
  ])('an entry that holds %s', async (_name, entry) => {
    const archive = await openBytes(rawZip([{ name: 'a.csv', ...entry }]));
    expect((await refusal(unpackAll(archive))).message).toMatch(
      /^orders\.zip\/a\.csv is damaged: (?:it is not as long as the archive says|what it unpacks to is not what was packed)\.$/,
    );
  });

  test('entries that share their bytes', async () => {
    const kernel = deflateRawSync(Buffer.alloc(900 << 10));
    const shared = { content: Buffer.alloc(900 << 10), data: kernel };
    const bytes = rawZip([
      { name: 'a.csv', ...shared },
      { name: 'b.csv', ...shared, offset: 0 },
    ]);
    expect((await refusal(openBytes(bytes))).message).toBe(
      'orders.zip/b.csv is refused: its bytes overlap those of another entry, as in an archive made to fill disks.',
    );
  });

  test('an entry quoted inside another, and a dropping that overlaps', async () => {
    const inner = rawZip([{ name: 'b.csv', content: 'Key\n' }]);
    const outer = { name: 'a.csv', content: inner, data: inner, method: 0 };
    const offset = 30 + 'a.csv'.length;
    const quoted = rawZip([outer, { name: 'b.csv', content: 'Key\n', offset }]);
    expect((await refusal(openBytes(quoted))).message).toContain('overlap');
    const dropping = rawZip([outer, { name: '.DS_Store', content: 'Key\n', offset }]);
    expect((await refusal(openBytes(dropping))).message).toContain('overlap');
  });

  test('a directory of its own size is not read into memory', async () => {
    const bytes = Buffer.concat([Buffer.alloc(20 << 20), rawZip([{ name: 'a.csv', content: 'Key\n' }])]);
    const end = bytes.length - 22;
    bytes.writeUInt32LE(end, end + 12);
    bytes.writeUInt32LE(0, end + 16);
    bytes.write('PK\x01\x02', 0, 'latin1');
    expect((await refusal(openBytes(bytes))).message).toBe(
      'orders.zip is refused: its directory is far too large for what it may hold.',
    );
  });
});
