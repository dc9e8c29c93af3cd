import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { Choice } from '../../src/datatypes/field.ts';
import { toAddresses } from '../../src/mapping/convert/addresses.ts';
import { toBase64 } from '../../src/mapping/convert/base64.ts';
import { toBoolean } from '../../src/mapping/convert/boolean.ts';
import { toChoice } from '../../src/mapping/convert/choice.ts';
import type { Conversion } from '../../src/mapping/convert/conversion.ts';
import { inShortRange, toDate } from '../../src/mapping/convert/date.ts';
import { compileDatePattern } from '../../src/mapping/convert/date-pattern.ts';
import { toDateTime } from '../../src/mapping/convert/date-time.ts';
import { toFileName, toFileNames } from '../../src/mapping/convert/file-name.ts';
import { toNames } from '../../src/mapping/convert/list.ts';
import { toDecimal, toInteger } from '../../src/mapping/convert/number.ts';
import { toKey, toName, toText } from '../../src/mapping/convert/text.ts';
import { refusal } from './support.ts';

/** The value, or the code of the fault. */
function outcome<T>(conversion: Conversion<T>): T | string {
  return conversion.ok ? conversion.value : conversion.code;
}

test.each([
  ['TRUE', true],
  ['true', true],
  ['False', false],
  ['1', 'not-a-boolean'],
  ['yes', 'not-a-boolean'],
  ['ja', 'not-a-boolean'],
  ['T', 'not-a-boolean'],
])('boolean %s is %s', (cell, expected) => expect(outcome(toBoolean(cell))).toBe(expected));

test.each([
  ['42', 42],
  ['0005', 5],
  ['-7', -7],
  ['+5', 5],
  ['-0', 0],
  ['2147483647', 2147483647],
  ['-2147483648', -2147483648],
  ['2147483648', 'integer-out-of-range'],
  ['-2147483649', 'integer-out-of-range'],
  ['1.000', 'not-an-integer'],
  ['5,0', 'not-an-integer'],
  ['1 000', 'not-an-integer'],
  ['1e3', 'not-an-integer'],
  ['0x10', 'not-an-integer'],
  ['5-', 'not-an-integer'],
  ['٥', 'not-an-integer'],
])('integer %s is %s', (cell, expected) => expect(outcome(toInteger(cell))).toBe(expected));

test.each([
  ['83,5', null, 83.5],
  ['83.5', null, 83.5],
  ['1.234', null, 1.234],
  ['-0,25', null, -0.25],
  ['.5', null, 0.5],
  ['42', ',', 42],
  ['1,50', ',', 1.5],
  ['1.50', ',', 'not-a-decimal'],
  ['1,50', '.', 'not-a-decimal'],
  ['1.234,56', null, 'not-a-decimal'],
  ['1,234.56', '.', 'not-a-decimal'],
  ['1 234', null, 'not-a-decimal'],
  ['1\u00a0234', null, 'not-a-decimal'],
  ["1'234", null, 'not-a-decimal'],
  ['5,', null, 'not-a-decimal'],
  [',', null, 'not-a-decimal'],
  ['-', null, 'not-a-decimal'],
  ['1e3', null, 'not-a-decimal'],
  ['0x10', null, 'not-a-decimal'],
  ['83,5 %', null, 'not-a-decimal'],
  ['Infinity', null, 'not-a-decimal'],
  ['9'.repeat(400), null, 'not-a-decimal'],
] as const)('decimal %s with mark %s is %s', (cell, mark, expected) =>
  expect(outcome(toDecimal(cell, mark))).toBe(expected),
);

