import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readArchiveColumns } from './archive-columns.ts';
import { archiveFaults, questionIn, rowFaults } from './archive-faults.ts';
import { answerFaults, operationFor, requestFaults } from './client-faults.ts';
import { customFieldFaults, readLayouts } from './custom-field-faults.ts';
import { readDatabaseColumns } from './database-columns.ts';
import { patchFaults, patchOperation } from './patch-faults.ts';
import type { Exchange } from './recording-proxy.ts';
import { readOperations } from './specification.ts';

const shared = resolve(import.meta.dirname, '../../../shared/superoffice');
const isThere = existsSync(join(shared, 'openapi'));
const operations = isThere ? readOperations(join(shared, 'openapi')) : [];

function exchange(
  method: string,
  address: string,
  more: Partial<Exchange> & { json?: unknown } = {},
): Exchange {
  const [path = '', query = ''] = address.split('?');
  const { json, ...others } = more;
  const body = json === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(json));
  const headers = {
    accept: 'application/json',
    ...(json === undefined ? {} : { 'content-type': 'application/json' }),
  };
  const answer = { status: 200, contentType: 'application/json', body: Buffer.from('{}') };
  return { method, address, path, query: new URLSearchParams(query), headers, body, answer, ...others };
}

function sent(each: Exchange): string[] {
  if (each.method === 'PATCH') {
    const operation = patchOperation(operations, each.path);
    return operation ? patchFaults(operation, each) : ['in no document'];
  }
  const operation = operationFor(operations, each.method, each.path);
  return operation ? requestFaults(operation, each) : ['in no document'];
}

const patched = (op: object) => exchange('PATCH', '/v1/Contact/5', { json: [op] });

/** A check that finds nothing is worth nothing: each of these mistakes has to be seen. */
describe.runIf(isThere)('what is wrong with a request is found', () => {
  it.each<[string, Exchange, string]>([
    ['an address', exchange('GET', '/v1/Contacts'), 'in no document'],
    ['a method', exchange('DELETE', '/v1/Archive/Ticket'), 'in no document'],
    ['letter case of a path', exchange('GET', '/v1/contact/5'), 'contact is spelled Contact'],
    ['a parameter', exchange('GET', '/v1/Contact/5?select=Name'), '?select: not a parameter'],
    ['a missing parameter', exchange('POST', '/v1/Person/5/MoveTo/1'), '?moveAfterDate: missing'],
    [
      'a value of a parameter',
      exchange('GET', '/v1/Archive/Ticket?$mode=full'),
      '$mode: "full" instead of one of Slim, Wide, Full',
    ],
    ['a number', exchange('GET', '/v1/Archive/Ticket?$top=all'), '$top: "all" instead of integer'],
    ['a flag', exchange('POST', '/v1/Ticket?notify=0', { json: {} }), 'notify: "0" instead of boolean'],
    ['no body', exchange('POST', '/v1/Contact'), 'no body'],
    [
      'a body too many',
      exchange('POST', '/v1/ForeignApp/sic', { json: {} }),
      'a body, where none is documented',
    ],
    ['a property', exchange('POST', '/v1/Contact', { json: { Nick: '' } }), 'Nick: not in the schema'],
    ['letter case', exchange('POST', '/v1/Contact', { json: { name: '' } }), 'name: not in the schema'],
    ['a type', exchange('POST', '/v1/Contact', { json: { Name: 5 } }), 'Name: 5 instead of string'],
    [
      'a type inside',
      exchange('POST', '/v1/Sale', { json: { Rating: { Id: '5' } } }),
      'Rating.Id: "5" instead of int32',
    ],
    [
      'a word',
      exchange('POST', '/v1/Sale', { json: { Status: '' } }),
      'Status: "" instead of one of Unknown, Open, Sold, Lost, Stalled, SaintAll',
    ],
    ['an item', exchange('POST', '/v1/Ticket', { json: { Tags: [3] } }), 'Tags[]: 3 instead of object'],
    [
      'a content type',
      exchange('PUT', '/v1/Document/5/Content', {
        headers: { accept: 'application/json', 'content-type': 'application/pdf' },
        body: Buffer.from('a'),
      }),
      'content type application/pdf: not listed',
    ],
    [
      'a header',
      exchange('GET', '/v1/Contact/5', { headers: { accept: 'application/json', 'x-zone': 'a' } }),
      'header x-zone: not a parameter',
    ],
    [
      'an accepted type',
      exchange('GET', '/v1/Contact/5', { headers: { accept: '*/*' } }),
      'accept */*: not listed',
    ],
    ['PATCH of a list', exchange('PATCH', '/v1/List/5', { json: [] }), 'in no document'],
    [
      'PATCH with notification',
      exchange('PATCH', '/v1/Ticket/5?notify=false', {
        json: [{ op: 'replace', path: '/Title', value: '' }],
      }),
      '?notify: not a parameter',
    ],
    ['a merge patch', exchange('PATCH', '/v1/Contact/5', { json: {} }), 'not an array of operations'],
    ['an operation', patched({ op: 'move', path: '/Name', from: '/Department' }), 'op move'],
    [
      'a part of one',
      patched({ op: 'replace', path: '/Name', value: '', from: '' }),
      'from: not part of an operation',
    ],
    ['a path', patched({ op: 'replace', path: '/Nick', value: '' }), 'path /Nick: nothing is called Nick'],
    ['a path without slash', patched({ op: 'replace', path: 'Name', value: '' }), 'path Name'],
    ['no value', patched({ op: 'replace', path: '/Name' }), '/Name: no value'],
    ['a value', patched({ op: 'replace', path: '/Xstop', value: 1 }), '/Xstop : 1 instead of boolean'],
    [
      'appending',
      patched({ op: 'replace', path: '/Phones/-', value: {} }),
      'replace /Phones/-: only add appends',
    ],
    [
      'a line of an address',
      patched({ op: 'replace', path: '/Address/Street/City', value: '' }),
      'path /Address/Street/City: below a block of an address',
    ],
    [
      'one custom field',
      patched({ op: 'replace', path: '/CustomFields/A:B', value: '' }),
      'path /CustomFields/A:B: below CustomFields',
    ],
  ])('%s', (_, each, fault) => {
    expect(sent(each)).toContain(fault);
  });

  it('a good request has no faults', () => {
    expect(sent(exchange('POST', '/v1/Contact?$select=ContactId', { json: { Name: 'A' } }))).toEqual([]);
    expect(sent(patched({ op: 'replace', path: '/CustomFields', value: { 'a:b': '' } }))).toEqual([]);
    expect(sent(patched({ op: 'add', path: '/Emails/-', value: { Value: 'a@b.dk' } }))).toEqual([]);
  });
});

