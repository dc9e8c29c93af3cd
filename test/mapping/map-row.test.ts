import { describe, expect, it, test } from 'vitest';
import { appointment } from '../../src/datatypes/appointment.ts';
import type { Datatype } from '../../src/datatypes/datatype.ts';
import { document } from '../../src/datatypes/document.ts';
import { datatypes } from '../../src/datatypes/index.ts';
import { message } from '../../src/datatypes/message.ts';
import { person } from '../../src/datatypes/person.ts';
import { project } from '../../src/datatypes/project.ts';
import { sale } from '../../src/datatypes/sale.ts';
import { ticket } from '../../src/datatypes/ticket.ts';
import { defaultFieldNames, keyField, type UdefShape } from '../../src/datatypes/udef.ts';
import type { Cell } from '../../src/formats/record.ts';
import type { ColumnSource } from '../../src/mapping/columns.ts';
import { mappingCodes } from '../../src/mapping/convert/conversion.ts';
import { createMapper } from '../../src/mapping/map-row.ts';
import type { Row } from '../../src/mapping/row.ts';
import { mapping, plan, to } from './support.ts';

const noText = { label: '', length: 0, list: null };
const layout = new Map<string, UdefShape>([
  ['Siteshop:CompUserKey01', { type: 'ShortText', label: '', length: 39, list: null }],
  ['Siteshop:CompUserNum01', { ...noText, type: 'Number' }],
  ['Siteshop:CompUserDec01', { ...noText, type: 'Decimal' }],
  ['Siteshop:CompUserDate01', { ...noText, type: 'Date' }],
]);

function map(cells: Readonly<Record<string, Cell>>, parts: Partial<ColumnSource> = {}): Row {
  return createMapper(plan(Object.keys(cells), { layout, ...parts }))(new Map(Object.entries(cells)));
}

/** A row of another datatype, typed as without SuperOffice. The key comes with it. */
function mapOf(
  datatype: Datatype,
  cells: Readonly<Record<string, Cell>>,
  parts: Partial<ColumnSource> = {},
): Row {
  return map({ [datatype.keyField]: '1', ...cells }, { datatype, layout: null, ...parts });
}

function values(row: Row): unknown {
  return Object.fromEntries([...row.values].map(([field, value]) => [field.name, value]));
}

const clearing = { mapping: mapping({ empty: 'clear' }) };

describe('a good row', () => {
  it('is typed by its fields', () => {
    const row = map({
      CompUserKey01: ' 0005 ',
      Name: '  "Ørsted" A/S\u00a0',
      Stop: 'true',
      CompUserNum01: '42',
      CompUserDec01: '150,49',
      CompUserDate01: '2024-01-31',
      Category: ' Customer ',
      Interests: 'Golf| Wine',
      CountryName: 'DK',
    });
    expect(row.problems).toEqual([]);
    expect(row.key).toBe('0005');
    expect(values(row)).toEqual({
      CompUserKey01: '0005',
      Name: '"Ørsted" A/S',
      Stop: true,
      CompUserNum01: 42,
      CompUserDec01: 150.49,
      CompUserDate01: '2024-01-31',
      Category: 'Customer',
      Interests: ['Golf', 'Wine'],
      CountryName: 'DK',
    });
  });

  it('takes JSON types, whatever the decimal mark of texts', () => {
    const row = map(
      { CompUserKey01: 4280, Stop: true, CompUserNum01: 42, CompUserDec01: 1.5, Phone1: 12345678 },
      { mapping: mapping({ decimal: ',' }) },
    );
    expect(row.problems).toEqual([]);
    expect(values(row)).toEqual({
      CompUserKey01: '4280',
      Stop: true,
      CompUserNum01: 42,
      CompUserDec01: 1.5,
      Phone1: '12345678',
    });
  });

  it('gets constants, and values through their table', () => {
    const table = new Map([
      ['DK', 'Denmark'],
      ['', 'Norway'],
    ]);
    const parts = {
      mapping: mapping({
        columns: new Map([['Land', to('CountryName', { values: table })]]),
        constants: new Map([['Category', 'Customer']]),
      }),
    };
    expect(values(map({ CompUserKey01: '1', Land: ' DK ' }, parts))).toEqual({
      CompUserKey01: '1',
      CountryName: 'Denmark',
      Category: 'Customer',
    });
    expect(values(map({ CompUserKey01: '1', Land: 'SE' }, parts))).toMatchObject({ CountryName: 'SE' });
    expect(values(map({ CompUserKey01: '1', Land: ' ' }, parts))).toMatchObject({ CountryName: 'Norway' });
  });
});

