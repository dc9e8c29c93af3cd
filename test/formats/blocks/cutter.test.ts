import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BlockPorts, KnownBlock } from '../../../src/formats/blocks/block.ts';
import { BlockCutter } from '../../../src/formats/blocks/cutter.ts';
import { damaged } from '../../fuzz/mutations.ts';
import { patience, tries } from '../../fuzz/tries.ts';
import {
  type Cutting,
  cut,
  cuttings,
  expectTold,
  expectWhole,
  finding,
  hasher,
  knownFrom,
  recordsOf,
  tried,
} from './cutting.ts';

const row = fc.nat(6);
const texts: Readonly<Record<string, (rows: readonly number[], end: string) => string>> = {
  CSV: (rows, end) =>
    rows.map(n => ['', 'a;b', '"x\n;";1', '"5""";"', ' ', 'long;longer;longest'][n % 6] + end).join(''),
  NDJSON: (rows, end) =>
    rows.map(n => ['', '{"a":1}', ' {"b":"}"} ', '{"a":"ø"}', '{}', '{"c":[1]}'][n % 6] + end).join(''),
  JSON: (rows, end) =>
    `{"Company":[${end}${rows.map(n => ['{"a":1}', '{"a":"ø"}', '{\n"a":"}"\n}', '{"b":[]}', '{}', '{"a":"\\""}'][n % 6]).join(`,${end}`)}]}`,
  XML: (rows, end) =>
    `<R>${end}${rows.map(n => ['<C/>', '<C><a>1</a></C>', '<C>\n<a>ø</a>\n</C>', '<C><!-- < --></C>', '<!-- <C/> -->', '<C><a><![CDATA[</C>]]></a></C>'][n % 6]).join(end)}</R>`,
};
const tokens = ['\n', '\r\n', '"', ';', '{', '}', ',', ']', '<C/>', '</C>', '<', 'a', '{"a":1}', '{"a":1},'];

describe.each(Object.entries(cuttings))('blocks of %s', (name, cutting) => {
  const text = texts[name] ?? (() => '');
  const document = fc
    .tuple(fc.array(row, { maxLength: 14, size: 'max' }), fc.constantFrom('\n', '\r\n'), fc.boolean())
    .map(([rows, end, isClosed]) => {
      const whole = text(rows, end);
      return Buffer.from(isClosed ? whole : whole.replace(/\s+$/, ''));
    });
  const window = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constant(1 << 20));

  test('hold all records, wherever pieces of the file end, and whatever was known', {
    timeout: patience,
  }, () => {
    const versions = document.chain(first => {
      const next = fc.oneof(
        document,
        fc.constant(first),
        document.map(second => Buffer.concat([first, second])),
        damaged(fc.constant(first), tokens, 2),
      );
      return fc.tuple(fc.constant(first), next, next);
    });
    fc.assert(
      fc.property(versions, fc.tuple(window, window, window), (versions, sizes) => {
        const known: KnownBlock[] = [];
        for (const [index, bytes] of versions.entries()) {
          const size = sizes[index] ?? 1;
          const plain = tried(() => recordsOf(cutting.scan(bytes, size, null)));
          const found = tried(() => cut(cutting, bytes, size, known));
          if (typeof plain === 'string' || typeof found === 'string') {
            expect(found).toBe(plain);
            continue;
          }
          expectWhole(cutting, bytes, found, plain);
          expectTold(found, known);
          known.push(...knownFrom(cutting, bytes, found));
        }
      }),
      { numRuns: tries(200) },
    );
  });
});

const line = (n: number, length: number): string => `${n}`.padStart(length - 1, '0').concat('\n');
const csv = cuttings.CSV as Cutting;

