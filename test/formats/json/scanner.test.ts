import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ByteSource } from '../../../src/formats/byte-source.ts';
import { scanLines } from '../../../src/formats/json/lines.ts';
import { PropertyWalker } from '../../../src/formats/json/properties.ts';
import { type Envelope, scan } from '../../../src/formats/json/scanner.ts';
import type { RecordBatch } from '../../../src/formats/record.ts';
import { SicError } from '../../../src/problems/sic-error.ts';
import { folderOfFile } from '../../support/folders.ts';
import { readText } from './files.ts';

const folder = folderOfFile();

/** Bytes in pieces of a fixed size, to put a border between any two bytes. */
function piecewise(bytes: Buffer, size: number): ByteSource {
  let offset = 0;
  return {
    room: size,
    get offset() {
      return offset;
    },
    fill(target, at) {
      const count = bytes.copy(target, at, offset, offset + size);
      offset += count;
      return count;
    },
  };
}

interface Cut {
  readonly texts: string[];
  readonly ordinals: number[];
}

function cutAll<End>(scanning: Generator<RecordBatch, End, void>): Cut & { readonly end: End } {
  const texts: string[] = [];
  const ordinals: number[] = [];
  for (;;) {
    const step = scanning.next();
    if (step.done) return { texts, ordinals, end: step.value };
    const { bytes, start, end, ordinal, count } = step.value;
    for (let i = 0; i < count; i++) {
      texts.push(bytes.toString('utf8', start[i], end[i]));
      ordinals.push(ordinal[i] ?? 0);
    }
  }
}

function cutDocument(text: string, chunk: number): Cut & { readonly end: Envelope } {
  const scanned = { label: 'x.json', locate: (offset: number) => `byte ${offset}` };
  return cutAll(scan(piecewise(Buffer.from(text), chunk), scanned, { from: null }));
}

const space = fc.array(fc.constantFrom(' ', '\n', '\r\n', '\t'), { maxLength: 2 }).map(all => all.join(''));
const spaced = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(space, text, space).map(parts => parts.join(''));
const piece = fc.constantFrom(
  ...['a', 'ø', '😀', '日', '{', '}', '[', ']', ',', ':', ' ', '/'],
  ...['\\"', '\\\\', '\\/', '\\n', '\\u0041', '\\u00e6', '\\ud83d\\ude00'],
);
const string = fc.array(piece, { maxLength: 8, size: 'max' }).map(pieces => `"${pieces.join('')}"`);
const bare = fc.constantFrom('0', '-1', '1.5e3', '12345678901234567890', '1E-2', 'true', 'false', 'null');
/** JSON texts of any kind, with escapes and white space wherever they may stand. */
const { value } = fc.letrec<{ value: string; list: string; object: string }>(tie => ({
  value: spaced(fc.oneof({ maxDepth: 4, withCrossShrink: true }, bare, string, tie('list'), tie('object'))),
  list: fc.array(tie('value'), { maxLength: 4 }).map(values => `[${values.join(',') || ' '}]`),
  object: fc
    .array(fc.tuple(spaced(string), tie('value')), { maxLength: 4 })
    .map(pairs => `{${pairs.map(pair => pair.join(':')).join(',')}}`),
}));
const list = fc.array(value, { maxLength: 10, size: 'max' }).map(values => `[${values.join(',')}]`);
const chunk = fc.integer({ min: 1, max: 40 });