describe.runIf(isThere)('what is wrong with an answer is found', () => {
  const answered = (address: string, status: number, text: string, contentType = 'application/json') => {
    const each = exchange('GET', address, { answer: { status, contentType, body: Buffer.from(text) } });
    const operation = operationFor(operations, 'GET', each.path);
    return operation ? answerFaults(operation, each) : ['in no document'];
  };

  it.each<[string, string, number, string, string]>([
    ['a status', '/v1/Contact/5', 418, '', 'status 418 is not listed'],
    ['no body', '/v1/Contact/5', 200, '', 'no body'],
    ['a type', '/v1/Document/5/Length', 200, '"5"', ': "5" instead of int64'],
    ['a selected property', '/v1/Contact/5?$select=Name', 200, '{}', 'Name: missing'],
    [
      'one that is null',
      '/v1/Contact/5?$select=ContactId',
      200,
      '{"ContactId":null}',
      'ContactId: null instead of int32',
    ],
  ])('%s', (_, address, status, text, fault) => {
    expect(answered(address, status, text)).toContain(fault);
  });

  it('another content type is found, and what was not selected may be missing', () => {
    expect(answered('/v1/Contact/5', 200, '<a/>', 'text/html')).toEqual([
      'content type text/html: not listed',
    ]);
    expect(answered('/v1/Contact/5?$select=Name', 200, '{"Name":"A","ContactId":null}')).toEqual([]);
  });
});