describe('a good row of', () => {
  const good: readonly [Datatype, Readonly<Record<string, Cell>>, object][] = [
    [
      project,
      { ProjectType: ' Internal ', EndDate: '2026-01-31 14:30', Completed: 'true', Postit: 'a\r\nb' },
      { ProjectType: 'Internal', EndDate: '2026-01-31', Completed: true, Postit: 'a\nb' },
    ],
    [
      sale,
      {
        CompUserKey01: ' C-1 ',
        Status: 'sold',
        Probability: '80',
        Saledate: '20260131',
        Amount: '1200,50',
        Earning: 600.25,
        Cost: '.5',
        Stage: 'Offer',
      },
      {
        CompUserKey01: 'C-1',
        Status: 'Sold',
        Probability: 80,
        Saledate: '2026-01-31',
        Amount: 1200.5,
        Earning: 600.25,
        Cost: 0.5,
        Stage: 'Offer',
      },
    ],
    [
      appointment,
      {
        StartDate: '2026-01-31 14:30',
        EndDate: '2026-01-31T15:30',
        IsAlldayEvent: false,
        Completed: true,
        Private: 'privateuser',
      },
      {
        StartDate: '2026-01-31T14:30:00',
        EndDate: '2026-01-31T15:30:00',
        IsAlldayEvent: false,
        Completed: 'Completed',
        Private: 'PrivateUser',
      },
    ],
    [
      document,
      {
        FileName: String.raw` offers\2026.pdf `,
        FileContent: 'aGV\nq',
        Completed: 'FALSE',
        Date: '2026-01-31',
      },
      { Name: 'offers/2026.pdf', Content: 'aGVq', Completed: 'NotStarted', Date: '2026-01-31' },
    ],
    [
      ticket,
      { AddTags: 'urgent, VIP,urgent', Slevel: 'EXTERNAL', Origin: 'api', Deadline: '2026-01-31', x_note: 5 },
      {
        AddTags: ['urgent', 'VIP'],
        Slevel: 'External',
        Origin: 'API',
        Deadline: '2026-01-31T00:00:00',
        x_note: '5',
      },
    ],
    [
      message,
      {
        TickUserKey01: 17,
        HtmlBody: '<p>Hei</p>',
        AttachmentNames: 'a.pdf|b.pdf',
        SendTo: 'kari@fjordbygg.no;ola@fjordbygg.no',
        SendSubject: 'Re: | ; ,',
        Important: 'TRUE',
        CreatedAt: '2026-01-31 08:00:01',
      },
      {
        TickUserKey01: '17',
        HtmlBody: '<p>Hei</p>',
        AttachmentNames: ['a.pdf', 'b.pdf'],
        SendTo: ['kari@fjordbygg.no', 'ola@fjordbygg.no'],
        SendSubject: 'Re: | ; ,',
        Important: true,
        CreatedAt: '2026-01-31T08:00:01',
      },
    ],
  ];
  test.each(good)('$name is typed by its fields', (datatype, cells, expected) => {
    const row = mapOf(datatype, cells);
    expect(row.problems).toEqual([]);
    expect(values(row)).toEqual({ [datatype.keyField]: '1', ...expected });
  });

  test('appointments puts times with an offset on the clocks of the configured time zone', () => {
    const cells = { StartDate: '2026-01-31T14:30Z' };
    expect(values(mapOf(appointment, cells, { timeZone: 'Europe/Oslo' }))).toMatchObject({
      StartDate: '2026-01-31T15:30:00',
    });
    expect(mapOf(appointment, cells).problems[0]?.message).toContain('time zone');
  });

  test('tickets takes the types of extra fields from SuperOffice', () => {
    const extra = new Map<string, UdefShape>([
      ['x_due', { ...noText, type: 'DateTime' }],
      ['x_count', { ...noText, type: 'Number' }],
    ]);
    const row = mapOf(ticket, { x_due: '2026-01-31 14:30', x_count: '05' }, { layout: extra });
    expect(values(row)).toMatchObject({ x_due: '2026-01-31T14:30:00', x_count: 5 });
  });

  test('sales gets a choice and a percentage as constants, typed', () => {
    const constants = new Map<string, string | number>([
      ['Status', 'open'],
      ['EarningPercent', '83,5'],
    ]);
    expect(values(mapOf(sale, {}, { mapping: mapping({ constants }) }))).toEqual({
      SaleUserKey01: '1',
      Status: 'Open',
      EarningPercent: 83.5,
    });
  });
});

