import { describe, expect, test } from 'vitest';
import { fullRows } from '../../../src/sandbox/archive/answers/full.ts';
import { listItems } from '../../../src/sandbox/archive/answers/items.ts';
import { slimRows } from '../../../src/sandbox/archive/answers/slim.ts';
import type { Column } from '../../../src/sandbox/archive/column.ts';
import { parseFilter } from '../../../src/sandbox/archive/filter/parser.ts';
import { providerNamed } from '../../../src/sandbox/archive/providers/index.ts';
import type { Source } from '../../../src/sandbox/archive/source.ts';
import { defineExtraField, type ExtraFieldType } from '../../../src/sandbox/extra-fields/definitions.ts';
import type { DbRow } from '../../../src/sandbox/store/table.ts';
import { type Asked, ask, keys, smallDatabase } from './small-database.ts';

const source = withRequests(smallDatabase());
const writing = { keyOf: (name: string) => name, zone: '' } as const;
const slim = (provider: string, asked: Asked, language: string | null = null) => {
  const asking = { ...source, language };
  return slimRows(ask(asking, provider, asked), asking, writing);
};

/**
 * Tickets 1 (with everything), 2 (closed), 3 (deleted) and 4 (nothing); messages 1 and 2 of ticket 1. The associate AD is
 * user 9 of customer service.
 */
function withRequests(filled: Source): Source {
  const { database } = filled;
  const add = (table: string, row: DbRow): number => database.table(table).insert(row);
  const extra = (table: string, name: string, type: ExtraFieldType, isIndexed = false): void =>
    defineExtraField(database, table, { name, type, label: name, description: '', isIndexed, rank: 1 });
  extra('ticket', 'x_key', 'ShortText', true);
  extra('ticket', 'x_number', 'Integer');
  extra('ticket', 'x_check', 'Checkbox');
  extra('ticket', 'x_date', 'Date');
  extra('ticket', 'x_decimal', 'Decimal');
  extra('ej_message', 'x_key', 'ShortText', true);

  add('ejcategory', { name: 'Hardware', fullname: 'Support/Hardware' });
  add('ticketstatus', { name: 'NO:"Åpen";US:"Open"', rank: 1, status: 'Active' });
  add('ticketpriority', { name: 'US:"High"', rank: 3 });
  add('tickettype', { name: 'Request', rank: 1 });
  add('tags', { name: 'VIP' });
  add('tags', { name: 'Invoice' });
  add('sale', { heading: 'Order 77', number1: 'S77', userdef_id: 0, userdef2_id: 0 });
  add('project', { name: 'Harbour', project_number: 'P7', userdef_id: 0, userdef2_id: 0 });
  add('ticket', {
    title: 'Late',
    author: 'ERP',
    status: 1,
    ticket_status: 1,
    category: 1,
    priority: 1,
    ticket_type: 1,
    owned_by: 9,
    created_by: 1,
    slevel: 2,
    origin: 4,
    read_status: 3,
    cust_id: 1,
    contact_id: 1,
    sale_id: 1,
    project_id: 1,
    created_at: '2026-01-31T08:00:00',
    last_changed: '2026-02-01T09:30:00',
    deadline: '2026-02-10T12:00:00',
    num_messages: 2,
    num_replies: 1,
    time_spent: 12,
    real_time_to_close: 90,
    has_attachment: 1,
    tags: '2,1',
    x_key: 'T-1',
    x_number: 7,
    x_check: 1,
    x_date: '2026-03-01T00:00:00',
    x_decimal: 1.5,
  });
  add('ticket', { title: 'Done', status: 2, owned_by: 1, tags: '1', x_key: 't-2' });
  add('ticket', { title: 'Gone', status: 4, owned_by: 1, x_key: 'T-3' });
  add('ticket', { title: 'Bare', status: 1, owned_by: 1, tags: '' });
  add('ej_message', {
    ticket_id: 1,
    author: 'Kari',
    body: 'where is it?',
    html_body: '<p>where</p>',
    search_title: 'Late',
    message_id: '<1@erp>',
    customer_id: 1,
    slevel: 2,
    important: 1,
    time_spent: 5,
    created_at: '2026-01-31T08:00:00',
    x_key: 'M-1',
  });
  add('ej_message', { ticket_id: 1, author: 'AD', slevel: 1, search_title: 'Late', x_key: 'M-2' });
  add('message_header', { message_id: 1, name: 'To', value: 'a@b.dk' });
  add('message_header', { message_id: 1, name: 'Cc', value: 'c@b.dk' });
  add('attachment', { name: 'a.pdf', att_size: 5 });
  add('ticket_attachment', { message_id: 1, attachment_id: 1 });
  return filled;
}

