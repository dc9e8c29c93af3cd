import { once } from 'node:events';
import { request as ask, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RecordingProxy, startRecordingProxy } from '../contract/recording-proxy.ts';
import { Tenant } from '../sandbox/entities/tenant.ts';
import { folderOfFile } from '../support/folders.ts';
import { type Place, placeAt } from './places.ts';

const folder = folderOfFile();
const companies = 2500;
let tenant: Tenant;
let proxy: RecordingProxy;
let place: Place;

/** Companies, each second one with a phone, and each tenth one with a text of its own. */
beforeAll(async () => {
  tenant = await Tenant.start();
  await inTurn(companies, n =>
    tenant.json('POST', '/v1/Contact?$select=ContactId', {
      Name: `Company ${n}`,
      Phones: n % 2 === 0 ? [{ Value: `${n}` }] : [],
      CustomFields: {
        'Siteshop:CompUserKey01': `C-${n}`,
        ...(n % 10 === 0 ? { 'Siteshop:CompUserText01': 'tenth' } : {}),
      },
    }),
  );
  const owner = 2;
  await inTurn(1200, n =>
    tenant.json('POST', '/v1/Person?$select=PersonId', {
      Lastname: `Person ${n}`,
      Contact: { ContactId: owner + (n % 300) },
      CustomFields: { 'Siteshop:PersUserKey01': `P-${n}` },
    }),
  );
  await inTurn(30, n =>
    tenant.json('POST', '/v1/Sale?$select=SaleId', {
      Heading: `Sale ${n}`,
      Contact: { ContactId: owner + n },
      CustomFields: { 'Siteshop:SaleUserKey01': `S-${n}` },
    }),
  );
  proxy = await startRecordingProxy(tenant.sandbox.url);
  place = await placeAt(folder, tenant, proxy.url);
}, 60_000);
afterAll(async () => {
  proxy.close();
  await tenant.close();
});

async function inTurn(count: number, work: (n: number) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < count; from += 25)
    await Promise.all(Array.from({ length: Math.min(25, count - from) }, (_, n) => work(from + n)));
}

/** Rows of an export, and the requests for them by what they asked. */
async function read(...flags: readonly string[]) {
  const before = proxy.exchanges.length;
  const { stdout, stderr, exitCode } = await place.run('export', ...flags, '--format', 'ndjson');
  expect(exitCode, stderr).toBe(0);
  const seen = proxy.exchanges.slice(before);
  return {
    rows: stdout
      .trim()
      .split('\n')
      .map((line): Record<string, string> => JSON.parse(line)),
    archive: (name: string) => seen.filter(({ path }) => path === `/v1/Archive/${name}`),
    total: seen.length,
  };
}

describe('requests', () => {
  it('one for a thousand records, and one to know that there are no more', async () => {
    const { rows, archive, total } = await read('--datatype', 'Company', '--fields', 'SuperOfficeId,Name');
    expect(rows).toHaveLength(companies + 1);
    expect(archive('SimpleContact')).toHaveLength(Math.ceil(companies / 1000) + 1);
    // Who is signed in.
    expect(total).toBeLessThanOrEqual(Math.ceil(companies / 1000) + 2);
  });

  it('only the columns that are needed', async () => {
    const { archive } = await read('--datatype', 'Company', '--fields', 'Name', '--limit', '1');
    expect(archive('SimpleContact')[0]?.query.get('$select')).toBe('contactId,name');
  });

  it('of other tables, those of the fields that were asked for, a range for ids that lie close together', async () => {
    const { rows, archive } = await read('--datatype', 'Company', '--fields', 'Name,Phone1');
    expect(rows.filter(({ Phone1 }) => Phone1 !== '')).toHaveLength(companies / 2);
    const asked = archive('dynamic').map(({ query }) => query.get('$filter') ?? '');
    expect(asked.every(filter => filter.includes('phone.owner_id between'))).toBe(true);
  });

  it('of other tables as much at once as an answer holds, and every row of it for its record', async () => {
    const { rows, archive } = await read('--datatype', 'Company', '--fields', 'Name,Phone1,Interests');
    const numbered = rows.filter(({ Name = '' }) => /^Company \d+$/.test(Name));
    expect(numbered).toHaveLength(companies);
    for (const { Name = '', Phone1 } of numbered) {
      const number = Number(Name.slice('Company '.length));
      expect(Phone1).toBe(number % 2 === 0 ? String(number) : '');
    }
    const asked = archive('dynamic').map(({ query }) => query.get('$filter') ?? '');
    // Each second one has a phone: the first thousand, and then the others at once.
    expect(asked.filter(filter => filter.includes('phone.owner_id'))).toHaveLength(2);
    expect(asked.filter(filter => filter.includes('contactinterest.contact_id'))).toHaveLength(2);
  });

  it('lists for ids that lie far apart', async () => {
    const { rows, archive } = await read(
      '--datatype',
      'Company',
      '--fields',
      'Name,Phone1',
      '--where',
      'CompUserText01=tenth',
    );
    expect(rows).toHaveLength(companies / 10);
    const asked = archive('dynamic').map(({ query }) => query.get('$filter') ?? '');
    expect(asked.map(filter => idsIn(filter, 'phone.owner_id').length)).toEqual([200, 50]);
  });

  it('keys of parents come along where the archive has them', async () => {
    const { rows, archive } = await read('--datatype', 'Sale', '--fields', 'SaleUserKey01,CompUserKey01');
    expect(rows.map(({ CompUserKey01 }) => CompUserKey01).sort()).toEqual(
      Array.from({ length: 30 }, (_, n) => `C-${n}`).sort(),
    );
    expect(archive('SimpleContact')).toEqual([]);
    expect(archive('SimpleSale')).toHaveLength(2);
  });

  it('keys of other parents are looked up, each parent once', async () => {
    const { rows, archive } = await read('--datatype', 'Person', '--fields', 'PersUserKey01,CompUserKey01');
    const keyed = rows.filter(({ PersUserKey01 }) => PersUserKey01 !== '');
    expect(keyed).toHaveLength(1200);
    expect(keyed.every(({ CompUserKey01 = '' }) => /^C-\d+$/.test(CompUserKey01))).toBe(true);
    const asked = archive('SimpleContact').flatMap(({ query }) =>
      idsIn(query.get('$filter') ?? '', 'contactId'),
    );
    expect(new Set(asked).size).toBe(asked.length);
    // With the company that the users work for.
    expect(asked).toHaveLength(301);
  });
});