describe('date', () => {
  test.each([
    ['2024-02-29', [], '2024-02-29'],
    ['2024-01-31 23:59', [], '2024-01-31'],
    ['2024-01-31 23:59:59.123', [], '2024-01-31'],
    ['2024-01-31T00:30:00+02:00', [], '2024-01-31'],
    ['2024-01-31T23:30:00Z', [], '2024-01-31'],
    ['20240131', [], '2024-01-31'],
    ['31-01-2024', ['dd-MM-yyyy'], '2024-01-31'],
    ['31-01-2024 08:15', ['dd-MM-yyyy'], '2024-01-31'],
    ['31-01-2024 08:15', ['DD-MM-YYYY HH:mm'], '2024-01-31'],
    ['1.2.24', ['d.M.yy'], '2024-02-01'],
    ['1.2.69', ['d.M.yy'], '1969-02-01'],
    ['01/02/2024', ['MM/dd/yyyy'], '2024-01-02'],
    ['2024-01-31', ['dd-MM-yyyy'], '2024-01-31'],
    ['31.01.2024', ['dd-MM-yyyy', 'dd.MM.yyyy'], '2024-01-31'],
    ['31x01x2024', ['dd.MM.yyyy'], 'not-a-date'],
    ['31-02-2024', ['dd-MM-yyyy'], 'not-a-date'],
    ['2023-02-29', [], 'not-a-date'],
    ['1900-02-29', [], 'not-a-date'],
    ['2024-13-01', [], 'not-a-date'],
    ['2024-00-10', [], 'not-a-date'],
    ['0001-01-01', [], 'not-a-date'],
    ['31-01-2024', [], 'not-a-date'],
    ['1-2-2024', ['dd-MM-yyyy'], 'not-a-date'],
    ['2024-1-31', [], 'not-a-date'],
    ['2024-01-31 later', [], 'not-a-date'],
    ['45322', [], 'not-a-date'],
  ])('%s with patterns %j is %s', (cell, patterns, expected) =>
    expect(outcome(toDate(cell, patterns.map(compileDatePattern)))).toBe(expected),
  );

  it('tells which forms are understood', () => {
    const bare = toDate('31-01-2024', []);
    expect(bare).toMatchObject({
      message: '"31-01-2024" is not a date.',
      tip: expect.stringContaining('"dates"'),
    });
    const configured = toDate('31/01/2024', [compileDatePattern('dd-MM-yyyy')]);
    expect(configured).toMatchObject({ tip: 'Write it as dd-MM-yyyy, 2024-01-31 or 20240131.' });
  });

  it('says how an impossible day was read', () => {
    expect(toDate('31-02-2024', [compileDatePattern('dd-MM-yyyy')])).toMatchObject({
      message: '"31-02-2024" is a day that does not exist.',
      tip: expect.stringContaining('day 31, month 2, year 2024'),
    });
  });

  test.each([
    ['1970-01-02', '1970-01-02'],
    ['1970-01-01', 'date-out-of-range'],
    ['2038-01-19', '2038-01-19'],
    ['1969-12-31', 'date-out-of-range'],
    ['2038-01-20', 'date-out-of-range'],
  ])('%s in a short date field is %s', (day, expected) => expect(outcome(inShortRange(day))).toBe(expected));

  test.each([
    ['dd-MM', 'one year'],
    ['dd-mm-yyyy', 'one month'],
    ['dd-MM-yyyy yy', 'one year'],
    ['dd-MMM-yyyy', '"MMM"'],
    ['', 'one year'],
  ])('pattern %j is refused: %s', (pattern, why) => {
    const error = refusal(() => compileDatePattern(pattern));
    expect(error.code).toBe('config');
    expect(error.message).toContain(why);
  });
});