describe('SimpleTicket', () => {
  test.each<[string, string | number | boolean]>([
    ['ticketId', 1],
    ['title', 'Late'],
    ['author', 'ERP'],
    ['contactId', 1],
    ['personId', 1],
    ['saleId', 1],
    ['projectId', 1],
    ['ticketStatusId', 1],
    ['priorityId', 1],
    ['categoryId', 1],
    ['ticketTypeName', 'Request'],
    ['ticketStatusName', 'NO:"Åpen";US:"Open"'],
    ['categoryFullName', 'Support/Hardware'],
    ['priorityName', 'US:"High"'],
    ['ownedBy', 'AD'],
    ['createdBy', ''],
    ['status', 'Active'],
    ['origin', 'Phone'],
    ['slevel', 'External'],
    ['readStatus', 'Red'],
    ['createdAt', '2026-01-31T08:00:00'],
    ['createdDate', '2026-01-31T08:00:00'],
    ['lastChanged', '2026-02-01T09:30:00'],
    ['deadline', '2026-02-10T12:00:00'],
    ['closedAt', '0001-01-01T00:00:00'],
    ['numberOfMessages', 2],
    ['numberOfReplies', 1],
    ['connectId', 0],
    ['timeSpent', 12],
    ['realTimeToClose', 90],
    ['has_attachment', true],
    ['tags', 'Invoice, VIP'],
    ['content', 'where is it?'],
    ['messageLanguage', ''],
    ['ownedBy/associateDbId', 1],
    ['ownedBy/ejUserId', 9],
    ['ownedBy/fullName', 'Anna M Dyre'],
    ['createdBy/associateDbId', 0],
    ['ticketStatus/name', 'NO:"Åpen";US:"Open"'],
    ['ticketStatus/rank', 1],
    ['ticketPriority/ticketPriorityId', 1],
    ['person/fullName', 'Anna M Dyre'],
    ['person/personUdef/Siteshop:PersonKey', 'P-1'],
    ['contact/name', 'Owl'],
    ['contact/contactUdef/Siteshop:Key', 'C-12'],
    ['sale/heading', 'Order 77'],
    ['project/name', 'Harbour'],
    ['extra/x_key', 'T-1'],
    ['extra/x_number', 7],
    ['extra/x_check', true],
    ['extra/x_date', '2026-03-01T00:00:00'],
    ['extra/x_decimal', 1.5],
  ])('%s', (column, value) => {
    expect(slim('SimpleTicket', { select: column, filter: 'ticketId = 1' })).toEqual([
      { PrimaryKey: '1', EntityName: 'ticket', [column]: value },
    ]);
  });

  test('every column can be read of a ticket that has nothing', () => {
    const columns = providerNamed('SimpleTicket').open([], source).columns();
    const select = columns.map(({ name }) => name).join(',');
    expect(Object.keys(slim('SimpleTicket', { select, filter: 'ticketId = 4' })[0] ?? {})).toHaveLength(
      columns.length + 2,
    );
  });

  test.each<[string, number[]]>([
    ['ownedBy = 9', [1]],
    ['ownedBy oneOf (1)', [2, 4]],
    ['ownedBy/associateDbId = 1', [1]],
    ['ownedBy/associateDbId associateIsOneOf (9)', []],
    ['categoryFullName oneOf (1)', [1]],
    ['status oneOf (1)', [1, 4]],
    ['ticketStatusName oneOf (1)', [1]],
    ['slevel = 2', [1]],
    ['tags intArrayOneOf (1)', [1, 2]],
    ['tags intArrayAllOf (1,2)', [1]],
    ['tags intArrayNotAnyOf (2)', [2, 4]],
    ['timeSpent gt 10', [1]],
    ["lastChanged afterTime '2026-02-01T09:30:00'", [1]],
    ["extra/x_key in ('t-1','T-2','T-3')", [1, 2]],
    ['extra/x_number = 7', [1]],
    ['extra/x_check set true', [1]],
    ["extra/x_date date '2026-03-01'", [1]],
    ["contact/contactUdef/Siteshop:Key = 'C-12'", [1]],
    ['personId in (1,2)', [1]],
    ['contactId = 1', [1]],
  ])('filter %s', (filter, expected) => {
    expect(keys(ask(source, 'SimpleTicket', { filter }))).toEqual(expected);
  });

  test('full mode and agents tell ids, tags as an array and times as spans', () => {
    const result = ask(source, 'SimpleTicket', {
      select: 'ownedBy,tags,timeSpent,status',
      filter: 'ticketId = 1',
    });
    expect(fullRows(result, source, writing)[0]?.Column).toMatchObject({
      ownedBy: { RawValue: 9, DisplayValue: 'AD' },
      tags: { RawValue: [2, 1], DisplayValue: '[A:2,1]' },
      timeSpent: { RawValue: 12, DisplayValue: '[TS:12]' },
      status: { RawValue: 1, DisplayValue: 'Active' },
    });
    expect(listItems(result, source)[0]?.ColumnData).toMatchObject({
      tags: { DisplayValue: '[A:2,1]' },
    });
  });
});