describe('cutting a document is what JSON.parse would do', () => {
  test('same elements in the same order, for every chunk size', () => {
    fc.assert(
      fc.property(spaced(list), chunk, (text, size) => {
        const { texts, ordinals, end } = cutDocument(text, size);
        expect(texts.map(each => JSON.parse(each))).toEqual(JSON.parse(text));
        expect(texts).toEqual(texts.map(each => each.trim()));
        expect(ordinals).toEqual(texts.map((_, i) => i + 1));
        expect(end).toEqual({ property: null, records: texts.length });
      }),
      { numRuns: 3000 },
    );
  });

  test('inside an object with one property', () => {
    fc.assert(
      fc.property(spaced(string), spaced(list), chunk, (name, records, size) => {
        const text = `{${name}:${records}}`;
        const { texts, end } = cutDocument(text, size);
        expect({ [end.property ?? '']: texts.map(each => JSON.parse(each)) }).toEqual(JSON.parse(text));
      }),
      { numRuns: 1000 },
    );
  });

  test('anything at all is cut or refused alike for every chunk size, and no good JSON is refused', () => {
    const soup = fc
      .array(
        fc.constantFrom('{', '}', '[', ']', '"', '\\', ',', ':', '1', 'ø', ' ', '\n', '},\n{"', '{"a":'),
        {
          maxLength: 30,
          size: 'max',
        },
      )
      .map(all => `[{"a":1},${all.join('')}]`);
    const outcome = (text: string, size: number): unknown => {
      try {
        return cutDocument(text, size);
      } catch (error) {
        if (error instanceof SicError) return 'refused';
        throw error;
      }
    };
    const isJson = (text: string): boolean => {
      try {
        return Boolean(JSON.parse(text));
      } catch {
        return false;
      }
    };
    fc.assert(
      fc.property(soup, fc.integer({ min: 1, max: 12 }), (text, size) => {
        const found = outcome(text, size);
        expect(found).toEqual(outcome(text, 1000));
        if (isJson(text)) expect(found).not.toBe('refused');
      }),
      { numRuns: 3000 },
    );
  });
});

test('cutting NDJSON is splitting at line ends, for every chunk size', () => {
  const line = fc.oneof(
    string.map(text => `{"a":${text}}`),
    fc.constantFrom('', ' ', '\t', '{"a":"open', '"', '}'),
  );
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 12, size: 'max' }),
      fc.constantFrom('\n', '\r\n'),
      chunk,
      (lines, end, size) => {
        const { texts, ordinals } = cutAll(
          scanLines(piecewise(Buffer.from(lines.join(end)), size), 'x', { from: null }),
        );
        const expected = lines.flatMap((text, i) =>
          text.trim() === '' ? [] : [{ text: text.trim(), line: i + 1 }],
        );
        expect(texts.map((text, i) => ({ text, line: ordinals[i] }))).toEqual(expected);
      },
    ),
    { numRuns: 2000 },
  );
});

test('walking through an object finds the properties that JSON.parse finds', () => {
  const walker = new PropertyWalker();
  const object = fc
    .array(fc.tuple(spaced(string), value), { maxLength: 6, size: 'max' })
    .map(pairs => `{${pairs.map(pair => pair.join(':')).join(',')}}`);
  fc.assert(
    fc.property(object, text => {
      const bytes = Buffer.from(text);
      const found: [string, unknown][] = [];
      for (walker.begin(bytes, 0, bytes.length); walker.next(); )
        found.push([walker.name(), JSON.parse(bytes.toString('utf8', walker.valueStart, walker.valueEnd))]);
      expect(Object.fromEntries(found)).toEqual(JSON.parse(text));
    }),
    { numRuns: 2000 },
  );
});

test('through the whole reader: the records that were written come back, and their names', async () => {
  const name = fc.oneof(
    fc.constantFrom('a', 'b', 'ab', 'Name'),
    fc.string({ unit: 'grapheme', maxLength: 4 }),
  );
  const plain = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.double({ noNaN: true, min: -1e15, max: 1e15 }).map(number => number + 0),
    fc.boolean(),
    fc.constant(null),
  );
  const flat = fc.dictionary(name, plain, { maxKeys: 6 });
  await fc.assert(
    fc.asyncProperty(fc.array(flat, { maxLength: 20 }), fc.constantFrom(0, 2), async (records, indent) => {
      const { file, rows } = await readText(
        folder,
        'round.json',
        JSON.stringify({ Company: records }, null, indent),
      );
      expect(rows).toEqual(records);
      expect(new Set(file.columns)).toEqual(new Set(records.flatMap(record => Object.keys(record))));
      const lines = records.map(record => `${JSON.stringify(record)}\n`).join('');
      if (lines !== '') expect((await readText(folder, 'round.ndjson', lines)).rows).toEqual(records);
    }),
    { numRuns: 200 },
  );
});