describe('date and time', () => {
  test.each<[string, readonly string[], string]>([
    ['2026-01-31 14:30', [], '2026-01-31T14:30:00'],
    ['2026-01-31 4:30', [], '2026-01-31T04:30:00'],
    ['2026-01-31T14:30:15', [], '2026-01-31T14:30:15'],
    ['2026-01-31T14:30:15.999', [], '2026-01-31T14:30:15'],
    ['2026-01-31t14:30', [], '2026-01-31T14:30:00'],
    ['2026-01-31', [], '2026-01-31T00:00:00'],
    ['20260131', [], '2026-01-31T00:00:00'],
    ['2024-02-29 23:59:59', [], '2024-02-29T23:59:59'],
    ['31-01-2026 14:30', ['dd-MM-yyyy'], '2026-01-31T14:30:00'],
    ['31.01.2026 14.30', ['dd.MM.yyyy'], '2026-01-31T14:30:00'],
    ['31-01-2026', ['dd-MM-yyyy'], '2026-01-31T00:00:00'],
    ['31-01-2026 14:30', ['dd-MM-yyyy HH:mm'], '2026-01-31T14:30:00'],
    ['31-01-2026 9:05:07', ['dd-MM-yyyy H:mm:ss'], '2026-01-31T09:05:07'],
    ['14:30 31/01/26', ['HH:mm dd/MM/yy'], '2026-01-31T14:30:00'],
    ['31-01-2026 kl 14', ['dd-MM-yyyy HH'], 'not-a-date'],
    ['31-01-2026 14', ['dd-MM-yyyy HH'], '2026-01-31T14:00:00'],
    ['2026-01-31 14:30', ['dd-MM-yyyy HH:mm'], '2026-01-31T14:30:00'],
    ['31-01-2026', ['dd-MM-yyyy HH:mm', 'dd-MM-yyyy'], '2026-01-31T00:00:00'],
    // A pattern that would make an impossible day gives way to the next reading.
    ['2026-01-31', ['yyyy-dd-MM'], '2026-01-31T00:00:00'],
    ['31-01-2026', ['dd-MM-yyyy HH:mm'], 'not-a-date'],
    ['31-01-2026 14:30', [], 'not-a-date'],
    ['2026-01-31 24:00', [], 'not-a-date'],
    ['2026-01-31 23:60', [], 'not-a-date'],
    ['2026-01-31 23:59:60', [], 'not-a-date'],
    ['2026-02-30 10:00', [], 'not-a-date'],
    ['0001-01-01 00:00', [], 'not-a-date'],
    ['2026-01-31 14', [], 'not-a-date'],
    ['14:30', [], 'not-a-date'],
    ['45322,5', [], 'not-a-date'],
  ])('%s with patterns %j is %s, whatever the time zone', (cell, patterns, expected) => {
    const compiled = patterns.map(compileDatePattern);
    for (const timeZone of [null, 'Europe/Oslo', 'America/New_York'])
      expect(outcome(toDateTime(cell, compiled, timeZone))).toBe(expected);
  });

  test.each([
    ['2026-01-31T14:30Z', 'Europe/Oslo', '2026-01-31T15:30:00'],
    ['2026-07-31T14:30Z', 'Europe/Oslo', '2026-07-31T16:30:00'],
    ['2026-07-31t14:30z', 'Europe/Oslo', '2026-07-31T16:30:00'],
    ['2026-01-31T14:30Z', 'UTC', '2026-01-31T14:30:00'],
    ['2026-01-31T14:30:15.250Z', 'UTC', '2026-01-31T14:30:15'],
    ['2026-01-31 14:30 +02:00', 'UTC', '2026-01-31T12:30:00'],
    ['2026-01-31 14:30+0200', 'UTC', '2026-01-31T12:30:00'],
    ['2026-01-31T14:30-05:00', 'Europe/Oslo', '2026-01-31T20:30:00'],
    ['2026-01-31T14:30+05:45', 'UTC', '2026-01-31T08:45:00'],
    ['2026-01-31T23:30Z', 'Europe/Oslo', '2026-02-01T00:30:00'],
    ['2026-01-31T23:00Z', 'Europe/Oslo', '2026-02-01T00:00:00'],
    ['2026-01-01T03:00Z', 'America/New_York', '2025-12-31T22:00:00'],
    ['2026-01-01T00:00Z', 'Asia/Kathmandu', '2026-01-01T05:45:00'],
    // The clocks go forward at 01:00 UTC on 29 March, back at 01:00 UTC on 25 October.
    ['2026-03-29T00:59:59Z', 'Europe/Oslo', '2026-03-29T01:59:59'],
    ['2026-03-29T01:00:00Z', 'Europe/Oslo', '2026-03-29T03:00:00'],
    ['2026-10-25T00:30:00Z', 'Europe/Oslo', '2026-10-25T02:30:00'],
    ['2026-10-25T01:30:00Z', 'Europe/Oslo', '2026-10-25T02:30:00'],
    ['2026-10-25T02:30:00Z', 'Europe/Oslo', '2026-10-25T03:30:00'],
    ['2026-01-31T14:30+25:00', 'Europe/Oslo', 'not-a-date'],
    ['2026-01-31T14:30+01:75', 'Europe/Oslo', 'not-a-date'],
    ['9999-12-31T23:30Z', 'Europe/Oslo', 'not-a-date'],
    ['1000-01-01T00:00Z', 'America/New_York', 'not-a-date'],
    ['2026-01-31T14:30 CET', 'Europe/Oslo', 'not-a-date'],
  ])('%s in %s is %s', (cell, timeZone, expected) =>
    expect(outcome(toDateTime(cell, [], timeZone))).toBe(expected),
  );

  it('in the hour that the clocks skip stays as it is written', () => {
    expect(outcome(toDateTime('2026-03-29 02:30', [], 'Europe/Oslo'))).toBe('2026-03-29T02:30:00');
  });

  it('with an offset needs the time zone, and says so', () => {
    expect(toDateTime('2026-01-31T14:30Z', [], null)).toMatchObject({
      code: 'not-a-date',
      message:
        '"2026-01-31T14:30Z" has an offset, but the config does not say which time zone SuperOffice keeps.',
      tip: expect.stringContaining('"timeZone"'),
    });
  });

  it('that is none is told with the forms that are understood', () => {
    expect(toDateTime('soon', [compileDatePattern('dd-MM-yyyy')], null)).toMatchObject({
      message: '"soon" is no date and time.',
      tip: 'Write it as dd-MM-yyyy, 2024-01-31 or 20240131, followed by a time such as 14:30.',
    });
  });

  it('as a moment in any offset is the same time on the clocks of SuperOffice', () => {
    const moment = fc.date({
      min: new Date('1971-01-01T00:00Z'),
      max: new Date('2037-12-31T00:00Z'),
      noInvalidDate: true,
    });
    const offset = fc.integer({ min: -14 * 60, max: 14 * 60 });
    const two = (value: number): string => String(value).padStart(2, '0');
    fc.assert(
      fc.property(moment, offset, (at, minutes) => {
        const local = new Date(at.getTime() + minutes * 60_000).toISOString().slice(0, 19);
        const [hours, rest] = [Math.trunc(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
        const cell = `${local}${minutes < 0 ? '-' : '+'}${two(hours)}:${two(rest)}`;
        expect(outcome(toDateTime(cell, [], 'UTC'))).toBe(at.toISOString().slice(0, 19));
      }),
    );
  });
});

describe('choice', () => {
  const choices: readonly Choice[] = [
    { name: 'NotStarted', number: 1, aliases: ['FALSE'] },
    { name: 'Started', number: 2 },
    { name: 'Completed', number: 3, aliases: ['TRUE'] },
  ];

  test.each([
    ['Started', 'Started'],
    ['STARTED', 'Started'],
    ['completed', 'Completed'],
    ['true', 'Completed'],
    ['False', 'NotStarted'],
    ['Done', 'not-a-choice'],
    ['3', 'not-a-choice'],
    ['Not Started', 'not-a-choice'],
    ['', 'not-a-choice'],
  ])('%s is %s', (cell, expected) => expect(outcome(toChoice(cell, choices))).toBe(expected));

  it('tells every word it knows', () => {
    expect(toChoice('Done', choices)).toMatchObject({
      message: '"Done" is none of the words this field knows.',
      tip: 'Write NotStarted, FALSE, Started, Completed or TRUE.',
    });
  });
});

describe('file name', () => {
  test.each([
    ['offer.pdf', 'offer.pdf'],
    ['2026/offer.pdf', '2026/offer.pdf'],
    [String.raw`2026\offer.pdf`, '2026/offer.pdf'],
    [String.raw`2026\q1/offer.pdf`, '2026/q1/offer.pdf'],
    ['./offer.pdf', 'offer.pdf'],
    ['2026//./offer.pdf', '2026/offer.pdf'],
    ['offer..pdf', 'offer..pdf'],
    ['..offer.pdf', '..offer.pdf'],
    ['...', '...'],
    ['Tilbud til Ægir & sønn (2).pdf', 'Tilbud til Ægir & sønn (2).pdf'],
    ['/etc/passwd', 'file-outside'],
    ['//server/share/offer.pdf', 'file-outside'],
    [String.raw`\\server\share\offer.pdf`, 'file-outside'],
    [String.raw`\offer.pdf`, 'file-outside'],
    [String.raw`C:\offer.pdf`, 'file-outside'],
    ['c:/offer.pdf', 'file-outside'],
    ['C:offer.pdf', 'file-outside'],
    ['./C:/offer.pdf', 'file-outside'],
    ['..', 'file-outside'],
    ['../offer.pdf', 'file-outside'],
    [String.raw`..\offer.pdf`, 'file-outside'],
    ['2026/../offer.pdf', 'file-outside'],
    ['2026/../../offer.pdf', 'file-outside'],
    [String.raw`2026\..\..\offer.pdf`, 'file-outside'],
    [String.raw`2026/..\offer.pdf`, 'file-outside'],
    ['./../offer.pdf', 'file-outside'],
    ['2026/..', 'file-outside'],
    ['2026/', 'file-outside'],
    ['2026\\', 'file-outside'],
    ['.', 'file-outside'],
    ['./', 'file-outside'],
    ['offer\n.pdf', 'control-character'],
    ['offer\u0000.pdf', 'control-character'],
    [`${'a'.repeat(507)}.pdf`, `${'a'.repeat(507)}.pdf`],
    [`${'a'.repeat(508)}.pdf`, 'too-long'],
    [`${'folder/'.repeat(200)}offer.pdf`, `${'folder/'.repeat(200)}offer.pdf`],
  ])('%j is %j', (cell, expected) => expect(outcome(toFileName(cell, 511))).toBe(expected));

  it('of any spelling never leaves its folder', () => {
    const piece = fc.constantFrom('..', '.', '/', '\\', 'a', 'C:', ' ', '...', 'a.pdf');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), pieces => {
        const name = toFileName(pieces.join('').trim(), 511);
        if (!name.ok) return;
        const steps = name.value.split(/[/\\]/);
        expect(steps).not.toContain('..');
        expect(steps).not.toContain('');
        expect(name.value).not.toMatch(/^[A-Za-z]:/);
      }),
    );
  });

  it('says what is wrong', () => {
    expect(toFileName('C:\\a.pdf', 511)).toMatchObject({ message: '"C:\\a.pdf" is an absolute path.' });
    expect(toFileName('a/../b', 511)).toMatchObject({
      message: '"a/../b" leaves the folder in which files are looked for.',
      tip: expect.stringContaining('--files'),
    });
    expect(toFileName('a/', 511)).toMatchObject({ message: '"a/" names no file.' });
    expect(toFileName('a'.repeat(20), 10)).toMatchObject({
      message: 'The file name has 20 characters; 10 is the most this field can hold.',
    });
  });

  test.each<[string, readonly string[] | string]>([
    ['a.pdf', ['a.pdf']],
    ['a.pdf|b.pdf', ['a.pdf', 'b.pdf']],
    [' a.pdf | b.pdf |', ['a.pdf', 'b.pdf']],
    [String.raw`x/a.pdf|x\a.pdf|./x/a.pdf`, ['x/a.pdf']],
    ['a.pdf|A.pdf', ['a.pdf', 'A.pdf']],
    ['a,b;c.pdf', ['a,b;c.pdf']],
    ['|', []],
    ['a.pdf|../b.pdf', 'file-outside'],
    ['a.pdf|C:/b.pdf|', 'file-outside'],
  ])('several in %j are %j', (cell, expected) => expect(outcome(toFileNames(cell))).toEqual(expected));
});

