import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { datatypes } from '../../src/datatypes/index.ts';
import { isTypedList, readListItem, takesIncludeDeleted } from '../../src/superoffice/list-carriers.ts';
import { readArchiveColumns } from './archive-columns.ts';
import { archiveFaults, formFaults, questionIn, rowFaults } from './archive-faults.ts';
import { answerFaults, operationFor, requestFaults } from './client-faults.ts';
import { customFieldFaults, readLayouts } from './custom-field-faults.ts';
import { readDatabaseColumns } from './database-columns.ts';
import { created } from './linked-set.ts';
import { patchFaults, patchOperation } from './patch-faults.ts';
import { type Recorded, recordEverything } from './program-runs.ts';
import type { Exchange } from './recording-proxy.ts';
import { type Operation, readOperations } from './specification.ts';

const shared = resolve(import.meta.dirname, '../../../shared/superoffice');
const isThere = existsSync(join(shared, 'openapi'));
if (!isThere) process.stderr.write(`Skipped: what the client sends is not compared, ${shared} is absent.\n`);

const operations = isThere ? readOperations(join(shared, 'openapi')) : [];

interface Exception {
  readonly call: string;
  /** All of it, or what all of its kind look like. */
  readonly fault: string | RegExp;
  readonly reason: string;
}

const noForeignKeyYet =
  'the specification lists 200 alone, and no document says how one that is not there is answered: the client takes 404, no body and an id of 0 alike';
const longQuery =
  'the specification has the operation without the options that it takes; section 7.7 of reading.md sends them as a form, and the agent is the way where that is refused';

/** Where the specifications say something else than the documents, or nothing. */
const exceptions: readonly Exception[] = [
  {
    call: 'GET /v1/ForeignApp/{applicationName}',
    fault: 'status 404 is not listed',
    reason: noForeignKeyYet,
  },
  {
    call: 'GET /v1/ForeignApp/{applicationName}/{deviceName}/{deviceIdentifier}',
    fault: 'status 404 is not listed',
    reason: noForeignKeyYet,
  },
  {
    call: 'POST /v1/Archive/{archiveProviderName}',
    fault: 'a body, where none is documented',
    reason: longQuery,
  },
  {
    call: 'POST /v1/Archive/{archiveProviderName}',
    fault: 'content type application/x-www-form-urlencoded: not listed',
    reason: longQuery,
  },
  {
    call: 'GET /v1/Archive/{archiveProviderName}/$metadata',
    fault: /^[\w/:.]+: (?:not in the schema|missing)$/,
    reason:
      'the specification has the answer of a query here, and the samples of the documents an object by column: the client reads both',
  },
];

/** Questions to archives that no document answers. */
const archiveExceptions: readonly Exception[] = [
  {
    call: 'GET /v1/Archive/{archiveProviderName}',
    fault:
      /^dynamic: (?:phone\.phone|email\.email_address|url\.url_address) \(-\) (?:has no operator is|is compared with '')$/,
    reason:
      'which operators texts of the dynamic archive have is in no document: an export asks as it does everywhere else, and what cannot be asked is refused, not answered wrongly',
  },
];

/**
 * The calls that the client has for rows; `{typed}` stands for the lists with an endpoint of their own. Missing is
 * Agents/MDO/GetListIdByListName, the last resort where GET /v1/List does not tell a list by its name: the sandbox does.
 */
