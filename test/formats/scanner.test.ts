import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { cellRanges, unquote } from '../../src/formats/csv/cells.ts';
import { scan } from '../../src/formats/csv/scanner.ts';
import { wholeCharacters } from '../../src/formats/utf8.ts';
import { folderOfFile } from '../support/folders.ts';
import { openFile, put, readAll, shape } from './files.ts';
import { piecewise } from './piecewise.ts';

const folder = folderOfFile();

function records(bytes: Buffer, chunk: number, newline: 10 | 13 = 10): { text: string; line: number }[] {
  const options = { layout: { separator: 59, newline }, skip: 0, line: 1, label: 'x' };
  const found: { text: string; line: number }[] = [];
  for (const batch of scan(piecewise(bytes, chunk), options))
    for (let i = 0; i < batch.count; i++)
      found.push({
        text: batch.bytes.toString('utf8', batch.start[i], batch.end[i]),
        line: batch.ordinal[i] ?? 0,
      });
  return found;
}

const piece = fc.constantFrom('a', 'ø', '😀', '"', ';', '\n', '\r\n', ' ', '""', '5"', '1', '');
const cellText = fc.array(piece, { maxLength: 6, size: 'max' }).map(pieces => pieces.join(''));
/** A cell as a file may hold it: quoted (needed or not), or bare with stray quotes behind its first character. */
const cell = fc.oneof(
  cellText.map(text => `"${text.replaceAll('"', '""')}"`),
  cellText.map(text => text.replace(/[;\r\n]/g, '').replace(/^"+/, '')),
);
const record = fc.array(cell, { minLength: 1, maxLength: 5, size: 'max' }).map(cells => cells.join(';'));
const lineEnd = fc.constantFrom('\n', '\r\n');

const document = fc
  .tuple(fc.array(fc.tuple(record, lineEnd), { maxLength: 12, size: 'max' }), fc.boolean())
  .map(([lines, ended]) => {
    const text = lines.map(([content, end]) => content + end).join('');
    return ended ? text : text.replace(/\r?\n$/, '');
  });

describe('cutting is what papaparse would do', () => {
  test('same records in the same order, for every chunk size', () => {
    fc.assert(
      fc.property(document, fc.integer({ min: 1, max: 40 }), (text, chunk) => {
        // papaparse takes a CR before LF for content when told that lines end in LF; bare CRs do not occur here.
        const { data } = Papa.parse<string[]>(text, { delimiter: ';', newline: '\n', fastMode: false });
        const expected = data
          .map(cells => cells.map((value, i) => (i === cells.length - 1 ? value.replace(/\r+$/, '') : value)))
          .filter(cells => cells.length > 1 || cells[0] !== '');
        const found = records(Buffer.from(text), chunk)
          .map(({ text: raw }) => {
            const bytes = Buffer.from(raw);
            return cellRanges(bytes, 59).map(range => {
              const value = bytes.toString('utf8', range.start, range.end);
              return value.startsWith('"') ? unquote(value.trimEnd()) : value;
            });
          })
          .filter(cells => cells.length > 1 || cells[0] !== '');
        expect(found).toEqual(expected);
      }),
      { numRuns: 3000 },
    );
  });

  test('anything at all is cut alike for every chunk size', () => {
    const soup = fc
      .array(fc.constantFrom('a', '"', ';', '\n', '\r', 'å'), { maxLength: 40, size: 'max' })
      .map(all => all.join(''));
    fc.assert(
      fc.property(
        soup,
        fc.integer({ min: 1, max: 12 }),
        fc.constantFrom(10 as const, 13 as const),
        (text, chunk, newline) => {
          const bytes = Buffer.from(text);
          const found = records(bytes, chunk, newline);
          expect(found).toEqual(records(bytes, 1000, newline));
          // Nothing is lost but line ends.
          expect(
            found
              .map(({ text: raw }) => raw)
              .join('')
              .replace(/[\r\n]/g, ''),
          ).toBe(text.replace(/[\r\n]/g, ''));
          const starts = text.split(newline === 10 ? '\n' : '\r');
          for (const { text: raw, line } of found)
            expect(starts[line - 1]?.startsWith(raw.split(newline === 10 ? '\n' : '\r')[0] ?? '')).toBe(true);
        },
      ),
      { numRuns: 3000 },
    );
  });

  test('through the whole reader: the cells that were written come back', async () => {
    const cells = fc.array(fc.array(cellText, { minLength: 3, maxLength: 3 }), {
      minLength: 1,
      maxLength: 30,
    });
    await fc.assert(
      fc.asyncProperty(cells, lineEnd, fc.constantFrom(';', ',', '\t'), async (rows, newline, delimiter) => {
        const csv = Papa.unparse([['a', 'b', 'c'], ...rows], { newline, delimiter });
        expect(
          shape(await readAll(await openFile(put(folder, 'round.csv', csv), { separator: delimiter }))),
        ).toEqual(rows);
      }),
      { numRuns: 100 },
    );
  });
});

test('pieces of UTF-8 are cut between characters only', () => {
  const bytes = Buffer.from('aæ€😀b');
  for (let end = 0; end <= bytes.length; end++) {
    const whole = wholeCharacters(bytes.subarray(0, end));
    expect(bytes.subarray(0, whole).toString('utf8')).not.toContain('\ufffd');
    const borders = [0, 1, 3, 6, 10, 11];
    expect(whole).toBe(Math.max(...borders.filter(border => border <= end)));
  }
});
