import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Frame } from '../../src/formats/xml/frame.ts';
import { Outline } from '../../src/formats/xml/outline.ts';
import { scan } from '../../src/formats/xml/scanner.ts';
import { SicError } from '../../src/problems/sic-error.ts';
import { piecewise } from '../formats/piecewise.ts';
import { folderOfFile } from '../support/folders.ts';
import { damaged } from './mutations.ts';
import { placeIn, readOrRefuse } from './outcome.ts';
import { expectRejectsReadAgain } from './rejects.ts';
import { patience, tries } from './tries.ts';

const folder = folderOfFile();

const documents = fc.constantFrom(
  '<?xml version="1.0" encoding="utf-8"?>\n<Companies>\n  <Company>\n    <CompUserKey01>1</CompUserKey01>\n    <Name>Ærø &amp; S&#248;n</Name>\n  </Company>\n  <Company><Name/><City>Oslo</City></Company>\n</Companies>\n',
  '<a:r xmlns:a="u"><a:b><a:c xsi:nil="true"/></a:b><!-- no --><a:b><a:c><![CDATA[<x>]]></a:c></a:b></a:r>',
  "<?xml version='1.0' encoding='windows-1252'?><r><x><y>1</y></x><x y='2'></x></r>",
  '<r/>',
  '<!DOCTYPE r [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]><r><x><y>&b;&f;</y></x></r>',
  '',
);
const tokens = [
  '<',
  '>',
  '/>',
  '</',
  '&',
  ';',
  '"',
  "'",
  '=',
  ' ',
  '\n',
  '<x>',
  '</x>',
  '<r>',
  '</r>',
  '<x/>',
  '<y>',
  '</y>',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '<?',
  '?>',
  '<?xml version="1.0" encoding="utf-16"?>',
  '<!DOCTYPE',
  '<!ENTITY a "b">',
  '&a;',
  '&#0;',
  '&#xD800;',
  '&#x110000;',
  '&#xFFFFFFFFF;',
  '&amp',
  '&lt;',
  'x:',
  ':',
  ' nil="true"',
  '<__proto__>',
  '</__proto__>',
  '<constructor/>',
];

/** Blanks of other scripts, where the parser ends a name; names longer than messages should be. */
const found = [
  '<r><x><\ufeffa:c>1</\ufeffa:c></x><x><c>2</c></x></r>',
  '<r><x><Na\u00a0me>1</Na\u00a0me></x></r>',
  `<r><x><${'y'.repeat(501)}/></x></r>`,
  `<r><x/><${'y'.repeat(5000)}/></r>`,
].map((text): [Buffer, undefined] => [Buffer.from(text), undefined]);

describe('XML', () => {
  test('any bytes are records or a refusal', { timeout: patience }, async () => {
    const encodings = fc.constantFrom(undefined, undefined, 'utf-8', 'utf-16be', 'windows-1252');
    await fc.assert(
      fc.asyncProperty(damaged(documents, tokens), encodings, async (bytes, encoding) => {
        const read = await readOrRefuse(folder, 'a.xml', bytes, encoding === undefined ? {} : { encoding });
        if (read !== null && encoding === undefined) await expectRejectsReadAgain(folder, read);
      }),
      { numRuns: tries(500), examples: found },
    );
  });

  test('no entity is ever looked up', { timeout: patience }, async () => {
    const names = fc.constantFrom('a', 'b', 'f', 'nbsp', 'xxe', '__proto__', 'constructor');
    await fc.assert(
      fc.asyncProperty(names, fc.boolean(), async (name, doctype) => {
        const head = doctype ? `<!DOCTYPE r [<!ENTITY ${name} SYSTEM "file:///etc/passwd">]>` : '';
        const read = await readOrRefuse(
          folder,
          'b.xml',
          Buffer.from(`${head}<r><x><y>&${name};</y></x></r>`),
        );
        if (doctype) expect(read).toBe(null);
        else
          expect(read?.records[0]?.parsed).toMatchObject({ ok: false, problem: { code: 'unknown-entity' } });
      }),
      { numRuns: tries(20) },
    );
  });

  test('cut alike wherever the borders between pieces are', { timeout: patience }, () => {
    const places = { label: 'a.xml', lineOf: (position: number) => position };
    const text = (bytes: Buffer): string => bytes.toString('latin1');
    const cut = (bytes: Buffer, by: number): unknown => {
      const found: unknown[] = [];
      const outline = new Outline(places, text);
      try {
        for (const batch of scan(piecewise(bytes, by), new Frame(places, text), { from: null, outline }))
          for (let i = 0; i < batch.count; i++)
            found.push([batch.ordinal[i], batch.bytes.toString('latin1', batch.start[i], batch.end[i])]);
      } catch (error) {
        if (error instanceof SicError) return placeIn(error);
        throw error;
      }
      return [found, outline.columns];
    };
    fc.assert(
      fc.property(damaged(documents, tokens), fc.integer({ min: 1, max: 60 }), (bytes, size) => {
        expect(cut(bytes, size)).toEqual(cut(bytes, bytes.length + 1));
      }),
      { numRuns: tries(500) },
    );
  });
});
