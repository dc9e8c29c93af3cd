import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/folders.ts';
import { sic } from '../support/sic.ts';
import { openPoints, practice, told } from './practice.ts';

const keyFields = ['Comp', 'Pers', 'Proj', 'Sale', 'Appo', 'Docu'].map(each => `Siteshop:${each}UserKey01`);

test('--sandbox: everything is there', async () => {
  const cwd = await temporaryFolder();
  const { exitCode, stdout, stderr } = await sic(['doctor', '--sandbox', '--json'], { cwd });
  const document = JSON.parse(stdout);
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(document).toMatchObject({
    kind: 'sic.doctor',
    formatVersion: 1,
    profile: 'sandbox',
    tenant: 'Sandbox',
    exitCode: 0,
    made: [],
    fixable: 0,
    schedule: null,
    error: null,
  });
  expect(new Set(document.checks.map((check: { status: string }) => check.status))).toEqual(new Set(['ok']));
  const areas = new Set(document.checks.map((check: { area: string }) => check.area));
  expect([...areas]).toEqual(['config', 'machine', 'connection', 'keys', 'references', 'tickets', 'bulk']);
});

test('for people: one line each, and a verdict', async () => {
  const cwd = await temporaryFolder();
  const { exitCode, stdout } = await sic(['doctor', '--sandbox'], { cwd });
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^profile sandbox, Sandbox\n\nConfig\n {2}ok {7}config file: /);
  expect(stdout).toContain(
    '  ok       Siteshop:CompUserKey01: Short text, 39 characters, indexed, read-only',
  );
  expect(stdout).toMatch(/\n\nNothing has to be mended\.\n$/);
});

test('an unprepared SuperOffice: told, not mended off a terminal, mended with --yes, and then imported into', async () => {
  const place = await practice('empty');
  await place.write('companies.csv', 'CompUserKey01;Name;CompUserText01\nC-1;Fjordbygg AS;A\n');
  const before = await place.doctor();
  expect(before.exitCode).toBe(1);
  expect(openPoints(before)).toEqual([
    ...keyFields.map(progId => `missing ${progId}`),
    'advice types of sale',
  ]);
  expect(before.fixable).toBe(6);
  expect((await place.run(['import', 'companies.csv'])).exitCode).toBe(2);

  const unasked = await place.doctor(['companies.csv', '--fix']);
  expect(unasked.exitCode).toBe(2);
  expect(unasked.error?.code).toBe('usage');
  expect(unasked.stderr).toContain('Contact  Siteshop:CompUserKey01: short text, 39 characters, indexed');
  expect(unasked.stderr).toContain('Add --yes');
  expect(await place.call('GET', 'Contact/UdefLayout/Published')).toEqual([]);
  expect(await place.call('GET', 'Contact/UdefLayout')).toEqual([]);

  const mended = await place.doctor(['companies.csv', '--fix', '--yes']);
  expect([mended.exitCode, openPoints(mended), mended.fixable]).toEqual([0, [], 0]);
  expect(mended.made).toEqual([
    { entity: 'Contact', progId: 'Siteshop:CompUserKey01', type: 'ShortText' },
    { entity: 'Contact', progId: 'Siteshop:CompUserText01', type: 'ShortText' },
  ]);
  expect(await place.call('GET', 'Contact/UdefLayout/Published/Siteshop:CompUserKey01')).toMatchObject({
    FieldType: 'ShortText',
    TextLength: 39,
    IsIndexed: true,
    IsReadOnly: true,
    IsMandatory: false,
  });
  const { exitCode, stdout } = await place.run(['import', 'companies.csv', '--json']);
  expect([exitCode, JSON.parse(stdout).counts.created]).toEqual([0, 1]);
  const again = await place.doctor(['companies.csv', '--fix', '--yes']);
  expect([again.exitCode, again.made, again.stderr]).toEqual([0, [], '']);

  const rest = await place.doctor(['--fix', '--yes']);
  expect(rest.exitCode).toBe(0);
  expect(rest.made.map(({ progId }) => progId)).toEqual(keyFields.slice(1));
});

