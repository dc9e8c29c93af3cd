import { describe, expect, test } from 'vitest';
import { encodingByName } from '../../src/formats/encoding-names.ts';
import { decodeSingleByte, encodeSingleByte } from '../../src/formats/single-byte.ts';
import { folderOfFile } from '../support/folders.ts';
import { refusal } from '../support/refusal.ts';
import { openFile, put, readAll, shape } from './files.ts';
import { rawZip } from './zips.ts';

const folder = folderOfFile();
const text = 'Key;Name\r\n1;Sæther & Ærlig €\r\n2;Ålesund – “Brødr”\r\n3;😀\r\n';
const rows = [
  ['1', 'Sæther & Ærlig €'],
  ['2', 'Ålesund – “Brødr”'],
  ['3', '😀'],
];

const utf16le = Buffer.from(text, 'utf16le');
const utf16be = Buffer.from(utf16le).swap16();
const mark = (...bytes: number[]): Buffer => Buffer.from(bytes);

describe('told from the bytes', () => {
  test.each([
    ['UTF-8', Buffer.from(text), 'utf-8'],
    ['UTF-8 with mark', Buffer.concat([mark(0xef, 0xbb, 0xbf), Buffer.from(text)]), 'utf-8'],
    ['UTF-16LE with mark', Buffer.concat([mark(0xff, 0xfe), utf16le]), 'utf-16le'],
    ['UTF-16BE with mark', Buffer.concat([mark(0xfe, 0xff), utf16be]), 'utf-16be'],
    ['UTF-16LE without mark', utf16le, 'utf-16le'],
    ['UTF-16BE without mark', utf16be, 'utf-16be'],
  ])('%s', async (name, bytes, encoding) => {
    const file = await openFile(put(folder, `${name}.csv`, bytes));
    expect(file.columns).toEqual(['Key', 'Name']);
    expect(shape(await readAll(file))).toEqual(rows);
    expect(file.layout).toContain(`"${encoding}"`);
    expect(file.size).toBe(bytes.length);
    expect(file.warnings).toEqual([]);
  });

  test('UTF-16 of several chunks keeps its letters and counts its bytes', async () => {
    const body = Array.from({ length: 60_000 }, (_, i) => `${i};${'å😀'.repeat(i % 7)}`);
    const bytes = Buffer.from(`\ufeffKey;Name\n${body.join('\n')}\n`, 'utf16le');
    const file = await openFile(put(folder, 'long16.csv', bytes));
    const records = await readAll(file);
    expect(records.map(({ raw }) => raw.toString())).toEqual(body);
    let offset = 0;
    for await (const batch of file.batches()) offset = batch.offset;
    expect(offset).toBe(bytes.length);
  });
});

test('a letter of two UTF-16 units is whole across every chunk border', async () => {
  for (let units = (1 << 18) - 7; units <= 1 << 18; units++) {
    const cell = `${'x'.repeat(units)}😀`;
    const bytes = Buffer.from(`\ufeffKey\n${cell}\n`, 'utf16le');
    expect(shape(await readAll(await openFile(put(folder, 'pair.csv', bytes))))).toEqual([[cell]]);
  }
});

