import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scanLines } from '../../src/formats/json/lines.ts';
import { scan } from '../../src/formats/json/scanner.ts';
import type { RecordBatch } from '../../src/formats/record.ts';
import { SicError } from '../../src/problems/sic-error.ts';
import { piecewise } from '../formats/piecewise.ts';
import { folderOfFile } from '../support/folders.ts';
import { damaged } from './mutations.ts';
import { placeIn, readOrRefuse } from './outcome.ts';
import { expectRejectsReadAgain } from './rejects.ts';
import { patience, tries } from './tries.ts';

const folder = folderOfFile();

const record =
  '{"CompUserKey01":"1","Name":"Ær\\u00f8 \\"x\\"","Amount":-1.50e2,"Tags":["a","b"],"Ok":true,"No":null}';
const documents = fc.constantFrom(
  `{"Company":[${record},\n{"Name":"B","Amount":12345678901234567890}]}\n`,
  `[${record},{"__proto__":1,"constructor":"2"},{}]`,
  `${record}\n\n{"Name":"C"}\r\n${record}`,
  '[]',
  '{"Company":[]}',
  '[{"a":{"b":[1,2,{"c":3}]}},"x",4,null]',
  '',
);
const tokens = [
  '{',
  '}',
  '[',
  ']',
  ':',
  ',',
  '"',
  '\\',
  '\\"',
  '\\u',
  '\\ud83d',
  '\\ude00',
  '\\u0000',
  '\n',
  '\r\n',
  ' ',
  '\t',
  'null',
  'true',
  'NaN',
  '-',
  '.',
  'e',
  '0',
  '01',
  '"a":',
  '"a":1,',
  '[[',
  '{"a":',
  '"__proto__":{"x":1},',
  '//',
  '/*',
  "'",
  '1e400',
  '1e-400',
  '0.1000000000000000055511151231257827',
];

describe.each(['a.json', 'a.ndjson'] as const)('%s', name => {
  test('any bytes are records or a refusal', { timeout: patience }, async () => {
    const encodings = fc.constantFrom(undefined, undefined, 'utf-8', 'utf-16le', 'windows-1252');
    await fc.assert(
      fc.asyncProperty(damaged(documents, tokens), encodings, async (bytes, encoding) => {
        const read = await readOrRefuse(folder, name, bytes, encoding === undefined ? {} : { encoding });
        if (read !== null) await expectRejectsReadAgain(folder, read);
      }),
      { numRuns: tries(500) },
    );
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  test('cut alike wherever the borders between pieces are', { timeout: patience }, () => {
    const scanned = { label: name, locate: (offset: number) => `byte ${offset}` };
    const batches = (bytes: Buffer, by: number): Iterable<RecordBatch> =>
      name === 'a.json'
        ? scan(piecewise(bytes, by), scanned, { from: null })
        : scanLines(piecewise(bytes, by), name, { from: null });
    const cut = (bytes: Buffer, by: number): unknown => {
      const found: unknown[] = [];
      try {
        for (const batch of batches(bytes, by))
          for (let i = 0; i < batch.count; i++)
            found.push([batch.ordinal[i], batch.bytes.toString('latin1', batch.start[i], batch.end[i])]);
      } catch (error) {
        if (error instanceof SicError) return placeIn(error);
        throw error;
      }
      return found;
    };
    fc.assert(
      fc.property(damaged(documents, tokens), fc.integer({ min: 1, max: 60 }), (bytes, size) => {
        expect(cut(bytes, size)).toEqual(cut(bytes, bytes.length + 1));
      }),
      { numRuns: tries(500) },
    );
  });
});
