import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { deflateRawSync } from 'node:zlib';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { put } from '../formats/files.ts';
import { rawZip } from '../formats/zips.ts';
import { folderOfFile } from '../support/folders.ts';
import { patience } from './tries.ts';

const folder = folderOfFile();
// papaparse and fast-xml-parser are found from where the program lies.
const program = fileURLToPath(new URL('../../dist/fuzz-read-alone.mjs', import.meta.url));

beforeAll(async () => {
  await build({
    entryPoints: [fileURLToPath(new URL('read-alone.ts', import.meta.url))],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    logLevel: 'error',
  });
});

afterAll(() => rm(program, { force: true }));

interface Told {
  readonly records: number;
  /** Of a SicError; null: the file was taken. Anything else ends the process. */
  readonly refusal: { readonly code: string; readonly message: string } | null;
}

/** Reads files in a process that has little memory, and kills it when it does not come to an end. */
async function readAlone(...paths: readonly string[]): Promise<Told[]> {
  const argv = ['--max-old-space-size=64', program, ...paths];
  const { stdout } = await promisify(execFile)(process.execPath, argv, { timeout: patience });
  return JSON.parse(stdout);
}

const pieces: Readonly<Record<string, readonly [before: string, ...pieces: string[]]>> = {
  csv: ['a;b\n1;', '"', '""', '";"', '"a"b', '"a" ', ';', '\r', '\r\n', '" ', '\\', '"x"\n"y', ';"\n'],
  xml: [
    '<r><x><y>',
    '<',
    '>',
    '</',
    '<a>',
    '</a>',
    '<a/>',
    '<!--',
    '<!-- -->',
    '<![CDATA[',
    '<![CDATA[]]>',
    ']]>',
    '&',
    '&amp;',
    '&#38;',
    '<?a?>',
    '<a b="',
    ' a="b"',
    '</x><x>',
  ],
  json: [
    '[{"a":1},',
    '[',
    '{',
    '"',
    '\\',
    '{"a":',
    ']',
    ',',
    ':',
    '1',
    '{},',
    '{"a":"x},\n',
    '{"a":[}\n',
    '"a":1,',
    '\\u',
  ],
  ndjson: ['{"a":1}\n{"a":', '[', '{', '"', '\\', '1', '"\n', '{"a":', '-'],
};
/** Megabytes of records that are wrong take longer: each is told what is wrong with it. */
const size = 500_000;

test.each(Object.entries(pieces))(
  '%s: half a megabyte of one sign is read or refused in time and in 64 MB',
  { timeout: patience },
  async (format, [before, ...all]) => {
    const paths = all.map((piece, index) =>
      put(folder, `${index}.${format}`, before + piece.repeat(size / piece.length)),
    );
    const told = await readAlone(...paths);
    expect(told).toHaveLength(all.length);
    for (const { refusal } of told) if (refusal !== null) expect(refusal).toMatchObject({ code: 'file' });
  },
);

test.each([
  ['a quote that never ends', 'csv', 'a;b\n1;"', 'x\n'],
  ['an element that never ends', 'xml', '<r><x><y>', 'x\n'],
  ['a comment that never ends', 'xml', '<r><!-- ', 'x\n'],
  ['a text that never ends', 'json', '[{"a":"', 'x'],
  ['a line that never ends', 'ndjson', '{"a":"', 'x'],
])('%s is refused at 16 MiB', { timeout: patience }, async (_, format, before, piece) => {
  const path = put(folder, `endless.${format}`, before + piece.repeat((40 << 20) / piece.length));
  const [told] = await readAlone(path);
  expect(told?.refusal).toMatchObject({ code: 'file', message: expect.stringContaining('16 MiB') });
});

test('zip bombs are refused before they are unpacked', { timeout: patience }, async () => {
  const zeros = Buffer.alloc(200 << 20);
  const data = deflateRawSync(zeros, { level: 9 });
  const bomb = rawZip([{ name: 'a.csv', content: zeros, data }]);
  const honest = put(folder, 'bomb.zip', bomb);
  const lying = put(folder, 'lying.zip', rawZip([{ name: 'a.csv', data, unpacked: 1000, crc: 0 }]));
  const shared = put(
    folder,
    'shared.zip',
    rawZip(
      Array.from({ length: 300 }, (_, index) => ({
        name: `${index}.csv`,
        content: zeros.subarray(0, 1 << 20),
        data: data.subarray(0, 1),
        packed: data.length,
        offset: 0,
      })),
    ),
  );
  const nested = put(folder, 'nested.zip', rawZip([{ name: 'b.zip', content: bomb }]));
  const told = await readAlone(honest, lying, shared, nested);
  expect(told.map(({ refusal }) => refusal?.code)).toEqual(['file', 'file', 'file', undefined]);
});