describe('a block', () => {
  const many = Buffer.from(Array.from({ length: 2000 }, (_, n) => line(n, 64)).join(''));

  test('has 32 KiB, or one huge record', () => {
    const lengths = cut(csv, many, 1 << 20).blocks.map(({ length }) => length);
    expect(lengths).toEqual([32768, 32768, 32768, 2000 * 64 - 3 * 32768]);
    const huge = Buffer.from(line(1, 64) + line(2, 40_000) + line(3, 64) + line(4, 64));
    expect(cut(csv, huge, 1 << 20).blocks.map(({ length }) => length)).toEqual([64, 40_000, 128]);
  });

  test('is found where it stands now, also when its last byte comes later', () => {
    const { blocks } = cut(csv, many, 1 << 20);
    const known = blocks.slice(0, 2).map(block => ({ ...block, columns: [] }));
    const moved = Buffer.concat([
      Buffer.from('new\n'),
      many.subarray(32768, 65536),
      Buffer.from('new\n\n'),
      many.subarray(0, 32768),
    ]);
    for (const window of [100, 32768, 32772, 33000, 1 << 20]) {
      const { blocks: found, told } = cut(csv, moved, window, known);
      const unread = found.filter(({ offset }) => told[offset] === 0);
      expect(unread.map(({ offset, ordinal, records }) => [offset, ordinal, records])).toEqual([
        [4, 2, 512],
        [4 + 32768 + 5, 2 + 512 + 2, 512],
      ]);
    }
  });

  test('that ended with the file in the middle of a line is found nowhere else', () => {
    const open = Buffer.from('a;b\nc;d');
    const [first, last] = cut(csv, open, 100).blocks;
    expect(last).toMatchObject({ isOpen: true, records: 1, length: 3 });
    const known = [{ length: 7, records: 2, ordinals: 2, isOpen: true, columns: [] }].map(shape => ({
      ...shape,
      hash: hasher('layout')(open),
      start: first?.start ?? 0,
    }));
    for (const [text, isFound] of [
      ['a;b\nc;d', true],
      ['x\na;b\nc;d', true],
      ['a;b\nc;dx', false],
      ['a;b\nc;d\n', false],
      ['a;b\nc;d\nx', false],
    ] as const)
      for (const window of [3, 7, 9, 100]) {
        const bytes = Buffer.from(text);
        const { told } = cut(csv, bytes, window, known);
        expect([text, told[text.indexOf('c')]]).toEqual([text, isFound ? 0 : 1]);
      }
  });

  test('is not looked for behind each record that begins and ends as another one', () => {
    const alike = (n: number): string => `${'x'.repeat(60)}${String(n).padStart(8, '0')}${'y'.repeat(60)}\n`;
    const before = Buffer.from(Array.from({ length: 5000 }, (_, n) => alike(n)).join(''));
    const { blocks } = cut(csv, before, 1 << 20);
    const known = blocks.map(block => ({ ...block, columns: [] }));
    const after = Buffer.from(before);
    for (const { offset, length } of blocks) after[offset + length - 5] = 0x7a;
    let hashed = 0;
    const ports: BlockPorts = {
      hasher: layout => {
        const hash = hasher(layout);
        return bytes => {
          hashed++;
          return hash(bytes);
        };
      },
      known: () => finding(known),
    };
    const cutter = new BlockCutter('layout', ports, () => {});
    for (const _ of csv.scan(after, 1 << 20, null, cutter));
    expect(cutter.blocks.list).toHaveLength(blocks.length);
    expect(hashed).toBeLessThanOrEqual(2 * blocks.length);
  });

  test('of other bytes, length or layout is not found', () => {
    const { blocks } = cut(csv, many, 1 << 20);
    const known = blocks.map(block => ({ ...block, columns: [] }));
    const isRead = (bytes: Buffer, at: number): boolean => cut(csv, bytes, 1 << 20, known).told[at] === 1;
    for (const at of [0, 63, 64, 32000, 32766]) {
      const other = Buffer.from(many);
      other[at] = 0x78;
      expect(isRead(other, at)).toBe(true);
      expect(isRead(other, 40_000)).toBe(false);
    }
    const cutter = new BlockCutter('another layout', { hasher, known: () => finding(known) }, () => {});
    for (const _ of csv.scan(many, 1 << 20, null, cutter));
    expect(cutter.found).toBeNull();
  });
});

test.each<[string, (records: readonly string[]) => string, string, readonly string[]]>([
  [
    'JSON',
    records => `[\n${records.join(',\n')}\n]\n`,
    '{"a":1}',
    ['{"a":1,{"b":2}', '{"a":"x"y"}', '{"a":[1}', '{"a":{"b":"}'],
  ],
  [
    'XML',
    records => `<R>\n${records.join('\n')}\n</R>\n`,
    '<C/>',
    ['<C><!-></C>', '<C><!></C>', '<C><![></C>', '<C><?></C>', '<C>< </C>'],
  ],
])('a broken record of %s is cut alike in a block as in the whole document', (format, written, good, bad) => {
  const cutting = cuttings[format] as Cutting;
  for (const broken of bad)
    for (const records of [[broken], [good, broken], [broken, good], [good, broken, good, good]])
      for (const window of [1, 5, 20, 1000]) {
        const bytes = Buffer.from(written(records));
        const plain = recordsOf(cutting.scan(bytes, 1000, null));
        expect(plain.map(([, text]) => text)).toEqual(records);
        expectWhole(cutting, bytes, cut(cutting, bytes, window), plain);
      }
});
