import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { Block } from '../../src/formats/blocks/block.ts';
import { patience, tries } from '../fuzz/tries.ts';
import { runBoth } from './compare.ts';
import { type Damage, damage, damaged, type Edit, edit, edited, encodingFor } from './edits.ts';
import { Model } from './model.ts';
import { Place } from './place.ts';
import type { Wish } from './run.ts';
import { bytesOf, type Entry, type Format, formats, plain, type Sheet } from './sheet.ts';

/** A run of sic, after some changes to its files. */
interface Day extends Wish {
  readonly edits: readonly Edit[];
  /** Of the bytes, for this day only. */
  readonly damages: readonly Damage[];
  readonly otherEdits: readonly Edit[];
  /** Which files are named: the first, the second, both, or both in the other order. */
  readonly files: 'a' | 'b' | 'ab' | 'ba';
  /** `duplicates: last` for the second file or both. */
  readonly last: 'none' | 'none' | 'second' | 'both';
}

const day: fc.Arbitrary<Day> = fc.record({
  kind: fc.constantFrom('import', 'import', 'import', 'import', 'validate', 'killed'),
  full: fc.integer({ min: 0, max: 15 }).map(n => n === 15),
  limit: fc.oneof({ weight: 9, arbitrary: fc.constant(null) }, fc.nat(300)),
  allRows: fc.integer({ min: 0, max: 15 }).map(n => n === 15),
  policy: fc.constantFrom('p', 'p', 'p', 'p', 'p', 'p', 'p', 'q'),
  chunkSize: fc.constantFrom(1, 3, 20, 100),
  mood: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(1000)),
  writes: fc.nat(60),
  edits: fc.array(edit, { maxLength: 2, size: 'max' }),
  damages: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    fc.array(damage, { maxLength: 2, size: 'max' }),
  ),
  otherEdits: fc.array(edit, { maxLength: 2, size: 'max' }),
  files: fc.constantFrom('a', 'a', 'a', 'b', 'ab', 'ab', 'ba'),
  last: fc.constantFrom('none', 'none', 'none', 'second', 'both'),
});

const few = fc.oneof(fc.nat(20), ...[0, 1, 2].map(() => fc.integer({ min: 30, max: 90 })));
/** Files are read a mebibyte at a time. */
const many = fc.integer({ min: 400, max: 700 });

function sheetOf(format: Format, records = few): fc.Arbitrary<Sheet> {
  return fc
    .record({
      encoding: fc.nat(20),
      columns: fc.constantFrom(['Name'], ['Name', 'OrgNo'], ['Department'], ['Stop', 'Name']),
      records,
      size: fc.constantFrom(20, 1500, 1500, 3000, 3000),
      first: fc.constantFrom(0, 40, 500, 500, 500),
      isClosed: fc.boolean(),
      lineEnd: fc.constantFrom('\n' as const, '\r\n' as const),
      multiline: fc.boolean(),
    })
    .map(({ encoding, columns, records, size, first, isClosed, lineEnd, multiline }) => ({
      format,
      encoding:
        encoding > 16 && format === 'csv' ? 'windows-1252' : encodingFor(format, encoding === 4 ? 4 : 0),
      lineEnd,
      separator: ';',
      columns,
      isClosed,
      entries: Array.from({ length: records }, (_, n): Entry => {
        const style = multiline && n % 4 === 0 ? { ...plain, broken: true, blanks: n % 3 } : plain;
        return { key: `K${first + n}`, version: n % 5, aside: 0, size: size + (n % 7) * 20, style };
      }),
    }));
}

/** A counterexample is told in a line. */
function shown(sheet: Sheet): Sheet {
  const { entries, ...rest } = sheet;
  return Object.defineProperty(sheet, fc.toStringMethod, {
    value: () => `${JSON.stringify(rest)} ${entries.length}×${JSON.stringify(entries[0])}`,
  });
}

let runs = 0;
let refused = 0;
let passedInBlocks = 0;

async function live(first: Sheet, second: Sheet, days: readonly Day[]): Promise<void> {
  const place = await Place.make();
  try {
    const model = new Model();
    const sheets = { a: first, b: second };
    const blocks = { a: [] as readonly Block[], b: [] as readonly Block[] };
    for (const { edits, otherEdits, damages, files, last, ...wish } of days) {
      for (const one of edits) sheets.a = edited(sheets.a, one, bordersOf(blocks.a));
      for (const one of otherEdits) sheets.b = edited(sheets.b, one, bordersOf(blocks.b));
      const named = [...files].map((which, nth) => {
        const sheet = which === 'a' ? sheets.a : sheets.b;
        const isLast = last === 'both' || (last === 'second' && nth > 0);
        return {
          which: which === 'a' ? ('a' as const) : ('b' as const),
          sheet,
          name: nameOf(which, sheet, isLast),
        };
      });
      for (const { which, sheet, name } of named) {
        const bytes = bytesOf(sheet);
        const mark = sheet.encoding === 'marked' ? 3 : 0;
        const hurt =
          which === 'a' ? damages.reduce((all, one) => damaged(all, one, blocks.a, mark), bytes) : bytes;
        await place.put(name, hurt);
      }
      const agreed = await runBoth(
        place,
        model,
        named.map(({ name }) => name),
        wish,
      );
      runs++;
      if (agreed === null) {
        refused++;
        continue;
      }
      passedInBlocks += agreed.watched.passedInBlocks;
      for (const [index, { which }] of named.entries())
        blocks[which] = agreed.inputs[index]?.records.blocks?.list ?? [];
    }
  } finally {
    await place.remove();
  }
}

function bordersOf(blocks: readonly Block[]): number[] {
  let records = 0;
  return blocks.map(block => {
    records += block.records;
    return records;
  });
}

function nameOf(which: string, { format, encoding }: Sheet, isLast: boolean): string {
  return `${which}${isLast ? '-last' : ''}${encoding === 'windows-1252' ? '-latin' : ''}.${format}`;
}

describe.each(formats)('days of %s', format => {
  test('what is skipped is what a plain reading would leave alone', { timeout: patience }, async () => {
    await fc.assert(
      fc.asyncProperty(
        sheetOf(format).map(shown),
        fc.oneof(sheetOf(format), sheetOf('csv')).map(shown),
        fc.array(day, { minLength: 2, maxLength: 6, size: 'max' }),
        live,
      ),
      { numRuns: tries(format === 'csv' ? 12 : 6) },
    );
  });

  test('the same for long files', { timeout: patience }, async () => {
    await fc.assert(
      fc.asyncProperty(
        sheetOf(format, many).map(shown),
        sheetOf(format).map(shown),
        fc.array(day, { minLength: 2, maxLength: 4, size: 'max' }),
        live,
      ),
      { numRuns: tries(1) },
    );
  });
});

afterAll(() => {
  // Else the above would say nothing about blocks.
  expect(passedInBlocks).toBeGreaterThan(0);
  expect(refused).toBeLessThan(runs / 2);
});
