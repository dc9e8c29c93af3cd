import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningSandbox, startSandbox } from '../../src/sandbox/server.ts';
import type { ArchiveQuery } from '../../src/superoffice/archive.ts';
import { connect } from '../../src/superoffice/connect.ts';
import * as filter from '../../src/superoffice/filter.ts';
import { basicCredentials } from '../../src/superoffice/sign-in/credentials.ts';
import type { SuperOffice } from '../../src/superoffice/superoffice.ts';
import { readArchiveColumns } from './archive-columns.ts';
import { archiveFaults, formFaults, questionIn, rowFaults } from './archive-faults.ts';
import { answerFaults, operationFor, requestFaults } from './client-faults.ts';
import { readDatabaseColumns } from './database-columns.ts';
import { type Exchange, type RecordingProxy, startRecordingProxy } from './recording-proxy.ts';
import { readOperations } from './specification.ts';

const shared = resolve(import.meta.dirname, '../../../shared/superoffice');
const isThere = existsSync(join(shared, 'openapi'));
const operations = isThere ? readOperations(join(shared, 'openapi')) : [];

/** Every filter there is, on columns of its types. */
const contactFilters = [
  filter.isOneOf('number', ['1', "O'Hara"]),
  filter.isOneOfNumbers('contactId', [1, 2]),
  filter.equalsText('name', 'A'),
  filter.equalsNumber('contactId', 1),
  filter.unequalNumber('contactId', 1),
  filter.greaterThan('contactId', 0),
  filter.lessThan('contactUdef/Siteshop:CompUserDec01', 1.5),
  filter.betweenNumbers('contactUdef/Siteshop:CompUserNum01', -1, 5),
  filter.isNotNull('orgnr'),
  filter.isFlag('stop', true),
  filter.isFlag('contactUdef/Siteshop:CompUserCheck01', false),
  filter.dayAfter('registeredDate', '2026-01-31'),
  filter.dayBefore('contactUdef/Siteshop:CompUserDate02', '2026-01-31'),
  filter.betweenDays('contactUdef/Siteshop:CompUserDate01', '2026-01-01', '2026-01-31'),
  filter.notBefore('updatedDate', '2026-01-31T08:00:00'),
  filter.beforeMoment('deletedDate', '2026-01-31T08:00:00'),
  filter.isOneOfList('category', [1, 2]),
  filter.isNoneOfList('contactUdef/Siteshop:CompUserList01', [1]),
  filter.isOneOfList('contactInterestIds', [1]),
  filter.associateIsOneOf('associateId', [1, 2]),
  filter.associateIsNoneOf('registeredBy', [1]),
  filter.or(filter.equalsNumber('contactId', 1), filter.isFlag('stop', true)),
];
const ticketFilters = [
  filter.hasOneOf('tags', [1, 2]),
  filter.notBefore('createdAt', '2026-01-31T08:00:00'),
  filter.betweenNumbers('extra/x_number01', 1, 2),
];

const contacts: ArchiveQuery = {
  provider: 'SimpleContact',
  entities: 'contact',
  columns: ['contactId', 'name', 'registeredDate'],
  filter: 'contactId gt 0',
  orderBy: 'contactId',
  utcStamps: true,
};
const tickets: ArchiveQuery = {
  provider: 'Ticket',
  columns: ['ticketId'],
  filter: '',
  orderBy: 'ticketId',
  top: 1,
};
const long = filter.and(
  filter.isOneOf(
    'name',
    Array.from({ length: 90 }, (_, n) => `Nobody has so long a name ${n}`),
  ),
  filter.isFlag('stop', false),
);
const sort = [
  { column: 'name', descending: true },
  { column: 'contactId', descending: false },
];

describe.runIf(isThere)('what an export asks of archives is as the documents say', () => {
  let sandbox: RunningSandbox;
  let proxy: RecordingProxy;
  let superoffice: SuperOffice;

  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, data: null, latency: 0, seed: 'demo' });
    proxy = await startRecordingProxy(sandbox.url);
    superoffice = await connect({
      credentials: basicCredentials(proxy.url, sandbox.username, sandbox.password),
      rate: 0,
      concurrency: 4,
      env: {},
      note: () => undefined,
      signal: new AbortController().signal,
    });
    for (const each of contactFilters) await superoffice.archive({ ...contacts, filter: each, top: 1 });
    for (const each of ticketFilters) await superoffice.archive({ ...tickets, filter: each });
    await superoffice.archive({ ...contacts, sort, top: 10 });
    await superoffice.archive({ ...contacts, filter: long, sort, top: 10 });
    await superoffice.archiveColumns('SimpleContact');
    proxy.disturb((method, path) =>
      path.endsWith('$metadata') || (method === 'POST' && path.startsWith('/v1/Archive/')) ? 'refuse' : null,
    );
    await superoffice.archive({ ...contacts, filter: long, sort, top: 10 });
    await superoffice.archiveColumns('Ticket');
  });

  afterAll(async () => {
    await superoffice?.close();
    proxy?.close();
    await sandbox?.close();
  });

  const told = (faultsOf: (exchange: Exchange) => readonly string[]): string[] =>
    proxy.exchanges.flatMap(each => faultsOf(each).map(fault => `${each.method} ${each.path}: ${fault}`));
  const operationOf = ({ method, path }: Exchange) => operationFor(operations, method, path);

  it('every way was gone', () => {
    const gone = new Set(proxy.exchanges.map(each => `${each.method} ${operationOf(each)?.path}`));
    expect([...gone].sort()).toEqual([
      'GET /v1/Archive/{archiveProviderName}',
      'GET /v1/Archive/{archiveProviderName}/$metadata',
      'GET /v1/User/currentPrincipal',
      'POST /v1/Agents/Archive/GetArchiveListByColumns2',
      'POST /v1/Agents/Archive/GetAvailableColumns',
      'POST /v1/Archive/{archiveProviderName}',
    ]);
  });

  it('requests are as their operations ask', () => {
    const faults = told(each => {
      const operation = operationOf(each);
      return operation ? requestFaults(operation, each) : ['in no document'];
    });
    // The specification has the form's operation without the form (client.test.ts).
    expect(faults.filter(fault => !fault.startsWith('POST /v1/Archive/'))).toEqual([]);
  });

  it('columns, sort orders, operators and values are those of the providers', () => {
    const reading = readFileSync(join(shared, 'reading.md'), 'utf8');
    const providers = readArchiveColumns(reading);
    const database = readDatabaseColumns(readFileSync(join(shared, 'writing.md'), 'utf8'), reading);
    const ofGet = operationFor(operations, 'GET', '/v1/Archive/Ticket')?.parameters ?? [];
    const faults = told(each => {
      const question = questionIn(each);
      if (!question) return [];
      return [
        ...archiveFaults(question, providers, database),
        ...formFaults(each, ofGet),
        ...rowFaults(each, question),
      ];
    });
    expect(faults).toEqual([]);
  });

  it('columns are described by the agent as the specification says', () => {
    const agents = proxy.exchanges.filter(({ path }) => path.endsWith('/GetAvailableColumns'));
    expect(agents).toHaveLength(1);
    expect(
      agents.flatMap(each => {
        const operation = operationOf(each);
        return operation ? answerFaults(operation, each) : ['in no document'];
      }),
    ).toEqual([]);
  });
});