describe('by setting', () => {
  test.each([
    ['windows-1252', [0x53, 0xe6, 0x80, 0x92], 'Sæ€’'],
    ['CP1252', [0x53, 0xe6, 0x80, 0x92], 'Sæ€’'],
    ['iso-8859-1', [0x53, 0xe6, 0xf8], 'Sæø'],
    ['iso-8859-15', [0x53, 0xe6, 0xa4], 'Sæ€'],
    ['macintosh', [0x53, 0xbe, 0xbf, 0x8c, 0xdb], 'Sæøå€'],
    ['ibm850', [0x91, 0x9b, 0x86, 0x92, 0x9d, 0x8f, 0xb5, 0xae, 0xaf], 'æøåÆØÅÁ«»'],
    ['CP850', [0x53, 0x91], 'Sæ'],
    ['ibm865', [0x91, 0x9b, 0x86, 0x92, 0x9d, 0x8f, 0xae, 0xaf, 0xe1], 'æøåÆØÅ«¤ß'],
  ])('%s', async (encoding, bytes, name) => {
    const path = put(folder, 'set.csv', Buffer.concat([Buffer.from('Key;Name\n1;'), mark(...bytes)]));
    expect(shape(await readAll(await openFile(path, { encoding })))).toEqual([['1', name]]);
  });

  test.each([
    ['windows-1252', [0x81, 0x8d, 0x8f, 0x90, 0x9d]],
    ['iso-8859-1', [0x81, 0x8d, 0x8f, 0x90, 0x9d]],
    ['iso-8859-15', []],
    ['macintosh', [0xf0]],
    ['ibm850', []],
    ['ibm865', []],
  ] as const)('every byte of %s survives a round trip, but for those that mean nothing', (encoding, open) => {
    const bytes = Array.from({ length: 256 }, (_, i) => i);
    const text = decodeSingleByte(encoding, Buffer.from(bytes));
    expect(bytes.filter(byte => text[byte] === '\ufffd')).toEqual(open);
    const kept = bytes.map(byte => (open.some(one => one === byte) ? 0x3f : byte));
    expect([...encodeSingleByte(encoding, text)]).toEqual(kept);
  });

  test.each([
    ['iso-8859-15', 'a😀b日', 'a?b?'],
    ['windows-1252', '\ufffd\x81\ud83d', '???'],
    ['macintosh', '¤', '?'],
    ['ibm865', '€', '?'],
  ] as const)('what %s lacks becomes ?: %j', (encoding, lacking, marks) => {
    expect(encodeSingleByte(encoding, lacking).toString()).toBe(marks);
  });

  test('a byte that means nothing rejects its record and no other, with the evidence', async () => {
    const bytes = Buffer.from('Key;Name\n1;S\xe6ther\n2;\x9drsted A/S\n3;a\x81-\n4;\xd8st\n', 'latin1');
    const records = await readAll(
      await openFile(put(folder, 'open.csv', bytes), { encoding: 'windows-1252' }),
    );
    expect(shape(records)).toEqual([['1', 'Sæther'], 'bad-encoding', 'bad-encoding', ['4', 'Øst']]);
    expect(records[1]?.parsed).toEqual({
      ok: false,
      problem: {
        field: null,
        value: '·rsted',
        code: 'bad-encoding',
        message:
          '"·rsted" holds the byte 9D, which stands for nothing in Windows-1252, but reads "Ørsted" in IBM850.',
        tip:
          'If "Ørsted" is right, write "csv": { "encoding": "ibm850" } in the file\'s mapping in ' +
          'sic.config.json. Otherwise correct that letter in the file.',
      },
    });
  });

  test('a byte that means nothing in the header line refuses the file', async () => {
    const path = put(folder, 'open-header.csv', Buffer.from('Key;\x8fr\n1;2\n', 'latin1'));
    expect((await refusal(openFile(path, { encoding: 'windows-1252' }))).message).toBe(
      'open-header.csv, line 1: "·r" holds the byte 8F, which stands for nothing in Windows-1252, but reads "År" in IBM850.',
    );
  });

  test('an unknown name is refused with the nearest one', () => {
    expect(() => encodingByName('window-1252')).toThrow('The encoding "window-1252" is not known.');
    expect(() => encodingByName('window-1252')).toThrow(
      expect.objectContaining({
        code: 'config',
        hint: expect.stringContaining('Did you mean "windows-1252"?'),
      }),
    );
  });

  test('a byte order mark is stronger, and that is told', async () => {
    const path = put(folder, 'marked.csv', `\ufeff${text}`);
    const file = await openFile(path, { encoding: 'windows-1252' });
    expect(shape(await readAll(file))).toEqual(rows);
    expect(file.warnings?.[0]).toMatch(/begins with the byte order mark of UTF-8.*not as windows-1252/);
  });

  test('UTF-8 that is said to be Windows-1252 is refused', async () => {
    const error = await refusal(openFile(put(folder, 'really.csv', text), { encoding: 'windows-1252' }));
    expect(error.message).toBe('really.csv is set to windows-1252, but it is UTF-8: line 2 holds "Sæther".');
  });

  test('Windows-1252 that happens to be valid UTF-8 without Nordic letters is taken', async () => {
    const path = put(folder, 'nescafe.csv', Buffer.from('Key;Name\n1;NESCAF\xc9\xae\n', 'latin1'));
    expect(shape(await readAll(await openFile(path, { encoding: 'windows-1252' })))).toEqual([
      ['1', 'NESCAFÉ®'],
    ]);
  });

  test('what is said to be UTF-16 and is not is refused', async () => {
    const error = await refusal(openFile(put(folder, 'not16.csv', text), { encoding: 'utf-16le' }));
    expect(error.message).toContain('is set to utf-16le, but');
  });
});