describe('Base64', () => {
  test.each([
    ['aGVq', 'aGVq'],
    ['aGU=', 'aGU='],
    ['aA==', 'aA=='],
    ['aGVq\r\naGVq', 'aGVqaGVq'],
    ['  aGVq\taGVq ', 'aGVqaGVq'],
    ['+/+/', '+/+/'],
    ['aGV', 'not-base64'],
    ['aGU', 'not-base64'],
    ['a===', 'not-base64'],
    ['====', 'not-base64'],
    ['aA==aGVq', 'not-base64'],
    ['a=Vq', 'not-base64'],
    ['-_-_', 'not-base64'],
    ['data:text/plain;base64,aGVq', 'not-base64'],
    ['hej!', 'not-base64'],
    ['æøåæ', 'not-base64'],
  ])('%j is %j', (cell, expected) => expect(outcome(toBase64(cell))).toBe(expected));

  it('of any file is taken with line breaks anywhere, and means the same bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 1, max: 80 }), (bytes, width) => {
        const lines = Buffer.from(bytes)
          .toString('base64')
          .replace(new RegExp(`.{${width}}`, 'g'), '$&\r\n');
        expect(Buffer.from(String(outcome(toBase64(lines))), 'base64')).toEqual(Buffer.from(bytes));
      }),
    );
  });

  it('does not repeat the content in its message', () => {
    expect(toBase64('c2VjcmV0!!')).toMatchObject({ message: 'The content is not Base64.' });
  });
});