test.each([
  ['not indexed', { IsReadOnly: true }, 'missing: It is not indexed'],
  ['too short', { IsIndexed: true, IsReadOnly: true, TextLength: 20 }, 'advice: It holds 20 characters'],
  ['to be changed by people', { IsIndexed: true }, 'advice: It is not read-only'],
  ['mandatory', { IsIndexed: true, IsMandatory: true }, 'it is mandatory'],
  ['a long text', { FieldType: 'LongText', IsIndexed: true, IsReadOnly: true }, 'advice: It is a long text'],
  ['a number', { FieldType: 'Number', IsIndexed: true }, 'missing: It is a field of the type Number'],
  ['right', { IsIndexed: true, IsReadOnly: true }, 'ok: Short text, 39 characters'],
])('a key field that is %s', async (_case, field, words) => {
  const place = await practice('empty');
  await place.define('Contact', { ProgId: 'Siteshop:CompUserKey01', FieldLabel: 'Key', ...field });
  await place.write('companies.csv', 'CompUserKey01;Name\nC-1;Fjordbygg AS\n');
  const found = await place.doctor(['companies.csv']);
  expect(told(found, 'Siteshop:CompUserKey01')).toContain(words);
  expect(found.exitCode).toBe(words.startsWith('missing') ? 1 : 0);
  expect(found.fixable).toBe(0);
});

test('a Prog ID in another letter case is not made a second time', async () => {
  const place = await practice('empty');
  await place.define('Contact', { ProgId: 'siteshop:compuserkey01', FieldLabel: 'Key', IsIndexed: true });
  await place.write('companies.csv', 'CompUserKey01;Name\nC-1;Fjordbygg AS\n');
  const found = await place.doctor(['companies.csv', '--fix', '--yes']);
  expect([found.exitCode, found.fixable, found.made]).toEqual([1, 0, []]);
  expect(told(found, 'Siteshop:CompUserKey01')).toContain('It has "siteshop:compuserkey01"');
});

test('another prefix of Prog IDs', async () => {
  const place = await practice('empty', { config: { progIdPrefix: 'Acme:' } });
  const found = await place.doctor(['--fix', '--yes']);
  expect(found.made.map(({ progId }) => progId)).toContain('Acme:CompUserKey01');
  expect(found.exitCode).toBe(0);
});

test('changes of another administrator are not published along', async () => {
  const place = await practice('empty');
  await place.define('Contact', { ProgId: 'Acme:Half', FieldLabel: 'Half done' }, false);
  await place.write('companies.csv', 'CompUserKey01;Name\nC-1;Fjordbygg AS\n');
  const found = await place.doctor(['companies.csv', '--fix', '--yes']);
  expect([found.exitCode, found.made]).toEqual([1, []]);
  expect(told(found, 'fields of Contact')).toContain('changes that nobody has published yet ("Half done")');
  expect(await place.call('GET', 'Contact/UdefLayout/Published')).toEqual([]);
  expect(await place.call('GET', 'Contact/UdefLayout')).toHaveLength(1);
});

test('nobody publishes into a publishing that is under way; the other entities are mended', async () => {
  const place = await practice('empty');
  await place.call('POST', 'Agents/UserDefinedFieldInfo/SetPublishStartSystemEvent', { OwnerType: 'Person' });
  const found = await place.doctor(['--fix', '--yes']);
  expect(found.exitCode).toBe(1);
  expect(told(found, 'fields of Person')).toContain('Somebody is publishing the fields of Person');
  expect(openPoints(found)).toEqual([
    'missing Siteshop:PersUserKey01',
    'missing fields of Person',
    'advice types of sale',
  ]);
});

test('an ordinary user: no mass operations, and no right to make fields', async () => {
  const demo = await practice('demo', { ordinary: true });
  const found = await demo.doctor();
  expect([found.exitCode, openPoints(found)]).toEqual([0, ['advice mass operations']]);

  await demo.write('companies.csv', 'CompUserKey01;CompUserText77\nC-1;A\n');
  const refused = await demo.doctor(['companies.csv', '--fix', '--yes']);
  expect([refused.exitCode, refused.made]).toEqual([1, []]);
  expect(told(refused, 'fields of Contact')).toContain('missing: ');
});

test('tickets: an extra field of the profile that is there, and one that is not', async () => {
  const profile = { ticketKey: 'x_tickuserkey01', messageKey: 'x_nowhere' };
  const place = await practice('demo', { profile });
  const found = await place.doctor();
  expect(found.exitCode).toBe(1);
  expect(openPoints(found)).toEqual(['missing Message keys']);
  expect(told(found, 'Ticket keys')).toContain('ok: They are in the extra field x_tickuserkey01');
  expect(told(found, 'Message keys')).toContain('TicketMessage has no such extra field');
});
