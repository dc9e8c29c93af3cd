import { Ajv2020 } from 'ajv/dist/2020.js';
import Papa from 'papaparse';
import { describe, expect, it, test } from 'vitest';
import { appointment } from '../../src/datatypes/appointment.ts';
import { company } from '../../src/datatypes/company.ts';
import type { Datatype } from '../../src/datatypes/datatype.ts';
import { document } from '../../src/datatypes/document.ts';
import { datatypes } from '../../src/datatypes/index.ts';
import { message } from '../../src/datatypes/message.ts';
import { person } from '../../src/datatypes/person.ts';
import { project } from '../../src/datatypes/project.ts';
import { renderFields } from '../../src/datatypes/render/fields.ts';
import { renderSchema } from '../../src/datatypes/render/schema.ts';
import { sale } from '../../src/datatypes/sale.ts';
import { ticket } from '../../src/datatypes/ticket.ts';
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

describe('the new kinds of columns', () => {
  type Line = Record<string, string>;
  const lines = (datatype: Datatype): Line[] =>
    Papa.parse<Line>(renderFields(datatype, 'csv'), { header: true, skipEmptyLines: true }).data;

  it.each([
    [project, 'EndDate', { Type: 'date', 'Written to': 'Project.EndDate' }],
    [
      project,
      'Postit',
      { Length: '2047', 'Written to': 'Project.Postit', 'Read from': 'dynamic: project.postitText_id.text' },
    ],
    [
      sale,
      'Stage',
      {
        Type: 'list value',
        List: 'Rating',
        'Written to': 'Sale.Rating.Id',
        'Read from': 'SimpleSale: stage',
      },
    ],
    [sale, 'Status', { Type: 'Open, Sold, Lost or Stalled', 'Read from': 'SimpleSale: saleStatus' }],
    [sale, 'Cost', { Type: 'decimal', 'Written to': 'Sale.EarningPercent, Sale.Earning', 'Read from': '' }],
    [sale, 'ProjUserKey01', { Type: 'key of a project', 'Written to': 'Sale.Project.ProjectId' }],
    [appointment, 'CompUserKey01', { Type: 'key of a company', Needed: 'to create' }],
    [
      appointment,
      'StartDate',
      { Type: 'date and time', Needed: 'to create', 'Read from': 'dynamic: appointment.do_by' },
    ],
    [appointment, 'Completed', { Type: 'NotStarted, Started or Completed' }],
    [appointment, 'Task', { List: 'Task', 'Written to': 'Appointment.Task.TaskListItemId' }],
    [
      document,
      'Name (or FileName)',
      { Type: 'file name', Length: '511', Needed: 'to create', 'Written to': 'Document.Name' },
    ],
    [
      document,
      'Content (or FileContent)',
      { Type: 'Base64', 'Written to': 'Document/{id}/Content', 'Read from': '' },
    ],
    [
      document,
      'DocuUserKey01',
      {
        Needed: 'always',
        'Written to': 'Document.CustomFields["Siteshop:DocuUserKey01"]',
        'Read from': 'SimpleDocument: documentUdef/Siteshop:DocuUserKey01',
      },
    ],
    [
      ticket,
      'TickUserKey01',
      {
        Type: 'key',
        Length: '39',
        'Written to': 'ForeignApp key TickUserKey01 of table ticket',
        'Read from': 'ForeignKeys: keyValue',
      },
    ],
    [
      ticket,
      'AddTags',
      {
        Type: 'list values, joined with ,',
        List: 'Tags',
        'Written to': 'Ticket.Tags',
        'Read from': 'Ticket: tags',
      },
    ],
    [
      ticket,
      'AssociateName',
      {
        Type: 'user',
        'Written to': 'Ticket.OwnedBy.AssociateId',
        'Read from': 'Ticket: ownedBy/associateDbId',
      },
    ],
    [
      ticket,
      'x_<name>',
      { 'Written to': 'Ticket.CustomFields["x_<name>"]', 'Read from': 'Ticket: extra/x_<name>' },
    ],
    [message, 'MessUserKey01', { 'Written to': 'ForeignApp key MessUserKey01 of table ej_message' }],
    [message, 'TickUserKey01', { Type: 'key of a ticket', Needed: 'to create' }],
    [message, 'Body', { Needed: 'to create, unless HtmlBody is given' }],
    [
      message,
      'AttachmentNames',
      { Type: 'file names, joined with |', 'Written to': 'TicketMessage/{id}/Attachment' },
    ],
    [
      message,
      'SendTo',
      { Type: 'mail addresses', 'Written to': 'Agents/Ticket/SendTicketMessage', 'Read from': '' },
    ],
    [message, 'x_<name>', { 'Read from': 'TicketMessage: ticketMessageExtra/x_<name>' }],
  ])('$name.%s', (datatype, column, expected) => {
    expect(lines(datatype).find(line => line.Column === column)).toMatchObject(expected);
  });

  it('have their words in JSON, and no custom column of another datatype', () => {
    const { fields, morePageColumns } = JSON.parse(renderFields(sale, 'json'));
    expect(fields.find(({ name }: { name: string }) => name === 'Status')).toMatchObject({
      type: 'choice',
      choices: ['Open', 'Sold', 'Lost', 'Stalled'],
      readOnly: false,
    });
    expect(morePageColumns).toBe(String.raw`^SaleUser[A-Z][A-Za-z]*\d{2}$`);
    expect(JSON.parse(renderFields(ticket, 'json')).morePageColumns).toBe('^x_[A-Za-z0-9_]+$');
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

  const judges = new Map(datatypes.map(datatype => [datatype, ajv.compile(renderSchema(datatype))]));

  test.each<[boolean, Datatype, object]>([
    [true, project, { ProjUserKey01: '1', Name: 'x', Completed: 'TRUE', EndDate: '20260131', Url1: null }],
    [false, project, { ProjUserKey01: '1', Completed: 'done' }],
    [
      true,
      sale,
      { SaleUserKey01: 1, Amount: '1200,50', Earning: 5, Cost: null, Status: 'sOLD', CompUserKey01: null },
    ],
    [true, sale, { SaleUserKey01: '1', Status: '', Probability: '80', Saledate: '2026-01-31 10:00' }],
    [false, sale, { SaleUserKey01: '1', Status: 'Won' }],
    [false, sale, { SaleUserKey01: '1', Status: null }],
    [false, sale, { SaleUserKey01: '1', Amount: '1.200,50' }],
    [false, sale, { SaleUserKey01: '1', Heading: null }],
    [false, sale, { SaleUserKey01: '1', CompUserText01: 'x' }],
    [true, sale, { SaleUserKey01: '1', SaleUserText01: 'x' }],
    [
      true,
      appointment,
      { AppoUserKey01: '1', CompUserKey01: 'C', StartDate: '2026-01-31T14:30+01:00', EndDate: null },
    ],
    [true, appointment, { AppoUserKey01: '1', Completed: true, Private: 'PUBLIC', IsAlldayEvent: 'false' }],
    [false, appointment, { AppoUserKey01: '1', StartDate: null }],
    [false, appointment, { AppoUserKey01: '1', StartDate: '31-01-2026 14:30' }],
    [false, appointment, { AppoUserKey01: '1', CompUserKey01: '' }],
    [false, appointment, { AppoUserKey01: '1', Completed: 1 }],
    [true, document, { DocuUserKey01: '1', FileName: 'a.pdf', FileContent: 'aGVq', Completed: 'true' }],
    [false, document, { DocuUserKey01: '1', Name: null }],
    [false, document, { DocuUserKey01: '1', Name: 'a'.repeat(512) }],
    [false, document, { DocuUserKey01: '1', Content: 5 }],
    [true, ticket, { TickUserKey01: '1', AddTags: 'a,b', Slevel: 'external', x_note: 'x', x_Count: 5 }],
    [true, ticket, { TickUserKey01: '1', AddTags: null, Deadline: null, x_note: null, PersUserKey01: '' }],
    [true, ticket, { TickUserKey01: '1', AddTags: ['a', 5] }],
    [false, ticket, { TickUserKey01: '1', AddTags: ['a|b'] }],
    [false, ticket, { TickUserKey01: '1', AddTags: [['a']] }],
    [false, ticket, { TickUserKey01: '1', Title: ['a'] }],
    [true, message, { MessUserKey01: '1', SendTo: ['a@b.no', 'c@d.no'], AttachmentNames: [] }],
    [true, company, { CompUserKey01: '1', Interests: ['Golf'] }],
    [false, ticket, { TickUserKey01: '1', Slevel: 'Secret' }],
    [false, ticket, { TickUserKey01: '1', Title: null }],
    [false, ticket, { TickUserKey01: '1', TickUserText01: 'x' }],
    [false, ticket, { TickUserKey01: '1', 'x_no-te': 'x' }],
    [false, ticket, { x_note: 'x' }],
    [
      true,
      message,
      {
        MessUserKey01: '1',
        TickUserKey01: 2,
        Body: 'x',
        HtmlBody: '',
        AttachmentNames: 'a|b',
        SendTo: 'a@b.no',
      },
    ],
    [false, message, { MessUserKey01: '1', TickUserKey01: '' }],
    [false, message, { MessUserKey01: '1', TickUserKey01: null }],
    [false, message, { MessUserKey01: '1', SendSubject: 'x'.repeat(256) }],
    [false, message, { MessUserKey01: '1', CreatedDate: '2026-01-31' }],
  ])('%s: $name %j', (expected, datatype, row) => expect(judges.get(datatype)?.(row)).toBe(expected));
});

describe('the commands', () => {
  it.each([
    [['fields'], renderFields(null, 'table')],
    [['fields', 'company'], renderFields(company, 'table')],
    [['fields', 'Person', '--format', 'markdown'], renderFields(person, 'markdown')],
    [['fields', 'Person', '--json'], renderFields(person, 'json')],
    [['fields', 'ticketmessages'], renderFields(message, 'table')],
    [['fields', 'requests', '--format', 'csv'], renderFields(ticket, 'csv')],
    [['schema', 'sales', '--json'], `${JSON.stringify(renderSchema(sale))}\n`],
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