describe('an empty cell', () => {
  it('keeps what SuperOffice has', () => {
    expect(values(map({ CompUserKey01: '1', Department: ' ', Stop: '' }))).toEqual({ CompUserKey01: '1' });
  });
  it('clears where the mapping says so, and never an interest', () => {
    expect(values(map({ CompUserKey01: '1', Department: ' ', Interests: '' }, clearing))).toEqual({
      CompUserKey01: '1',
      Department: null,
    });
  });
  it('obeys its column before its file', () => {
    const columns = new Map([['Department', to('Department', { empty: 'keep' })]]);
    const row = map(
      { CompUserKey01: '1', Department: '' },
      { mapping: mapping({ empty: 'clear', columns }) },
    );
    expect(values(row)).toEqual({ CompUserKey01: '1' });
  });
  it('differs from JSON null, which clears, and from no cell at all, which keeps', () => {
    expect(values(map({ CompUserKey01: '1', Department: null }))).toEqual({
      CompUserKey01: '1',
      Department: null,
    });
    const mapper = createMapper(plan(['CompUserKey01', 'Department'], clearing));
    expect(values(mapper(new Map([['CompUserKey01', '1']])))).toEqual({ CompUserKey01: '1' });
  });
  /** What becomes of each writable field of a datatype: it is kept, cleared (null) or refused. */
  function fates(datatype: Datatype, cell: Cell, parts: Partial<ColumnSource>): Record<string, unknown> {
    const fields = [keyField(datatype, defaultFieldNames), ...datatype.fields];
    return Object.fromEntries(
      fields
        .filter(({ slot }) => slot.at !== 'readonly')
        .map(({ name }) => {
          const { values: found, problems } = mapOf(datatype, { [name]: cell }, parts);
          const value = [...found].find(([field]) => field.name === name);
          return [name, problems[0]?.code ?? (value === undefined ? 'keep' : value[1])];
        }),
    );
  }

  test.each(datatypes.map(datatype => [datatype.name, datatype] as const))(
    'of %s keeps everything but keys and the parent that a record cannot do without',
    (_, datatype) => {
      for (const [name, fate] of Object.entries(fates(datatype, ' ', {}))) {
        const { kind, needed } = datatype.fields.find(field => field.name === name) ?? { kind: 'key' };
        const expected =
          kind === 'key' ? 'blank-key' : kind === 'relation' && needed ? 'blank-relation' : 'keep';
        expect([name, fate]).toEqual([name, expected]);
      }
    },
  );

  test.each([
    [sale, { SaleUserKey01: 'blank-key', Heading: 'cannot-clear' }, ['Status', 'Cost']],
    [
      appointment,
      { AppoUserKey01: 'blank-key', CompUserKey01: 'blank-relation', StartDate: 'cannot-clear' },
      ['Completed', 'Private'],
    ],
    [document, { DocuUserKey01: 'blank-key', Name: 'cannot-clear' }, ['Content', 'Completed']],
    [ticket, { TickUserKey01: 'blank-key', Title: 'cannot-clear' }, ['AddTags', 'Slevel', 'Origin']],
    [
      message,
      { MessUserKey01: 'blank-key', TickUserKey01: 'blank-relation' },
      ['AttachmentNames', 'Slevel', 'CreatedAt', 'SendTo', 'SendCc', 'SendBcc', 'SendSubject'],
    ],
    [project, { ProjUserKey01: 'blank-key', Name: 'cannot-clear' }, []],
  ] as const)('of $name that clears, as JSON null does, clears all it can', (datatype, refused, kept) => {
    for (const [cell, parts] of [
      ['', clearing],
      [null, {}],
    ] as const) {
      const found = fates(datatype, cell, parts);
      const left = Object.entries(found).filter(([, fate]) => fate !== null);
      expect(Object.fromEntries(left)).toEqual({
        ...refused,
        ...Object.fromEntries(kept.map(name => [name, 'keep'])),
      });
      expect(Object.keys(found).length).toBeGreaterThan(left.length);
    }
  });

  test.each([
    [ticket, { AddTags: ' , ' }],
    [message, { AttachmentNames: '|' }],
    [message, { SendTo: ';', SendCc: ' , ' }],
  ] as const)('of mere separators in $name names nothing', (datatype, cells) => {
    expect(values(mapOf(datatype, cells, clearing))).toEqual({ [datatype.keyField]: '1' });
  });

  it('and a cell of mere bars name no interest', () => {
    expect(values(map({ CompUserKey01: '1', Interests: ' | ' }))).toEqual({ CompUserKey01: '1' });
  });
});