test.each<[string, readonly string[] | string]>([
  ['kari@fjordbygg.no', ['kari@fjordbygg.no']],
  ['kari@fjordbygg.no;ola@fjordbygg.no', ['kari@fjordbygg.no', 'ola@fjordbygg.no']],
  ['kari@fjordbygg.no, ola@fjordbygg.no ; ', ['kari@fjordbygg.no', 'ola@fjordbygg.no']],
  ['kari@fjordbygg.no;kari@fjordbygg.no', ['kari@fjordbygg.no']],
  ['kari@fjordbygg.no|ola@fjordbygg.no', ['kari@fjordbygg.no', 'ola@fjordbygg.no']],
  ["o'hara+crm@mail.example.co.uk", ["o'hara+crm@mail.example.co.uk"]],
  ['kåre@fjordbygg.no', ['kåre@fjordbygg.no']],
  [' ; , ', []],
  ['kari', 'not-an-address'],
  ['kari@', 'not-an-address'],
  ['@fjordbygg.no', 'not-an-address'],
  ['kari@localhost', 'not-an-address'],
  ['kari@fjordbygg.', 'not-an-address'],
  ['kari@fjordbygg.no.', 'not-an-address'],
  ['kari@ola@fjordbygg.no', 'not-an-address'],
  ['kari nordmann@fjordbygg.no', 'not-an-address'],
  ['Kari <kari@fjordbygg.no>', 'not-an-address'],
  ['"Nordmann, Kari" <kari@fjordbygg.no>', 'not-an-address'],
  ['kari@fjordbygg.no (home)', 'not-an-address'],
  ['kari@fjordbygg.no ola@fjordbygg.no', 'not-an-address'],
  ['kari@fjordbygg.no\nBcc: ola@fjordbygg.no', 'control-character'],
])('addresses in %j are %j', (cell, expected) => expect(outcome(toAddresses(cell))).toEqual(expected));