describe('Ticket', () => {
  test.each<[string[], number[]]>([
    [[], [1, 2, 4]],
    [['ticket'], [1, 4]],
    [['ticketdisplayclosed'], [2]],
    [
      ['ticket', 'ticketdisplayclosed'],
      [1, 2, 4],
    ],
  ])('entities %j; what was deleted is in none', (entities, expected) => {
    expect(keys(ask(source, 'Ticket', { entities }))).toEqual(expected);
  });
});

describe('TicketMessage', () => {
  test.each<[string, string | number | boolean]>([
    ['ticketMessageId', 1],
    ['ticketId', 1],
    ['searchTitle', 'Late'],
    ['header', 'To: a@b.dk\nCc: c@b.dk'],
    ['author', 'Kari'],
    ['createdAt', '2026-01-31T08:00:00'],
    ['body', 'where is it?'],
    ['htmlBody', '<p>where</p>'],
    ['messageId', '<1@erp>'],
    ['debugInfo', ''],
    ['important', true],
    ['slevel', 'External'],
    ['timeSpent', 5],
    ['ticket/title', 'Late'],
    ['ticket/extra/x_key', 'T-1'],
    ['ticket/tags', 'Invoice, VIP'],
    ['person/fullName', 'Anna M Dyre'],
    ['ticketMessageExtra/x_key', 'M-1'],
  ])('%s', (column, value) => {
    expect(slim('TicketMessage', { select: column, filter: 'ticketMessageId = 1' })).toEqual([
      { PrimaryKey: '1', EntityName: 'ticketmessage', [column]: value },
    ]);
  });

  test.each<[string, number[]]>([
    ['ticketId in (1,2)', [1, 2]],
    ["ticketMessageExtra/x_key in ('m-2')", [2]],
    ["ticket/extra/x_key = 'T-1' and slevel = 1", [2]],
  ])('filter %s', (filter, expected) => {
    expect(keys(ask(source, 'TicketMessage', { filter }))).toEqual(expected);
  });
});

describe('dynamic', () => {
  test.each<[string, string, unknown[]]>([
    ['ticket.title', 'ticket.id = 1', ['Late']],
    ['ticket.cust_id.lastname', 'ticket.id = 1', ['Dyre']],
    ['ticket.category.fullname', 'ticket.id = 1', ['Support/Hardware']],
    ['ticket.ticket_status.status', 'ticket.id = 1', ['Active']],
    ['ticket.x_key', "ticket.x_key = 't-2'", ['t-2']],
    ['ticket.x_date', 'ticket.id = 1', ['2026-03-01T00:00:00']],
    ['ej_message.html_body', 'ej_message.ticket_id = 1', ['<p>where</p>', '']],
    ['ej_message.ticket_id.title', 'ej_message.id = 2', ['Late']],
    ['ticket_attachment.attachment_id.name', 'ticket_attachment.message_id = 1', ['a.pdf']],
    ['ticket_attachment.message_id.author', 'ticket_attachment.attachment_id = 1', ['Kari']],
    ['tags.name', 'tags.tags_id = 2', ['Invoice']],
    ['ticket.(ej_message->ticket_id).author', 'ticket.id = 1', ['Kari', 'AD']],
  ])('%s where %s', (select, filter, expected) => {
    expect(slim('dynamic', { select, filter }).map(row => row[select])).toEqual(expected);
  });
});

