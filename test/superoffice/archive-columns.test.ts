import { expect, onTestFinished, test } from 'vitest';
import { findArchiveColumn, readArchiveColumns } from '../../src/superoffice/archive-columns.ts';
import { openHttp } from './open-http.ts';
import { type Script, startServer } from './scripted-server.ts';

async function open(script: Script) {
  const server = await startServer(script);
  const { http } = await openHttp(server.root);
  onTestFinished(async () => {
    await http.close();
    await server.close();
  });
  return { log: server.log, http };
}

/** The sample of section 7.5 of reading.md. */
const name = {
  DisplayName: 'Company name',
  DisplayTooltip: '',
  DisplayType: 'string',
  CanOrderBy: true,
  Name: 'name',
  CanRestrictBy: true,
  RestrictionType: 'stringorPK',
  RestrictionListName: 'locateContact_new',
  IsVisible: true,
  ExtraInfo: '',
  Width: '25%',
  IconHint: 'Contact',
  HeadingIconHint: '',
};
const contactId = {
  ...name,
  DisplayName: 'NO:"Firma-ID";US:"Company ID"',
  DisplayType: 'int',
  Name: 'contactId',
  RestrictionType: 'int',
  RestrictionListName: null,
};
const icon = { ...name, Name: 'icon', CanOrderBy: false, CanRestrictBy: false };

const read = {
  name: {
    name: 'name',
    restriction: 'stringorPK',
    sortable: true,
    list: 'locateContact_new',
    type: 'string',
    label: 'Company name',
  },
  contactId: {
    name: 'contactId',
    restriction: 'int',
    sortable: true,
    list: '',
    type: 'int',
    label: 'Company ID',
  },
};

test('columns are read by name, labels in English', async () => {
  const { log, http } = await open(() => ({ body: { contactId, name, icon } }));
  const columns = await readArchiveColumns(http, 'SimpleContact');
  expect([...columns.keys()]).toEqual(['contactId', 'name', 'icon']);
  expect(columns.get('name')).toEqual(read.name);
  expect(columns.get('contactId')).toEqual(read.contactId);
  expect(columns.get('icon')).toMatchObject({ restriction: '', sortable: false });
  expect(log).toHaveLength(1);
  expect(log[0]).toMatchObject({ method: 'GET', path: '/v1/Archive/SimpleContact/$metadata' });
  expect(log[0]?.headers['accept-language']).toBe('en');
});

test('the answer of a query, which the specification promises, is read as well', async () => {
  const { http } = await open(() => ({ body: { 'odata.metadata': '', value: [contactId, name] } }));
  expect(Object.fromEntries(await readArchiveColumns(http, 'SimpleContact'))).toEqual({
    contactId: read.contactId,
    name: read.name,
  });
});

test.each([404, 405])('a server that does not know the address (%i) is asked as the agent', async status => {
  const { log, http } = await open((_, turn) =>
    turn === 1 ? { status, body: { Message: 'No HTTP resource was found' } } : { body: [contactId, name] },
  );
  const columns = await readArchiveColumns(http, 'SimpleContact');
  expect(Object.fromEntries(columns)).toEqual({ contactId: read.contactId, name: read.name });
  expect(log[1]).toMatchObject({ method: 'POST', path: '/v1/Agents/Archive/GetAvailableColumns' });
  expect(JSON.parse(log[1]?.body ?? '')).toEqual({ ProviderName: 'SimpleContact', Context: '' });
});

test('a provider that is not there is the error of the agent, however that says it', async () => {
  const told = await open((_, turn) => ({
    status: 404,
    body:
      turn === 1 ? {} : { Error: true, ErrorType: 'SoNotFoundException', ErrorMessage: "no provider 'X'" },
  }));
  await expect(readArchiveColumns(told.http, 'X')).rejects.toThrow("no provider 'X'");
  const silent = await open((_, turn) => (turn === 1 ? { status: 404, body: {} } : { body: 'null' }));
  await expect(readArchiveColumns(silent.http, 'X')).rejects.toMatchObject({ scope: 'row' });
});

test('what concerns the whole tenant is not asked twice', async () => {
  const { log, http } = await open(() => ({ status: 401, body: {} }));
  await expect(readArchiveColumns(http, 'SimpleContact')).rejects.toMatchObject({ scope: 'tenant' });
  expect(new Set(log.map(({ path }) => path))).toEqual(new Set(['/v1/Archive/SimpleContact/$metadata']));
});

test('a column is found in any letter case that means but one', () => {
  const columns = new Map(
    ['contactId', 'contactUdef/A:Key', 'contactUdef/A:key'].map(each => [each, { ...read.name, name: each }]),
  );
  const found = (wanted: string) => findArchiveColumn(columns, wanted)?.name ?? null;
  expect(found('CONTACTID')).toBe('contactId');
  expect(found('contactUdef/A:key')).toBe('contactUdef/A:key');
  expect(found('contactUdef/A:KEY')).toBeNull();
  expect(found('nick')).toBeNull();
});