/** A row of another datatype whose only fault is in the one cell it has besides its key. */
function on(
  datatype: Datatype,
  fault: Readonly<Record<string, Cell>>,
): [Readonly<Record<string, Cell>>, Partial<ColumnSource>, string | null, string | null] {
  const [[name = '', cell = null] = []] = Object.entries(fault);
  return [
    { [datatype.keyField]: '1', ...fault },
    { datatype, layout: null },
    name,
    // A file in Base64 would fill reports with itself.
    cell === null || name === 'Content' ? null : String(cell),
  ];
}

const faulty: readonly [
  string,
  Readonly<Record<string, Cell>>,
  Partial<ColumnSource>,
  string | null,
  string | null,
][] = [
  ['blank-key', { CompUserKey01: '  ' }, {}, 'CompUserKey01', '  '],
  ['blank-key', { CompUserKey01: null }, clearing, 'CompUserKey01', null],
  ['key-too-long', { CompUserKey01: 'k'.repeat(40) }, {}, 'CompUserKey01', 'k'.repeat(40)],
  ['damaged-key', { CompUserKey01: '1,5E+10' }, {}, 'CompUserKey01', '1,5E+10'],
  [
    'blank-relation',
    { PersUserKey01: '1', CompUserKey01: '' },
    { datatype: person, layout: null },
    'CompUserKey01',
    '',
  ],
  ['cannot-clear', { CompUserKey01: '1', Name: '' }, clearing, 'Name', ''],
  ['cannot-clear', { CompUserKey01: '1', Name: null }, {}, 'Name', null],
  ['too-long', { CompUserKey01: '1', PostalZipcode: '123456789012' }, {}, 'PostalZipcode', '123456789012'],
  ['control-character', { CompUserKey01: '1', Name: 'a\u0000b' }, {}, 'Name', 'a\u0000b'],
  ['control-character', { CompUserKey01: '1', Category: 'a\nb' }, {}, 'Category', 'a\nb'],
  ['not-an-integer', { CompUserKey01: '1', CompUserNum01: 1.5 }, {}, 'CompUserNum01', '1.5'],
  [
    'integer-out-of-range',
    { CompUserKey01: '1', CompUserNum01: '3000000000' },
    {},
    'CompUserNum01',
    '3000000000',
  ],
  ['not-a-decimal', { CompUserKey01: '1', CompUserDec01: '1.234,5' }, {}, 'CompUserDec01', '1.234,5'],
  ['not-a-boolean', { CompUserKey01: '1', Stop: 1 }, {}, 'Stop', '1'],
  [
    'not-a-date',
    { CompUserKey01: '1', CompUserDate01: '31-02-2024' },
    { mapping: mapping({ dates: ['dd-MM-yyyy'] }) },
    'CompUserDate01',
    '31-02-2024',
  ],
  [
    'date-out-of-range',
    { CompUserKey01: '1', CompUserDate01: '2050-01-01' },
    {},
    'CompUserDate01',
    '2050-01-01',
  ],
  ['not-a-date', ...on(appointment, { StartDate: '2026-01-31 25:00' })],
  ['not-a-choice', ...on(sale, { Status: 'Won' })],
  ['not-a-choice', ...on(ticket, { Slevel: true })],
  ['too-long', ...on(document, { Name: `${'a'.repeat(508)}.pdf` })],
  ['file-outside', ...on(document, { Name: '../secret.pdf' })],
  ['file-outside', ...on(message, { AttachmentNames: 'a.pdf|/etc/passwd' })],
  ['not-base64', ...on(document, { Content: 'not at all!' })],
  ['not-an-address', ...on(message, { SendCc: 'Kari' })],
  ['too-long', ...on(message, { SendSubject: 'x'.repeat(256) })],
  ['blank-relation', ...on(message, { TickUserKey01: '' })],
  ['key-too-long', ...on(ticket, { SaleUserKey01: 'k'.repeat(40) })],
  [
    'integration-id',
    { IntegrationID: 'B', CompUserKey01: '1', IntegrationIDCheck: 'B' },
    { integrationId: 'A' },
    'IntegrationID',
    'B',
  ],
  [
    'integration-id',
    { IntegrationID: '', CompUserKey01: '1', IntegrationIDCheck: 'A' },
    { integrationId: 'A' },
    'IntegrationID',
    null,
  ],
  [
    'integration-id',
    { IntegrationID: 'A', CompUserKey01: '1', IntegrationIDCheck: '' },
    { integrationId: 'A' },
    'IntegrationIDCheck',
    null,
  ],
  [
    'integration-id',
    { IntegrationID: 'A', CompUserKey01: '1', IntegrationIDCheck: 'x' },
    {},
    'IntegrationIDCheck',
    'x',
  ],
];