describe('ForeignKeys', () => {
  const many = 100_000;
  const filled = withKeys(smallDatabase());

  /** Application 1 without devices, 2 with a device without keys and one with very many, 3 with one of the same values. */
  function withKeys(empty: Source): Source {
    const { database } = empty;
    const add = (table: string, row: DbRow): number => database.table(table).insert(row);
    const stamps = { registered: '2026-01-31T08:00:00', registered_associate_id: 1 };
    for (const name of ['bare', 'sic', 'other']) add('foreignapp', { name, ...stamps });
    const device = (app: number, name: string): number =>
      add('foreigndevice', {
        foreignapp_id: app,
        name,
        device_identifier: '17PS',
        associate_id: 2,
        ...stamps,
      });
    device(2, 'unused');
    const used = device(2, 'import');
    const others = device(3, 'import');
    const key = (foreigndevice_id: number, record_id: number): number =>
      add('foreignkey', {
        foreigndevice_id,
        table_id: 262,
        record_id,
        seqno: 1,
        subkey: 'TickUserKey01',
        subvalue: `T-${record_id}`,
        ...stamps,
      });
    for (let record = 1; record <= many; record++) key(used, record);
    key(others, 1);
    return empty;
  }

  const read = (asked: Asked) => slimRows(ask(filled, 'ForeignKeys', asked), filled, writing);

  test('a key with its device and application', () => {
    const columns = providerNamed('ForeignKeys').open([], filled).columns();
    const select = columns.map(({ name }) => name).join(',');
    expect(read({ select, filter: 'keyId = 1' })).toEqual([
      {
        PrimaryKey: '1',
        EntityName: 'foreignKey',
        appId: 2,
        appName: 'sic',
        deviceId: 2,
        deviceName: 'import',
        deviceIdentifier: '17PS',
        deviceOwner: 'SYS',
        deviceLastSync: '0001-01-01T00:00:00',
        deviceLastSyncTrans: '0001-01-01T00:00:00',
        keyId: 1,
        keyName: 'TickUserKey01',
        keyValue: 'T-1',
        tableId: 262,
        recordId: 1,
        keyUpdatedBy: '',
        keyUpdatedDate: '0001-01-01T00:00:00',
        keyRegisteredBy: 'AD',
        keyRegisteredDate: '2026-01-31T08:00:00',
      },
    ]);
    expect(columns.filter(({ sortable }) => !sortable).map(({ name }) => name)).toEqual([
      'deviceOwner',
      'deviceLastSync',
      'deviceLastSyncTrans',
      'keyUpdatedBy',
      'keyUpdatedDate',
      'keyRegisteredBy',
      'keyRegisteredDate',
    ]);
  });

  test('devices without keys and applications without devices have rows, before all keys', () => {
    const first = read({ select: 'appName,deviceName,keyId', top: 3 });
    expect(first.map(({ appName, deviceName, keyId }) => [appName, deviceName, keyId])).toEqual([
      ['bare', '', 0],
      ['sic', 'unused', 0],
      ['sic', 'import', 1],
    ]);
    expect(read({ filter: "appName = 'bare'" })).toHaveLength(1);
    expect(read({ filter: 'keyId = 0' })).toHaveLength(2);
    expect(read({ filter: "keyValue = ''" })).toHaveLength(2);
  });

  test.each<[string, number[]]>([
    ["keyValue in ('T-7','t-99999','nobody')", [7, 99_999]],
    ['recordId in (7,99999)', [7, 99_999]],
    ["appName = 'sic' and deviceName = 'import' and keyName = 'TickUserKey01' and keyValue in ('T-1')", [1]],
    ["keyValue = 'T-1'", [1, many + 1]],
    ['keyId gt 100000', [many + 1]],
  ])('%s reads the rows it answers and no others', (filter, expected) => {
    const archive = providerNamed('ForeignKeys').open([], filled);
    const columnOf = (name: string): Column => {
      const column = archive.find(name);
      if (!column) throw new Error(name);
      return column;
    };
    const looked = [...archive.rows(parseFilter(filter), [], columnOf)];
    expect(looked.length).toBeLessThanOrEqual(expected.length + 1);
    expect(keys(ask(filled, 'ForeignKeys', { filter }))).toEqual(expected);
  });
});
