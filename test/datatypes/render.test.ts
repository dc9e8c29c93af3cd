import { Ajv2020 } from 'ajv/dist/2020.js';
import Papa from 'papaparse';
import { describe, expect, it, test } from 'vitest';
import { company } from '../../src/datatypes/company.ts';
import { datatypes } from '../../src/datatypes/index.ts';
import { person } from '../../src/datatypes/person.ts';
import { renderFields } from '../../src/datatypes/render/fields.ts';
import { renderSchema } from '../../src/datatypes/render/schema.ts';
import { sic } from '../support/sic.ts';

describe('sic fields', () => {
  it('lists the datatypes', () => {
    expect(renderFields(null, 'table').split('\n')[0]).toMatch(
      /^Datatype +Key +SuperOffice +Columns +Meaning$/,
    );
    for (const format of ['table', 'csv', 'markdown', 'json'] as const)
      for (const { name, keyField } of datatypes) {
        expect(renderFields(null, format)).toContain(name);
        expect(renderFields(null, format)).toContain(keyField);
      }
    expect(JSON.parse(renderFields(null, 'json'))).toMatchObject({ kind: 'sic.datatypes', formatVersion: 1 });
  });

  it.each(datatypes.map(datatype => [datatype.name, datatype] as const))(
    'has every column of %s',
    (_, datatype) => {
      for (const format of ['table', 'csv', 'markdown', 'json'] as const) {
        const text = renderFields(datatype, format);
        expect(text.endsWith('\n')).toBe(true);
        for (const { name } of datatype.fields) expect(text).toContain(name);
      }
    },
  );

  it('lines its table up and leaves no trailing blanks', () => {
    const lines = renderFields(company, 'table').split('\n');
    const at = lines[0]?.indexOf('Meaning') ?? -1;
    expect(at).toBeGreaterThan(0);
    for (const line of lines) {
      expect(line).toBe(line.trimEnd());
      if (line !== '') expect(line.slice(at - 2, at)).toBe('  ');
    }
  });

  it('writes CSV that a parser reads back', () => {
    const { data, errors } = Papa.parse<Record<string, string>>(renderFields(company, 'csv'), {
      header: true,
      skipEmptyLines: true,
    });
    expect(errors).toEqual([]);
    expect(data[0]?.Column).toBe('IntegrationID');
    expect(data.at(-1)?.Column).toBe('IntegrationIDCheck');
    expect(data.find(row => row.Column === 'PostalCity')).toEqual({
      Column: 'PostalCity',
      Type: 'text',
      Length: '79',
      List: '',
      Needed: '',
      'Written to': 'Contact.Address.Postal.City',
      'Read from': 'SimpleContact: postAddress/city',
      Meaning: 'Postal address, city.',
    });
  });

  it('writes Markdown in which every line of the table has the same cells', () => {
    const rows = renderFields(person, 'markdown')
      .split('\n')
      .filter(line => line.startsWith('|'));
    const cells = rows.map(row => row.replaceAll(String.raw`\|`, '').split('|').length);
    expect(new Set(cells)).toEqual(new Set([10]));
    expect(rows.length).toBe(person.fields.length + 6);
  });

  it.each([
    [
      'CompUserKey01',
      'Contact.CustomFields["Siteshop:CompUserKey01"]',
      'SimpleContact: contactUdef/Siteshop:CompUserKey01',
    ],
    ['Name', 'Contact.Name', 'SimpleContact: name'],
    ['Category', 'Contact.Category.Id', 'SimpleContact: category'],
    ['Phone2', 'Contact.Phones[1].Value', 'dynamic: table phone, ptype_idx 1, rank 2'],
    ['Email1', 'Contact.Emails[0].Value', 'dynamic: table email, type 0, rank 1'],
    ['Url1', 'Contact.Urls[0].Value', 'dynamic: table url, rank 1'],
    ['Interests', 'Contact.Interests', 'dynamic: contact.(contactinterest->contact_id)'],
    ['Description', 'Contact.Description', 'dynamic: contact.text_id.text'],
    ['CreatedDate', null, 'SimpleContact: registeredDate'],
  ])('tells that %s is written to %s and read from %s', (name, writtenTo, readFrom) => {
    const { fields } = JSON.parse(renderFields(company, 'json')) as { fields: { name: string }[] };
    expect(fields.find(field => field.name === name)).toMatchObject({ writtenTo, readFrom });
  });
});

describe('sic schema', () => {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
  const isCompany = ajv.compile(renderSchema(company));
  const isPerson = ajv.compile(renderSchema(person));

  test.each<[boolean, object]>([
    [true, { CompUserKey01: '1' }],
    [
      true,
      {
        IntegrationId: 'A',
        CompUserKey01: 4280,
        Name: 'x',
        CVR: '1',
        CompUserDec01: 1.5,
        IntegrationIdCheck: 'A',
      },
    ],
    [true, { CompUserKey01: '1', Stop: 'true', NoMailing: false, Department: null, PostalCity: '' }],
    [false, { Name: 'x' }],
    [false, { CompUserKey01: '' }],
    [false, { CompUserKey01: null }],
    [false, { CompUserKey01: 'k'.repeat(40) }],
    [false, { CompUserKey01: '1', Name: null }],
    [false, { CompUserKey01: '1', Nmae: 'x' }],
    [false, { CompUserKey01: '1', PostalZipcode: '123456789012' }],
    [false, { CompUserKey01: '1', Stop: 'ja' }],
    [false, { CompUserKey01: '1', Stop: 1 }],
    [false, { CompUserKey01: '1', SuperOfficeId: 1 }],
  ])('company %s: %j', (expected, row) => expect(isCompany(row)).toBe(expected));

  test.each<[boolean, object]>([
    [true, { PersUserKey01: '1', CompUserKey01: '2', BirthDate: '1980-01-31', Title: null }],
    [true, { PersUserKey01: '1', BirthDate: '' }],
    [false, { PersUserKey01: '1', BirthDate: '31-01-1980' }],
    [false, { PersUserKey01: '1', CompUserKey01: '' }],
  ])('person %s: %j', (expected, row) => expect(isPerson(row)).toBe(expected));
});

describe('the commands', () => {
  it.each([
    [['fields'], renderFields(null, 'table')],
    [['fields', 'company'], renderFields(company, 'table')],
    [['fields', 'Person', '--format', 'markdown'], renderFields(person, 'markdown')],
    [['fields', 'Person', '--json'], renderFields(person, 'json')],
    [['schema', 'Company'], `${JSON.stringify(renderSchema(company), null, 2)}\n`],
    [['schema', 'Company', '--json'], `${JSON.stringify(renderSchema(company))}\n`],
  ])('%j', async (argv, stdout) => {
    expect(await sic(argv)).toEqual({ exitCode: 0, stdout, stderr: '' });
  });

  it.each([[['fields', 'Contact']], [['fields', 'Compny']], [['schema', 'Compny']]])(
    '%j is a usage error',
    async argv => {
      const { exitCode, stdout, stderr } = await sic(argv);
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
      expect(stderr).toContain('Company');
    },
  );

  it.each([[['schema']], [['fields', 'Company', '--format', 'xml']]])(
    '%j is refused by the declaration',
    async argv => {
      expect(await sic(argv)).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/^\{?.*sic/s) });
    },
  );

  it.each(['fields', 'schema'])('%s --help shows an example', async name => {
    const { exitCode, stdout } = await sic([name, '--help']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`$ sic ${name} `);
  });
});