test.each(faulty)('%s: %j', (code, cells, parts, field, value) => {
  const { problems } = map(cells, parts);
  expect(problems.map(problem => [problem.code, problem.field, problem.value])).toEqual([
    [code, field, value],
  ]);
  for (const { message, tip } of problems) {
    expect(message).toMatch(/^\S.*\.$/s);
    expect(tip).toMatch(/^\S.*\.$/s);
  }
});

test('every problem code of mapping is tried above', () => {
  expect(new Set(faulty.map(([code]) => code))).toEqual(new Set(mappingCodes));
});

test('a row tells all its problems at once and keeps what is good', () => {
  const row = map({ CompUserKey01: '', Name: 'Good', Stop: 'ja', CompUserNum01: 'x' });
  expect(row.problems.map(({ code }) => code)).toEqual(['blank-key', 'not-a-boolean', 'not-an-integer']);
  expect(row.key).toBe('');
  expect(values(row)).toEqual({ Name: 'Good' });
});

test('a renamed column is named as the file knows it too', () => {
  const columns = new Map([['Spærret', to('Stop')]]);
  const row = map({ CompUserKey01: '1', Spærret: 'ja' }, { mapping: mapping({ columns }) });
  expect(row.problems[0]).toMatchObject({
    field: 'Stop',
    message: '"ja" is neither TRUE nor FALSE (column "Spærret").',
  });
});

test('matching control columns let the row in', () => {
  const cells = { IntegrationID: ' 17PS ', CompUserKey01: '1', IntegrationIDCheck: '17PS' };
  expect(map(cells, { integrationId: '17PS' }).problems).toEqual([]);
  expect(map(cells).problems).toEqual([]);
});