const calls = [
  'DELETE /v1/Appointment/{id}',
  'DELETE /v1/Contact/{id}',
  'DELETE /v1/Document/{id}',
  'DELETE /v1/ForeignApp/{applicationName}/{deviceName}/{deviceIdentifier}/Key/{keyName}/{tableName}/{recordId}',
  'DELETE /v1/Person/{id}',
  'DELETE /v1/Project/{id}',
  'DELETE /v1/Sale/{id}',
  'DELETE /v1/Ticket/{id}',
  'DELETE /v1/TicketMessage/{id}',
  'GET /v1/Appointment/UdefLayout/Published',
  'GET /v1/Archive/{archiveProviderName}',
  'GET /v1/Archive/{archiveProviderName}/$metadata',
  'GET /v1/Attachment/{attachmentId}/Content',
  'GET /v1/Contact/UdefLayout/Published',
  'GET /v1/Document/UdefLayout/Published',
  'GET /v1/Document/{documentId}/Content',
  'GET /v1/Document/{documentId}/Length',
  'GET /v1/ForeignApp/{applicationName}',
  'GET /v1/ForeignApp/{applicationName}/{deviceName}/{deviceIdentifier}',
  'GET /v1/List',
  'GET /v1/List/{typed}/Items',
  'GET /v1/List/{udListDefinitionId}/Items',
  'GET /v1/MDOList/{listname}',
  'GET /v1/Person/UdefLayout/Published',
  'GET /v1/Project/UdefLayout/Published',
  'GET /v1/Sale/UdefLayout/Published',
  'GET /v1/Ticket/CustomField',
  'GET /v1/TicketMessage/CustomField',
  'GET /v1/TicketMessage/{ticketMessageEntityId}/Attachment',
  'GET /v1/User/currentPrincipal',
  'PATCH /v1/Appointment/{id}',
  'PATCH /v1/Contact/{id}',
  'PATCH /v1/Document/{id}',
  'PATCH /v1/Person/{id}',
  'PATCH /v1/Project/{id}',
  'PATCH /v1/Sale/{id}',
  'PATCH /v1/Ticket/{id}',
  'PATCH /v1/TicketMessage/{id}',
  'POST /v1/Agents/Archive/GetArchiveListByColumns2',
  'POST /v1/Agents/DatabaseTable/Upsert',
  'POST /v1/Agents/Contact/UpdateInterests',
  'POST /v1/Agents/Person/UpdateInterests',
  'POST /v1/Agents/Ticket/SendTicketMessage',
  'POST /v1/Appointment',
  'POST /v1/Archive/{archiveProviderName}',
  'POST /v1/Attachment',
  'POST /v1/Attachment/{attachmentId}/Content',
  'POST /v1/Contact',
  'POST /v1/Document',
  'POST /v1/ForeignApp/{appName}',
  'POST /v1/ForeignApp/{applicationName}/{deviceName}/{deviceIdentifier}',
  'POST /v1/List/{typed}/Items',
  'POST /v1/List/{udListDefinitionId}/Items',
  'POST /v1/Person',
  'POST /v1/Project',
  'POST /v1/Sale',
  'POST /v1/Ticket',
  'POST /v1/TicketMessage',
  'POST /v1/TicketMessage/{ticketMessageEntityId}/Attachment',
  'PUT /v1/Document/{documentId}/Content',
  'PUT /v1/ForeignApp/{applicationName}/{deviceName}/{deviceIdentifier}/Key',
  'PUT /v1/List/{typed}/Items/{id}',
  'PUT /v1/List/{udListDefinitionId}/Items/{id}',
];

function documented({ method, path }: Exchange): Operation | undefined {
  return method === 'PATCH' ? patchOperation(operations, path) : operationFor(operations, method, path);
}

function callOf(exchange: Exchange): string {
  return `${exchange.method} ${documented(exchange)?.path ?? exchange.path}`;
}

function isMeant(exception: Exception, call: string, fault: string): boolean {
  if (exception.call !== call) return false;
  return typeof exception.fault === 'string' ? exception.fault === fault : exception.fault.test(fault);
}

function isExpected(call: string, fault: string): boolean {
  return exceptions.some(exception => isMeant(exception, call, fault));
}

/** Columns by archive, as the tenant described them in these very runs: which there are differs from tenant to tenant. */
function describedColumns(exchanges: readonly Exchange[]): ReadonlySet<string> {
  const columns = new Set<string>();
  for (const { path, answer } of exchanges) {
    const [, provider] = /^\/v1\/Archive\/(\w+)\/\$metadata$/.exec(path) ?? [];
    if (provider === undefined) continue;
    for (const name of Object.keys(JSON.parse(answer.body.toString('utf8'))))
      columns.add(`${provider}: ${name}`);
  }
  return columns;
}

