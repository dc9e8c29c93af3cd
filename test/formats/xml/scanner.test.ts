import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { decoder } from '../../../src/formats/decode.ts';
import { Frame } from '../../../src/formats/xml/frame.ts';
import { Outline } from '../../../src/formats/xml/outline.ts';
import { xmlParser } from '../../../src/formats/xml/parse.ts';
import { scan } from '../../../src/formats/xml/scanner.ts';
import { SicError } from '../../../src/problems/sic-error.ts';
import { piecewise } from '../piecewise.ts';

/** Positions stand for lines: they must not depend on where the chunks end either. */
const places = { label: 'x', lineOf: (position: number) => position };
const text = (bytes: Buffer): string => bytes.toString();
const parse = xmlParser(decoder('utf-8', 'XML'));

interface Scanned {
  readonly records: string[];
  readonly columns: readonly string[];
  readonly fault: string | null;
}

function scanned(content: string, chunk: number): Scanned {
  const outline = new Outline(places, text);
  const records: string[] = [];
  let fault: string | null = null;
  try {
    for (const batch of scan(piecewise(Buffer.from(content), chunk), new Frame(places, text), {
      from: null,
      outline,
    }))
      for (let i = 0; i < batch.count; i++) {
        records.push(batch.bytes.toString('utf8', batch.start[i], batch.end[i]));
        expect(batch.ordinal[i]).toBe(records.length);
      }
  } catch (error) {
    if (!(error instanceof SicError)) throw error;
    fault = error.message.replace(/".*"/s, '"…"'); // an excerpt, which ends where the chunk ends
  }
  return { records, columns: outline.columns, fault };
}

const parsed = (records: readonly string[]) => parse(records.map(record => Buffer.from(record)));

const space = fc.constantFrom('', ' ', '\n', '\r\n\t');
/** Remarks as they stand between anything; `quotes`: with single ones, which fast-xml-parser takes for strings. */
const remark = (quotes: boolean) =>
  fc.constantFrom(
    ...['', '', '', '<!-- </R> -->', '<!---->', '<!-- > <![CDATA[ -->', '<?p?>', '<?p </R> > ?>'],
    ...(quotes ? ["<?p it's?>", '<?p "?>', "<!-- isn't -->"] : []),
  );

/** A piece of a field: as the file holds it, and what it means. */
const piece = (quotes: boolean) =>
  fc.oneof(
    fc
      .constantFrom('a', 'ø', '😀', ' ', '>', ']]', '"', "'", '\n', '0', '/>')
      .map(same => ({ raw: same, value: same })),
    fc
      .constantFrom(['&lt;', '<'], ['&amp;', '&'], ['&#65;', 'A'], ['&#x1F600;', '😀'], ['&quot;', '"'])
      .map(([raw = '', value = '']) => ({ raw, value })),
    fc
      .array(fc.constantFrom('x', '<', '</R>', '&amp;', ']]', '>', '<!--', "'", '\n'), { maxLength: 4 })
      .map(parts => parts.join('').replaceAll(']]>', ''))
      .map(value => ({ raw: `<![CDATA[${value}]]>`, value })),
    remark(quotes).map(raw => ({ raw, value: '' })),
  );

const names = ['A', 'B', 'Ærø', 'constructor', 'x.y-1', 'R'];
const attributes = fc.constantFrom('', '', ' ', ' xml:lang="da"', " xmlns:q='>'", ' xsi:nil="false" ');

interface Model {
  readonly content: string;
  readonly rows: readonly Readonly<Record<string, string>>[];
}

function documents(quotes: boolean): fc.Arbitrary<Model> {
  const field = fc.tuple(
    fc.constantFrom('', '', 'q:'),
    attributes,
    fc.array(piece(quotes), { maxLength: 6, size: 'max' }),
    fc.tuple(space, space, remark(quotes), fc.boolean()),
  );
  const row = fc.tuple(
    fc.uniqueArray(fc.constantFrom(...names), { maxLength: 4 }),
    fc.array(field, { minLength: 4, maxLength: 4 }),
    fc.tuple(space, remark(quotes), attributes, fc.boolean()),
  );
  return fc
    .tuple(fc.array(row, { maxLength: 6, size: 'max' }), space, remark(quotes), fc.boolean())
    .map(([rows, blank, note, declared]) => {
      let content = `${declared ? '<?xml version="1.0" encoding="utf-8"?>' : ''}${blank}${note}<Rs${blank && ' '}a="/">`;
      content = content.replace('<Rsa', '<Rs a');
      const expected = rows.map(([fields, forms, [before, between, attribute, short]]) => {
        const values = Object.fromEntries(
          fields.map((name, i) => [name, (forms[i]?.[2] ?? []).map(({ value }) => value).join('')]),
        );
        const inside = fields.map((name, i) => {
          const [prefix, own, pieces, [left, right, after, empty]] = forms[i] ?? [
            '',
            '',
            [],
            ['', '', '', false],
          ];
          const raw = pieces.map(one => one.raw).join('');
          const element =
            raw === '' && empty
              ? `<${prefix}${name}${own}/>`
              : `<${prefix}${name}${own}>${raw}</${prefix}${name}${left && ' '}>`;
          return left + element + right + after;
        });
        content += before + note;
        content +=
          inside.length === 0 && short
            ? `<R${attribute}/>`
            : `<R${attribute}>${between}${inside.join('')}${before}</R${before}>`;
        return values;
      });
      return { content: `${content}${blank}</Rs>${note}${blank}`, rows: expected };
    });
}

