import { appendFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { folderOfFile } from '../../support/folders.ts';
import { refusal } from '../../support/refusal.ts';
import { put, readAll } from '../files.ts';
import { named, openFile } from './files.ts';

const folder = folderOfFile();

async function read(content: string) {
  const file = await openFile(put(folder, 'a.xml', content));
  const records = await readAll(file);
  return { file, rows: named(records), records };
}

/** The one row `<R>…</R>` of a file. */
async function readRow(inside: string) {
  const { rows, records } = await read(`<Rs><R>${inside}</R></Rs>`);
  const [record] = records;
  if (!record) throw new Error('the file has no row');
  const problem = record.parsed.ok ? null : record.parsed.problem;
  return { row: rows[0], problem };
}

const example = `<?xml version="1.0" encoding="utf-8"?>
<Companies>
  <Company>
    <IntegrationID>17PS01010001</IntegrationID>
    <CompUserKey01>0005</CompUserKey01>
    <Name>Lego ApS</Name>
    <IntegrationIDCheck>17PS01010001</IntegrationIDCheck>
  </Company>
  <Company><CompUserKey01>6</CompUserKey01><Department>B</Department><Name/></Company>
</Companies>
`;

describe('a file', () => {
  test('its rows, its columns in the order of their first use, its datatype, its places', async () => {
    const { file, rows, records } = await read(example);
    expect(file.format).toBe('xml');
    expect(file.datatype).toBe('Company');
    expect(file.columns).toEqual([
      'IntegrationID',
      'CompUserKey01',
      'Name',
      'IntegrationIDCheck',
      'Department',
    ]);
    expect(rows).toEqual([
      {
        IntegrationID: '17PS01010001',
        CompUserKey01: '0005',
        Name: 'Lego ApS',
        IntegrationIDCheck: '17PS01010001',
      },
      { CompUserKey01: '6', Department: 'B', Name: '' },
    ]);
    expect(records.map(({ line }) => file.place(line))).toEqual([
      '/Companies/Company[1]',
      '/Companies/Company[2]',
    ]);
    expect(file.size).toBe(Buffer.byteLength(example));
    expect(file.warnings).toEqual([]);
  });

  test('a record is cut from its start tag to its end tag', async () => {
    const { records } = await read(example);
    expect(records[1]?.raw.toString()).toBe(
      '<Company><CompUserKey01>6</CompUserKey01><Department>B</Department><Name/></Company>',
    );
  });

  test('can be read again', async () => {
    const { file, rows } = await read(example);
    expect(named(await readAll(file))).toEqual(rows);
  });

  test("namespaces: local names are used, places keep the file's own", async () => {
    const { file, rows } = await read(
      '<so:Companies xmlns:so="urn:a" xmlns="urn:b"><so:Company><so:Name>x</so:Name><City>y</City></so:Company>' +
        '<Company><Name>z</Name></Company></so:Companies>',
    );
    expect(file.datatype).toBe('Company');
    expect(file.columns).toEqual(['Name', 'City']);
    expect(rows).toEqual([{ Name: 'x', City: 'y' }, { Name: 'z' }]);
    expect(file.place(2)).toBe('/so:Companies/so:Company[2]');
  });

  test.each([
    ['<Companies/>', '/Companies[1]'],
    ['<Companies></Companies>', '/Companies[1]'],
    [
      '<?xml version="1.0"?><!-- none today --><Companies a="1">\n</Companies>\n<!-- end -->',
      '/Companies[1]',
    ],
  ])('without rows it is empty: %s', async content => {
    const { file, rows } = await read(content);
    expect(file.columns).toEqual([]);
    expect(file.datatype).toBeNull();
    expect(rows).toEqual([]);
  });

  test('comments, instructions and line ends stand anywhere between', async () => {
    const { rows } = await read(
      '\r\n<?xml version="1.0"?>\r\n<?style href="x.xsl"?><!-- <Rs> -->\r\n<Rs count="2"><!-- <R> --><R>\r\n<A>1</A>' +
        "<!-- </R> --><?note it's </R> ?></R ><?x ?>\r\n<R/>\r\n</Rs\n><!-- --><?y?>\r\n",
    );
    expect(rows).toEqual([{ A: '1' }, {}]);
  });

  test('names that JavaScript knows are names as any other', async () => {
    const names = [
      'constructor',
      '__proto__',
      'hasOwnProperty',
      'toString',
      'prototype',
      'x.y-z',
      '_',
      'Ærø',
    ];
    const { file, records } = await read(
      `<Rs><R>${names.map((name, i) => (i % 2 ? `<${name}/>` : `<${name}>${i}</${name}>`)).join('')}</R></Rs>`,
    );
    expect(file.columns).toEqual(names);
    const parsed = records[0]?.parsed;
    expect(parsed?.ok && [...parsed.cells]).toEqual(names.map((name, i) => [name, i % 2 ? '' : `${i}`]));
  });

  test('more than one batch and more than one chunk', async () => {
    const many = Array.from(
      { length: 30_000 },
      (_, i) => `<R><A>${i}</A><B>ø ${i}\n<![CDATA[</R>]]></B><C>${'x'.repeat(i % 60)}</C></R>`,
    );
    const { rows, records } = await read(`<Rs>\n${many.join('\n')}\n</Rs>`);
    expect(rows).toHaveLength(30_000);
    expect(rows[29_999]).toEqual({ A: '29999', B: 'ø 29999\n</R>', C: 'x'.repeat(29_999 % 60) });
    expect(records.map(({ line }) => line)).toEqual(Array.from(many, (_, i) => i + 1));
  });

  test('the layout tells encodings apart', async () => {
    const layouts = new Set<string>();
    for (const declaration of [
      '',
      '<?xml version="1.0" encoding="utf-8"?>',
      '<?xml version="1.0" encoding="latin1"?>',
    ])
      layouts.add((await read(`${declaration}<Rs/>`)).file.layout);
    expect(layouts.size).toBe(2);
  });
});

describe('values', () => {
  test.each([
    ['nothing is typed or trimmed', '0005', '0005'],
    ['outer blanks stay', ' 1e3 \t', ' 1e3 \t'],
    ['only blanks', '  ', '  '],
    ['true', 'TRUE', 'TRUE'],
    ['a number', '1.50', '1.50'],
    ['the five', '&lt;&gt;&amp;&apos;&quot;', '<>&\'"'],
    ['numbers', '&#230;&#xE6;&#x1F600;&#13;&#10;', 'ææ😀\r\n'],
    ['a reference is resolved once', '&amp;lt;&#38;amp;', '&lt;&amp;'],
    ['CDATA', '<![CDATA[<b> & &amp; ]] > </A>]]>', '<b> & &amp; ]] > </A>'],
    ['CDATA amid text', 'a<![CDATA[b]]>&lt;<![CDATA[]]><![CDATA[]]]]><![CDATA[>]]>c', 'ab<]]>c'],
    ['CDATA keeps its blanks', ' <![CDATA[ x ]]> ', '  x  '],
    ['comments', "a<!-- b -->c<!---->d<!-- it's > -->", 'acd'],
    ['instructions', "it<?pi isn't ?>'s<?x \"?>", "it's"],
    ['> and quotes', 'a > "b" \'c\'', 'a > "b" \'c\''],
    ['line ends become LF', 'a\r\nb\rc', 'a\nb\nc'],
    ['words of other languages', 'Ærø 日本 😀', 'Ærø 日本 😀'],
  ])('%s', async (_, content, value) => {
    expect((await readRow(`<A>${content}</A>`)).row).toEqual({ A: value });
  });

  test.each([
    ['<A xsi:nil="true"/>', null],
    ["<A i:nil = '1'></A>", null],
    ['<A xsi:nil="true"><!-- x --></A>', null],
    ['<A xsi:nil="false">x</A>', 'x'],
    ['<A xsi:nil="0"/>', ''],
    ['<A xml:space="preserve" xmlns:q="urn:q"> </A>', ' '],
  ])('%s', async (content, value) => {
    expect((await readRow(content)).row).toEqual({ A: value });
  });

  test('nil is a matter of its own field', async () => {
    expect((await readRow('<A/><?p?><B x:nil="true"/><!-- --><C/>')).row).toEqual({ A: '', B: null, C: '' });
  });
});

describe('bad records are data, and the rest goes on', () => {
  test.each([
    ['<A>1</A><B/><A>2</A>', 'repeated-field', 'A', '<A> stands twice in the record.'],
    ['<A>1</A><q:A>2</q:A>', 'repeated-field', 'A', '<A> stands twice in the record.'],
    ['<A>1<B>2</B></A>', 'nested-element', 'A', '<A> holds the element <B>.'],
    ['<A><A/></A>', 'nested-element', 'A', '<A> holds the element <A>.'],
    ['<A>1</A> x <B/>', 'stray-text', null, '"x" stands between the fields.'],
    ['<![CDATA[x]]>', 'stray-text', null, '"x" stands between the fields.'],
    ['x', 'stray-text', null, '"x" stands between the fields.'],
    ['<A>a&nbsp;b</A>', 'unknown-entity', 'A', '"&nbsp;" stands for nothing in XML.'],
    ['<A>R&D</A>', 'unknown-entity', 'A', '"&D" stands for nothing in XML.'],
    ['<A>a & b</A>', 'unknown-entity', 'A', '"&" stands for nothing in XML.'],
    ['<A>&constructor;</A>', 'unknown-entity', 'A', '"&constructor;" stands for nothing in XML.'],
    ['<A>&am<!-- -->p;</A>', 'unknown-entity', 'A', '"&am" stands for nothing in XML.'],
    ['<A>&#0;</A>', 'unknown-entity', 'A', '"&#0;" stands for nothing in XML.'],
    ['<A>&#x1F;</A>', 'unknown-entity', 'A', '"&#x1F;" stands for nothing in XML.'],
    ['<A>&#xD800;</A>', 'unknown-entity', 'A', '"&#xD800;" stands for nothing in XML.'],
    ['<A>&#x110000;</A>', 'unknown-entity', 'A', '"&#x110000;" stands for nothing in XML.'],
    ['<A>&#X41;</A>', 'unknown-entity', 'A', '"&#X41;" stands for nothing in XML.'],
    ['<A>1', 'bad-markup', null, '<A> is not closed.'],
    ['1</A>', 'bad-markup', null, '</A> closes nothing.'],
    ['<A>1</a>', 'bad-markup', null, '</a> closes nothing.'],
    ['<A><B>1</A></B>', 'bad-markup', null, '<B> is not closed.'],
    ['<A>5 < 6</A>', 'bad-markup', null, 'A < in "5 < 6" begins no element.'],
    ['<A>x <B Ltd</A>', 'bad-markup', null, 'A < in "x <B Ltd" begins no element.'],
    ['<A b="<">1</A>', 'bad-markup', null, 'A < in "<A b="" begins no element.'],
    ['<A>1</A><B$>2</B$>', 'bad-markup', null, 'A < in "<B$>2" begins no element.'],
    ['<A>1</A x="1">', 'bad-markup', null, 'A < in "1</A x="1">" begins no element.'],
    ['<A>1<!important></A>', 'bad-markup', null, 'A < in "1<!important>" begins no element.'],
    ['<!ENTITY a "b">', 'bad-markup', null, 'A < in "<!ENTITY a "b">" begins no element.'],
    ['<A>1<![CDAT[2]]></A>', 'bad-markup', null, 'A < in "1<![CDAT[2]]>" begins no element.'],
    ['<A xml:lang=da>1</A>', 'bad-markup', null, 'The tag <A xml:lang=da> is not well-formed.'],
    [
      '<A xml:lang="a" xml:lang="b"/>',
      'bad-markup',
      null,
      'The tag <A xml:lang="a" xml:lang="b"/> is not well-formed.',
    ],
    ['<A x:nil="yes"/>', 'bad-markup', null, 'The tag <A x:nil="yes"/> is not well-formed.'],
    ['<A x:nil="true">1</A>', 'bad-nil', 'A', '<A> says nil, which empties the field, and holds "1".'],
  ])('%s', async (inside, code, field, message) => {
    const { rows, records } = await read(`<Rs>\n<R><A>0</A></R>\n<R>${inside}</R>\n<R><A>2</A></R>\n</Rs>`);
    expect(rows).toEqual([{ A: '0' }, code, { A: '2' }]);
    const parsed = records[1]?.parsed;
    expect(parsed?.ok === false && parsed.problem).toMatchObject({ code, field, message });
    expect(parsed?.ok === false && parsed.problem.tip).toMatch(/^[A-Z].*[.>]$|;\.$/);
  });
});

test('tags that do not fit together hide no field behind them', async () => {
  const { file, rows } = await read('<Rs><R><A><B><C>1</A><D/></R><R><A/></R></Rs>');
  expect(file.columns).toEqual(['A', 'D']);
  expect(rows).toEqual(['bad-markup', { A: '' }]);
});

describe('files that cannot be taken, with the line', () => {
  const big = `${'<R><A>x</A></R>\n'.repeat(100_000)}`;
  test.each([
    ['nothing at all', '', 'bad.xml is empty.'],
    ['blank lines', '\n  \r\n', 'bad.xml is empty.'],
    ['a declaration alone', '<?xml version="1.0"?>\n', 'bad.xml is empty.'],
    ['CSV', 'Key;Name\n1;2\n', 'bad.xml is not XML: line 1 begins with "Key;Name".'],
    [
      'cut in a row',
      '<Rs>\n<R>\n<A>1</A>\n</R>\n<R>\n<A>2',
      'bad.xml ends inside <R>, which begins in line 5.',
    ],
    ['cut in a tag', '<Rs>\n<R><A>1</A', 'bad.xml ends inside <R>, which begins in line 2.'],
    ['cut in the name of a row', '<Rs>\n<R/><R', 'bad.xml ends inside <R>, which begins in line 2.'],
    ['cut in a comment', '<Rs>\n\n<!-- <R/></Rs>', 'bad.xml ends in the middle of what line 3 begins.'],
    ['cut behind the root', '<Rs/>\n<!-- ', 'bad.xml ends in the middle of what line 2 begins.'],
    ['cut in the root tag', '\n<Rs a="1"', 'bad.xml ends in the middle of what line 2 begins.'],
    ['cut between rows', `\n<Rs>\n${big}`, 'bad.xml ends without the </Rs> that closes line 2.'],
    ['cut after many rows', `<Rs>\n${big}<R>`, 'bad.xml ends inside <R>, which begins in line 100002.'],
    [
      'row not closed',
      '<Rs>\n<R>\n<A>1</A>\n</Rs>',
      'bad.xml: <R> in line 2 is not closed before </Rs> in line 4.',
    ],
    [
      'wrong end tag',
      '<Rs>\n<R/>\n</R>\n</Rs>',
      'bad.xml, line 3: </R> closes nothing: only <Rs> of line 1 is open there.',
    ],
    [
      'text between rows',
      `<Rs>\n${big}oops 5 </Rs>`,
      'bad.xml, line 100002: "oops 5 </Rs>" stands between the records.',
    ],
    [
      'CDATA between rows',
      '<Rs><![CDATA[x]]></Rs>',
      'bad.xml, line 1: "<![CDATA[x]]></Rs>" stands between the records.',
    ],
    [
      'text after the root',
      '<Rs/>\nx',
      'bad.xml, line 2: "x" stands behind </Rs>, where the file should end.',
    ],
    [
      'a second root',
      '<Rs/>\n<Rs/>',
      'bad.xml, line 2: "<Rs/>" stands behind </Rs>, where the file should end.',
    ],
    [
      'two files in one',
      '<?xml version="1.0"?><Rs>\n<?xml version="1.0"?></Rs>',
      'bad.xml, line 2: <?xml …?> stands in the middle of the file.',
    ],
    [
      'two row names',
      '<Rs>\n<Company/>\n<Company/>\n<p:Person/></Rs>',
      'bad.xml holds <Company> (line 2) and <p:Person> (line 4) side by side.',
    ],
    ['an attribute of a row', '<Rs>\n<R id="5"/></Rs>', 'bad.xml, line 2: <R> has the attribute id.'],
    [
      'an attribute of a field',
      '<Rs>\n<R>\n<q:A xml:lang="da" type=\'x\'>1</q:A></R></Rs>',
      'bad.xml, line 3: <q:A> has the attribute type.',
    ],
    [
      'nil without a prefix',
      '<Rs><R><A nil="true"/></R></Rs>',
      'bad.xml, line 1: <A> has the attribute nil.',
    ],
    [
      'a name that is a prefix only',
      '<Rs>\n<R><q:>1</q:></R></Rs>',
      'bad.xml, line 2: <q:> has no name behind its prefix.',
    ],
    [
      'a document type',
      '<?xml version="1.0"?>\n<!DOCTYPE Rs SYSTEM "x.dtd">\n<Rs/>',
      'bad.xml, line 2: "<!DOCTYPE Rs SYSTEM "x.dtd">" is not taken.',
    ],
    [
      'an entity bomb',
      '<!DOCTYPE r [\n<!ENTITY a "aaaa">\n<!ENTITY b "&a;&a;">\n]><Rs><R><A>&b;</A></R></Rs>',
      'bad.xml, line 1: "<!DOCTYPE r [" is not taken.',
    ],
    [
      'a document type in a row',
      '<Rs>\n<R><!DOCTYPE a "b"></R></Rs>',
      'bad.xml, line 2: "<!DOCTYPE a "b"></R></Rs>" is not taken.',
    ],
  ])('%s', async (_, content, message) => {
    const error = await refusal(openFile(put(folder, 'bad.xml', content)));
    expect(error.message).toBe(message);
    expect(error.code).toBe('file');
    expect(error.hint).toMatch(/^[A-Zs&].*[.>]$/);
  });

  test('200,000 levels of nesting', async () => {
    const deep = `<Rs>\n<R>${'<a>'.repeat(200_000)}x${'</a>'.repeat(200_000)}</R></Rs>`;
    expect((await refusal(openFile(put(folder, 'deep.xml', deep)))).message).toBe(
      'deep.xml, line 2, has elements nested more than 64 deep.',
    );
  });

  test.each([
    ['a row', '<R><A>', 'long.xml: <R> in line 3 does not end within 16 MiB.'],
    ['a comment', '<!-- ', 'long.xml: what begins in line 3 does not end within 16 MiB.'],
  ])('%s above 16 MiB', async (_, start, message) => {
    const path = put(folder, 'long.xml', `<Rs>\n<R/>\n${start}${'filler line\n'.repeat(1_600_000)}`);
    expect((await refusal(openFile(path))).message).toBe(message);
  });

  test('JSON, a web page', async () => {
    const json = await refusal(openFile(put(folder, 'x.xml', '{ "Company": [] }')));
    expect(json.message).toBe('x.xml looks like JSON, not like XML text.');
    expect(json.hint).toContain('one element per record');
    expect((await refusal(openFile(put(folder, 'x.xml', '<html><body>Sign in')))).message).toContain('HTML');
  });

  test('a file that changes under our hands', async () => {
    const path = put(folder, 'growing.xml', '<Rs><R><A>1</A></R></Rs>');
    const file = await openFile(path);
    appendFileSync(path, '\n');
    expect((await refusal(readAll(file))).message).toBe('growing.xml was changed while it was being read.');
  });

  test('a file that is cut while its records are read was changed, not damaged', async () => {
    const path = put(folder, 'cut.xml', `<Rs>${'<R><A>1</A></R>'.repeat(200_000)}</Rs>`);
    const file = await openFile(path);
    let seen = 0;
    const reading = async () => {
      for await (const batch of file.batches()) {
        if (seen === 0) writeFileSync(path, '<Rs>');
        seen += batch.count;
      }
    };
    expect((await refusal(reading())).message).toBe('cut.xml was changed while it was being read.');
    expect(seen).toBeLessThan(200_000);
  });
});