describe.runIf(isThere)('the program and SuperOffice talk as the documents say', () => {
  let recorded: Recorded;

  beforeAll(async () => {
    recorded = await recordEverything();
  }, 240_000);

  /** What is wrong with any exchange, told once per call: `PATCH /v1/Sale/{id}: path /Stage: nothing is called Stage`. */
  function told(faultsOf: (operation: Operation, exchange: Exchange) => readonly string[]): string[] {
    const found = recorded.exchanges.flatMap(exchange => {
      const call = callOf(exchange);
      const operation = documented(exchange);
      if (!operation) return [`${call}: in no document`];
      return faultsOf(operation, exchange)
        .filter(fault => !isExpected(call, fault))
        .map(fault => `${call}: ${fault}`);
    });
    return [...new Set(found)];
  }

  const sent = (operation: Operation, exchange: Exchange) =>
    exchange.method === 'PATCH' ? patchFaults(operation, exchange) : requestFaults(operation, exchange);

  it('runs end well, and rows are made, changed, known again and left alone', () => {
    expect(recorded.runs.filter(({ exitCode }) => exitCode !== 0)).toEqual([]);
    const happened = (status: string) => recorded.runs.some(({ counts }) => (counts[status] ?? 0) > 0);
    expect(['created', 'updated', 'current', 'unchanged'].filter(status => !happened(status))).toEqual([]);
  });

  it('every column that can be written is in the set', () => {
    const unwritten = datatypes.flatMap((datatype, index) => {
      const rows = Object.values(created)[index] ?? [];
      return datatype.fields
        .filter(({ slot, name }) => slot.at !== 'readonly' && !rows.some(row => (row[name] ?? null) !== null))
        .map(({ name }) => `${datatype.name}.${name}`);
    });
    expect(unwritten).toEqual([]);
  });

  it('every call of the client is made', () => {
    const made = recorded.exchanges.map(exchange =>
      callOf(exchange).replace(/\/List\/[A-Z]\w+\/Items/, '/List/{typed}/Items'),
    );
    expect([...new Set(made)].sort()).toEqual([...calls].sort());
  });

  it('requests are as their operations ask', () => {
    expect(told(sent)).toEqual([]);
  });

  it('answers of the sandbox are as their operations promise', () => {
    expect(told(answerFaults)).toEqual([]);
  });

  it('values of custom fields have the form of their type', () => {
    const layouts = readLayouts(recorded.exchanges);
    expect(told((_, exchange) => customFieldFaults(layouts, exchange))).toEqual([]);
  });

  it('archives are asked for columns that they have, by operators that these have', () => {
    const reading = readFileSync(join(shared, 'reading.md'), 'utf8');
    const providers = readArchiveColumns(reading);
    const database = readDatabaseColumns(readFileSync(join(shared, 'writing.md'), 'utf8'), reading);
    const described = describedColumns(recorded.exchanges);
    const met = new Set<Exception>();
    const ofGet = operationFor(operations, 'GET', '/v1/Archive/Ticket')?.parameters ?? [];
    const found = told((_, exchange) => {
      const question = questionIn(exchange);
      if (!question) return [];
      const faults = archiveFaults(question, providers, database).filter(
        fault => !described.has(fault.replace(': no column ', ': ')),
      );
      const excepted = archiveExceptions.filter(each =>
        faults.some(fault => isMeant(each, callOf(exchange), fault)),
      );
      for (const each of excepted) met.add(each);
      return [
        ...faults.filter(fault => !excepted.some(each => isMeant(each, callOf(exchange), fault))),
        ...formFaults(exchange, ofGet),
        ...rowFaults(exchange, question),
      ];
    });
    expect(found).toEqual([]);
    expect(archiveExceptions.filter(each => !met.has(each))).toEqual([]);
  });

  it('addresses stay short enough for the servers in front of SuperOffice', () => {
    // Section 7.7 of reading.md.
    const long = recorded.exchanges.filter(({ address }) => address.length > 1800);
    expect(long.map(({ address }) => address.slice(0, 100))).toEqual([]);
  });

  it('every exception is met', () => {
    const met = new Set(
      recorded.exchanges.flatMap(exchange => {
        const operation = documented(exchange);
        const faults = operation ? [...sent(operation, exchange), ...answerFaults(operation, exchange)] : [];
        return exceptions.filter(each => faults.some(fault => isMeant(each, callOf(exchange), fault)));
      }),
    );
    expect(exceptions.filter(each => !met.has(each))).toEqual([]);
  });
});

describe.runIf(isThere)('the client knows lists with endpoints of their own', () => {
  const reads = operations.flatMap(operation => {
    const [, name] = /^\/v1\/List\/(\w+)\/Items$/.exec(operation.path) ?? [];
    return name !== undefined && operation.method === 'GET' && isTypedList(name)
      ? [[name, operation] as const]
      : [];
  });

  it.each(reads)('%s: its parameter, and where its items keep id and name', (name, operation) => {
    const parameters = operation.parameters.map(parameter => parameter.name);
    expect(takesIncludeDeleted(name)).toBe(parameters.includes('includeDeleted'));
    const reference = operation.answers.get(200)?.items?.$ref ?? '';
    const { properties = {} } = operation.definitions[reference.replace('#/definitions/', '')] ?? {};
    const item = Object.fromEntries(
      Object.entries(properties).map(([property, { type }]) => [property, type === 'integer' ? 7 : property]),
    );
    expect(readListItem(name, item)).toMatchObject({ id: 7, raw: expect.stringMatching(/name|^Value$/i) });
  });

  it('there are as many as the section on list administration names', () => {
    expect(reads).toHaveLength(38);
  });
});