describe('cutting and parsing', () => {
  test('the values that were written come back, for every chunk size', () => {
    fc.assert(
      fc.property(documents(true), fc.integer({ min: 1, max: 50 }), ({ content, rows }, chunk) => {
        const { records, columns, fault } = scanned(content, chunk);
        expect(fault).toBeNull();
        const values = parsed(records).map(record =>
          record.ok ? Object.fromEntries(record.cells) : record.problem,
        );
        expect(values).toEqual(rows.map(row => ({ ...row })));
        expect(columns).toEqual([...new Set(rows.flatMap(row => Object.keys(row)))]);
      }),
      { numRuns: 1500 },
    );
  });

  test('fast-xml-parser reads the same from the whole document', () => {
    const whole = new XMLParser({
      removeNSPrefix: true,
      parseTagValue: false,
      trimValues: false,
      ignorePiTags: true,
      htmlEntities: true, // also switches character numbers on
      isArray: name => name === '.R',
      transformTagName: name => (name.startsWith('.') ? name : `.${name}`),
    });
    fc.assert(
      fc.property(documents(false), fc.integer({ min: 1, max: 50 }), ({ content }, chunk) => {
        expect(XMLValidator.validate(content)).toBe(true);
        const rows: readonly (Record<string, unknown> | string)[] = whole.parse(content)['.Rs']['.R'] ?? [];
        const expected = rows.map(row =>
          Object.fromEntries(
            Object.entries(typeof row === 'string' ? {} : row)
              .filter(([name]) => name !== '#text')
              .map(([name, value]) => [name.slice(1), textOf(value)]),
          ),
        );
        const values = parsed(scanned(content, chunk).records).map(
          record => record.ok && Object.fromEntries(record.cells),
        );
        expect(values).toEqual(expected);
      }),
      { numRuns: 700 },
    );
  });
});

/** The library's form of a field: a text, or a list of one where it has the name of the rows. */
function textOf(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : value;
}

describe('anything at all', () => {
  const soup = fc
    .array(
      fc.constantFrom(
        ...[
          '<R>',
          '</R>',
          '<R>',
          '</R>',
          '<R/>',
          '<A>',
          '</A>',
          '<A/>',
          '<B>',
          '</B>',
          '</Rs>',
          '<!--',
          '-->',
        ],
        ...[
          '<![CDATA[',
          ']]>',
          '<?p',
          '?>',
          'x',
          ' ',
          '&',
          '&amp;',
          '"',
          "'",
          '<',
          '>',
          '<A b="',
          '/',
          '<!',
          '=',
          'ø',
        ],
      ),
      { maxLength: 24, size: 'max' },
    )
    .map(parts => `<Rs>${parts.join('')}</Rs>`);
  const rows = fc
    .array(
      fc.oneof(
        soup.map(content => `<R>${content.slice(4, -5)}</R>`),
        fc.constant('<R><A>1</A></R>'),
      ),
      { maxLength: 4, size: 'max' },
    )
    .map(all => `<Rs>${all.join('')}</Rs>`);

  test('is cut alike, and refused alike, for every chunk size', () => {
    fc.assert(
      fc.property(fc.oneof(soup, rows), fc.integer({ min: 1, max: 12 }), (content, chunk) => {
        const { records, columns, fault } = scanned(content, chunk);
        const atOnce = scanned(content, 1000);
        expect({ columns, fault }).toEqual({ columns: atOnce.columns, fault: atOnce.fault });
        // Chunks hand out what is whole before a fault further on is met.
        if (fault === null) expect(records).toEqual(atOnce.records);
        else expect(records.slice(0, atOnce.records.length)).toEqual(atOnce.records);
        let at = 0;
        for (const record of records) {
          at = content.indexOf(record, at);
          expect(at).toBeGreaterThanOrEqual(0);
          at += record.length;
        }
      }),
      { numRuns: 4000 },
    );
  });

  test('what is taken without a problem is well-formed for fast-xml-parser too', () => {
    let taken = 0;
    fc.assert(
      fc.property(fc.oneof(soup, rows), content => {
        const { records, fault } = scanned(content, 1000);
        if (fault !== null || !parsed(records).every(record => record.ok)) return;
        taken++;
        expect(XMLValidator.validate(content)).toBe(true);
      }),
      { numRuns: 6000 },
    );
    expect(taken).toBeGreaterThan(100);
  });
});