test('the address that is wrong is told, not the ones beside it', () => {
  expect(toAddresses('kari@fjordbygg.no; ola')).toMatchObject({ message: '"ola" is no e-mail address.' });
});

test.each([
  ['Golf|Wine', ['Golf', 'Wine']],
  [' Golf | Wine |', ['Golf', 'Wine']],
  ['Golf|Golf|golf', ['Golf', 'golf']],
  ['|', []],
])('names in %j are %j', (cell, expected) => expect(toNames(cell)).toEqual(expected));

test.each([
  ['urgent,VIP', ['urgent', 'VIP']],
  [' urgent , VIP ,', ['urgent', 'VIP']],
  // A list in JSON arrives joined with a bar.
  ['urgent|VIP', ['urgent', 'VIP']],
  ['urgent;VIP', ['urgent;VIP']],
  [',', []],
])('names in %j, parted by commas, are %j', (cell, expected) => expect(toNames(cell, ',')).toEqual(expected));

describe('text', () => {
  test.each([
    ['Ærø Bådebyggeri', 39, 'Ærø Bådebyggeri'],
    ['one\r\ntwo\rthree', 39, 'one\ntwo\nthree'],
    ['a\tb', 39, 'a\tb'],
    ['12345', 5, '12345'],
    ['123456', 5, 'too-long'],
    ['😀😀😀', 5, 'too-long'],
    ['x'.repeat(5000), undefined, 'x'.repeat(5000)],
    ['bell\u0007', 39, 'control-character'],
    ['\u0093quoted\u0094', 39, 'control-character'],
  ])('%j within %s is %j', (cell, length, expected) => expect(outcome(toText(cell, length))).toBe(expected));

  it('says how long a text is and how long it may be', () => {
    const { message } = toText('123456', 5) as { message: string };
    expect(message).toContain('6 characters');
    expect(message).toContain('5 is the most');
  });

  it('shows no control character to a terminal', () => {
    expect(toText('\u001b[31mred', 39)).toMatchObject({ message: expect.not.stringContaining('\u001b') });
  });

  test.each([
    ['C-1', 'C-1'],
    ['k'.repeat(39), 'k'.repeat(39)],
    ['k'.repeat(40), 'key-too-long'],
    ['a\nb', 'control-character'],
  ])('key %j is %j', (cell, expected) => expect(outcome(toKey(cell, 39))).toBe(expected));

  it('takes no line break in a name', () => expect(outcome(toName('Den\nmark'))).toBe('control-character'));
});