describe.runIf(isThere)('what is wrong with an archive query is found', () => {
  const reading = isThere ? readFileSync(join(shared, 'reading.md'), 'utf8') : '';
  const writing = isThere ? readFileSync(join(shared, 'writing.md'), 'utf8') : '';
  const providers = readArchiveColumns(reading);
  const database = readDatabaseColumns(writing, reading);
  const asked = (provider: string, options: Record<string, string>) => {
    const good = { $select: '', $filter: 'contactId gt 0', $orderBy: 'contactId asc', $entities: '' };
    const query = new URLSearchParams({ ...good, ...options });
    const question = questionIn({ ...exchange('GET', `/v1/Archive/${provider}`), query });
    return question ? archiveFaults(question, providers, database) : ['no query'];
  };

  it.each<[string, Record<string, string>, string]>([
    ['SimpleContact', { $select: 'contactId,nick' }, 'SimpleContact: no column nick'],
    ['SimpleContact', { $select: 'personUdef/A:B' }, 'SimpleContact: no column personUdef/A:B'],
    ['SimpleContact', { $entities: 'person' }, 'SimpleContact: no entity person'],
    ['SimpleContact', { $orderBy: 'deletedDate asc' }, 'SimpleContact: deletedDate cannot be sorted by'],
    ['SimpleContact', { $filter: "nick is 'a'" }, 'SimpleContact: no column nick'],
    ['SimpleContact', { $filter: 'contactId is 5' }, 'SimpleContact: contactId (int) has no operator is'],
    [
      'SimpleContact',
      { $filter: "name is 'a' and (contactId in ('5') or contactId gt 7)" },
      "SimpleContact: contactId (int) is compared with ('')",
    ],
    ['SimpleContact', { $filter: 'name is a' }, 'SimpleContact: name (stringorPK) is compared with a'],
    ['SimpleContact', { $filter: '' }, 'SimpleContact: cannot read the filter ""'],
    ['SimpleContact', { $filter: 'contactId gt' }, 'SimpleContact: cannot read the filter "contactId gt"'],
    ['dynamic', { $select: 'contact.nick' }, 'dynamic: contact.nick: table contact has no nick'],
    ['dynamic', { $select: 'contact.text_id.nick' }, 'dynamic: contact.text_id.nick: table text has no nick'],
    ['ForeignKeys', { $select: 'key' }, 'ForeignKeys: no column key'],
    ['AllUsers', { $select: 'nick' }, 'AllUsers: no column nick'],
    ['FindPerson', {}, 'no archive FindPerson'],
    ['SimpleContact', { $orderBy: 'name desc,nick asc' }, 'SimpleContact: no column nick'],
    ['SimpleContact', { $orderBy: 'name desc,contactId' }, 'SimpleContact: order contactId'],
    ['SimpleContact', { $filter: 'stop set yes' }, 'SimpleContact: stop (bool) is compared with yes'],
    [
      'SimpleContact',
      { $filter: 'registeredDate after 5' },
      'SimpleContact: registeredDate (date) is compared with 5',
    ],
    [
      'SimpleContact',
      { $filter: 'orgnr isNotNull and orgnr currentAssociate' },
      'SimpleContact: orgnr (string) has no operator currentAssociate',
    ],
    [
      'SimpleContact',
      { $filter: "contactUdef/A:UserNum01 is '5'" },
      'SimpleContact: contactUdef/A:UserNum01 (int) has no operator is',
    ],
  ])('%s %j', (provider, options, fault) => {
    expect(asked(provider, options)).toContain(fault);
  });

  it('good queries have no faults', () => {
    const filter = "contactUdef/A:B in ('a \\'and\\' b','c (d') and contactId gt 5";
    expect(asked('SimpleContact', { $select: 'name,email/emailAddress', $filter: filter })).toEqual([]);
    const person = {
      $filter: '(personId gt 1 or personId lt 5)',
      $orderBy: 'personId asc',
      $entities: 'person,retiredPerson',
    };
    expect(asked('Person', person)).toEqual([]);
  });

  it('a row of an answer that is not as documented is found', () => {
    const row = { PrimaryKey: '5', EntityName: 'contact', Column: { name: { RawValue: 'A' }, nick: {} } };
    const body = Buffer.from(JSON.stringify({ value: [row] }));
    const answer = { status: 200, contentType: 'application/json', body };
    const each = exchange('GET', '/v1/Archive/SimpleContact?$select=name', { answer });
    const question = questionIn(each);
    expect(question && rowFaults(each, question)).toEqual(
      expect.arrayContaining([
        'row: TableRight is missing',
        'columns: nick was not expected',
        'cell: DisplayValue is missing',
        'PrimaryKey: "5"',
      ]),
    );
  });

  it('a slim row of an answer that is not as documented is found', () => {
    const row = { PrimaryKey: 5, EntityName: 'phone', 'phone.rank': 1 };
    const body = Buffer.from(JSON.stringify({ value: [row] }));
    const answer = { status: 200, contentType: 'application/json', body };
    const each = exchange('GET', '/v1/Archive/dynamic?$select=phone.phone&$mode=Slim', { answer });
    const question = questionIn(each);
    expect(question && rowFaults(each, question)).toEqual([
      'row: phone.rank was not expected',
      'row: phone.phone is missing',
      'PrimaryKey: 5',
    ]);
  });
});

describe('values of custom fields in another form are found', () => {
  const fields = [
    { ProgId: 'A:Num', FieldType: 'Number' },
    { ProgId: 'A:Dec', FieldType: 'Decimal' },
    { ProgId: 'A:Day', FieldType: 'Date' },
    { ProgId: 'A:Tick', FieldType: 'Checkbox' },
    { ProgId: 'A:Text', FieldType: 'ShortText' },
  ];
  const body = Buffer.from(JSON.stringify(fields));
  const answer = { status: 200, contentType: 'application/json', body };
  const layouts = readLayouts([exchange('GET', '/v1/Contact/UdefLayout/Published', { answer })]);

  it.each([
    ['A:Num', '7', '[I:7]'],
    ['A:Dec', '[F:1,5]', '[F:1.5]'],
    ['A:Day', '[D:2020-05-31]', '[D:05/31/2020]'],
    ['A:Tick', '[I:2]', '[I:1]'],
    ['A:Text', '[I:5]', 'five'],
  ])('%s: %s', (name, wrong, right) => {
    const written = (value: string) => [
      ...customFieldFaults(
        layouts,
        exchange('POST', '/v1/Contact', { json: { CustomFields: { [name]: value } } }),
      ),
      ...customFieldFaults(
        layouts,
        patched({ op: 'replace', path: '/CustomFields', value: { [name]: value } }),
      ),
    ];
    expect(written(wrong)).toHaveLength(2);
    expect(written(right)).toEqual([]);
  });

  it('a field that the layout does not have', () => {
    const json = { CustomFields: { 'A:Nick': '' } };
    expect(customFieldFaults(layouts, exchange('POST', '/v1/Contact', { json }))).toEqual([
      'Contact: no field A:Nick',
    ]);
  });
});