describe('refused with the evidence', () => {
  test('Windows-1252 without setting, anywhere in the file, before any row is handed out', async () => {
    const good = 'Key;Name\n'.concat('1;plain\n'.repeat(200_000));
    const bytes = Buffer.concat([Buffer.from(good), Buffer.from('2;S\xe6ther AS\n', 'latin1')]);
    const error = await refusal(openFile(put(folder, 'ansi.csv', bytes)));
    expect(error.code).toBe('file');
    expect(error.message).toBe(
      `ansi.csv is not UTF-8: line 200002, byte ${good.length + 3}, holds E6, which reads "Sæther" in Windows-1252.`,
    );
    expect(error.hint).toContain('"csv": { "encoding": "windows-1252" }');
  });

  test('Macintosh text is told from Windows text', async () => {
    const error = await refusal(
      openFile(put(folder, 'mac.csv', Buffer.from('Key\nR\xbfrlegger\n', 'latin1'))),
    );
    expect(error.message).toContain('reads "Rørlegger" in Macintosh');
  });

  const words = [
    'Sæther',
    'Ørsted',
    'BJØRN',
    'KØBENHAVN',
    'Åse',
    'ÅSE',
    'Gård',
    'Jönsson',
    'Äpple',
    'Müller',
    'André',
  ];
  test.each(
    (['windows-1252', 'ibm850', 'macintosh'] as const).flatMap(encoding =>
      [...words, ...(encoding === 'ibm850' ? [] : ['Peter’s'])].map(word => [word, encoding] as const),
    ),
  )('%s in %s is named as that', async (word, encoding) => {
    const path = put(
      folder,
      'guess.csv',
      Buffer.concat([Buffer.from('Key\n'), encodeSingleByte(encoding, word)]),
    );
    expect((await refusal(openFile(path))).hint).toContain(
      `If "${word}" is right, write "csv": { "encoding": "${encoding}" }`,
    );
  });

  test('two encodings in one file', async () => {
    const bytes = Buffer.concat([Buffer.from('Key\nBjørn\n'), Buffer.from('S\xe6ther\n', 'latin1')]);
    const error = await refusal(openFile(put(folder, 'mixed.csv', bytes)));
    expect(error.message).toContain('line 3');
    expect(error.hint).toContain('mixes two encodings');
  });

  test('a file that ends inside a letter', async () => {
    const bytes = Buffer.from('Key\nBjørn\nÅ').subarray(0, -1);
    const error = await refusal(openFile(put(folder, 'cut.csv', bytes)));
    expect(error.message).toContain('line 3, byte 11, ends in the middle of a letter');
  });

  test('invalid bytes around every chunk border', async () => {
    for (let shift = -3; shift <= 3; shift++) {
      const size = (1 << 20) + shift;
      const good = `Key\n${'x\n'.repeat((size - 4) >> 1)}`.padEnd(size, 'y');
      const ok = put(folder, 'border.csv', `${good}€\n`);
      expect((await openFile(ok)).columns).toEqual(['Key']);
      const bad = put(folder, 'border.csv', Buffer.concat([Buffer.from(good), mark(0xe2, 0x82, 0x41)]));
      expect((await refusal(openFile(bad))).message).toContain(`byte ${size},`);
    }
  });

  test('text encoded twice is taken with a warning', async () => {
    const file = await openFile(put(folder, 'twice.csv', 'Key;Name\n1;SÃ¦ther\n'));
    expect(file.warnings).toEqual([
      'twice.csv, line 2, reads "SÃ¦ther": that looks like text that was turned into UTF-8 twice. ' +
        'Check the program that writes the file.',
    ]);
    expect((await openFile(put(folder, 'once.csv', 'Key;Name\n1;São Paulo IRMÃ;Ø'))).warnings).toEqual([]);
  });

  test('half a surrogate pair in UTF-16', async () => {
    const bytes = Buffer.concat([
      mark(0xff, 0xfe),
      Buffer.from('Key\n', 'utf16le'),
      mark(0x3d, 0xd8, 0x41, 0),
    ]);
    expect((await refusal(openFile(put(folder, 'half.csv', bytes)))).message).toContain(
      'is not good UTF-16LE',
    );
  });

  test.each([
    ['a zip archive', rawZip([{ name: 'data.csv' }])],
    ['an Excel workbook (.xlsx)', rawZip([{ name: '[Content_Types].xml' }])],
    ['an old Excel or Office file (.xls)', Buffer.from('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0', 'latin1')],
    ['a PDF', Buffer.from('%PDF-1.7\n%\xe2\xe3', 'latin1')],
    ['a gzip archive', Buffer.from('\x1f\x8b\x08\0\0', 'latin1')],
    ['a PNG picture', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')],
    ['a web page (HTML)', Buffer.from('\n<!DOCTYPE html><html>')],
  ])('%s', async (kind, bytes) => {
    const error = await refusal(openFile(put(folder, 'foreign.csv', bytes)));
    expect(error.message).toBe(`foreign.csv looks like ${kind}, not like CSV text.`);
    expect(error.hint).not.toBe('');
  });

  test('other binary, and a zero byte deep inside', async () => {
    const noise = Buffer.from(Array.from({ length: 500 }, (_, i) => 1 + ((i * 37) % 254)));
    expect((await refusal(openFile(put(folder, 'noise.csv', noise)))).message).toContain('binary data');
    const torn = `Key;Name\n${'1;a\n'.repeat(30_000)}\0\0\0\0`;
    expect((await refusal(openFile(put(folder, 'torn.csv', torn)))).message).toBe(
      'torn.csv holds a zero byte in line 30002 (byte 120009): text has none.',
    );
  });
});