/** The numbers of a list in a filter. */
function idsIn(filter: string, column: string): string[] {
  const [, list = ''] = new RegExp(`${column.replace('.', '\\.')} in \\(([^)]*)\\)`, 'i').exec(filter) ?? [];
  return list === '' ? [] : list.split(',').map(id => id.trim());
}

/** Rows of one archive, as the agents and `$mode=Full` have them. */
type Rows = readonly { readonly PrimaryKey: number }[];

describe('an archive that answers in its own way', () => {
  const ways: readonly {
    readonly name: string;
    readonly change: (rows: Rows, before: Rows) => Rows;
  }[] = [
    { name: 'repeats rows', change: rows => rows.flatMap(row => [row, row]) },
    {
      name: 'begins each page with rows of the one before',
      change: (rows, before) => [...before.slice(-3), ...rows],
    },
    { name: 'gives fewer rows than were asked for', change: rows => rows.slice(0, 400) },
    {
      name: 'gives one row at a time near the end',
      change: rows => (rows.length < 300 ? rows.slice(0, 60) : rows),
    },
  ];
  it.each(ways)('$name: every record once, none lost', async ({ change }) => {
    const server = await startChanging(tenant.sandbox.url, change);
    try {
      const there = await placeAt(join(folder, 'changed'), tenant, server.url);
      const { stdout, stderr, exitCode } = await there.run(
        ...[
          'export',
          '--datatype',
          'Company',
          '--fields',
          'SuperOfficeId,CompUserKey01',
          '--format',
          'ndjson',
        ],
      );
      expect(exitCode, stderr).toBe(0);
      const ids = stdout
        .trim()
        .split('\n')
        .map(line => Number(JSON.parse(line).SuperOfficeId));
      expect(ids).toEqual(Array.from({ length: companies + 1 }, (_, n) => n + 1));
    } finally {
      server.close();
    }
  });
});

/** Stands before a SuperOffice and changes the rows of its archive of companies. */
async function startChanging(target: string, change: (rows: Rows, before: Rows) => Rows) {
  const root = new URL(target);
  let before: Rows = [];
  const server = createServer(async (incoming, response) => {
    const { method, url = '', headers } = incoming;
    const onward = ask({ host: root.hostname, port: root.port, method, path: url, headers });
    incoming.pipe(onward);
    const [answer] = await once(onward, 'response');
    const chunks: Buffer[] = [];
    for await (const chunk of answer) chunks.push(chunk);
    let body = Buffer.concat(chunks);
    if (url.includes('/Archive/SimpleContact')) {
      const json: { value: Rows } = JSON.parse(body.toString('utf8'));
      const given = json.value;
      json.value = given.length === 0 ? given : change(given, before);
      before = given;
      body = Buffer.from(JSON.stringify(json));
    }
    response.writeHead(answer.statusCode ?? 500, {
      'content-type': answer.headers['content-type'] ?? '',
      'content-length': body.length,
    });
    response.end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${root.pathname}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
