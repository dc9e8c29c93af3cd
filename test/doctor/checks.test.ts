import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bulkCheck } from '../../src/doctor/bulk-checks.ts';
import type { Check } from '../../src/doctor/check.ts';
import { secretChecks } from '../../src/doctor/config-checks.ts';
import { rateCheck, tenantCheck, tlsCheck } from '../../src/doctor/connection-checks.ts';
import { clockCheck, folderCheck, nodeCheck, proxyCheck } from '../../src/doctor/machine-checks.ts';
import { folderFacts } from '../../src/doctor/machine-facts.ts';
import type { Subject } from '../../src/doctor/subject.ts';
import { SicError } from '../../src/problems/sic-error.ts';
import { lackOfRoom } from '../../src/superoffice/udef-room.ts';
import { temporaryFolder } from '../support/folders.ts';

function words({ status, found }: Check): string {
  return `${status}: ${found}`;
}

test.each([
  ['20.18.1', 'ok'],
  ['20.18.0', 'missing'],
  ['20.9.9', 'missing'],
  ['18.20.4', 'missing'],
  ['20.19.0', 'ok'],
  ['24.0.0', 'ok'],
])('Node %s is %s', (version, status) => {
  expect(nodeCheck(version).status).toBe(status);
});

test.each([
  [{ free: 5e9, fault: null }, 'ok', '5.0 GB'],
  [{ free: 400e6, fault: null }, 'advice', '400 MB'],
  [{ free: 3e6, fault: null }, 'missing', '3.0 MB'],
  [{ free: null, fault: null }, 'ok', 'cannot be asked'],
  [{ free: 5e9, fault: 'EACCES' }, 'missing', 'EACCES'],
])('a folder with %j is %s', (facts, status, found) => {
  const check = folderCheck('state folder', { path: '/var/lib/sic', ...facts }, '--state-dir');
  expect(words(check)).toMatch(new RegExp(`^${status}: .*${found}`));
});

describe('facts of a folder', () => {
  test('that is there, and one that is not there yet', async () => {
    const folder = await temporaryFolder();
    expect(await folderFacts(folder)).toEqual({ path: folder, free: expect.any(Number), fault: null });
    const deep = join(folder, 'a', 'b');
    expect(await folderFacts(deep)).toEqual({ path: deep, free: expect.any(Number), fault: null });
  });

  test('behind a file', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'file'), '');
    expect((await folderFacts(join(folder, 'file', 'a'))).fault).toBe('ENOTDIR');
  });

  // The superuser may write everywhere.
  test.skipIf(process.getuid?.() === 0 || process.platform === 'win32')('without rights', async () => {
    const folder = join(await temporaryFolder(), 'closed');
    await mkdir(folder);
    await chmod(folder, 0o500);
    expect((await folderFacts(folder)).fault).toBe('EACCES');
  });
});

const noon = Date.UTC(2026, 0, 31, 12);
test.each([
  [0, 'ok: This machine and SuperOffice agree'],
  [29_000, 'ok: '],
  [-29_000, 'ok: '],
  [45_000, 'advice: The clock of this machine is 45 s ahead of that of SuperOffice.'],
  [-120_000, 'advice: The clock of this machine is 2 min behind that of SuperOffice.'],
  [600_000, 'missing: The clock of this machine is 10 min ahead'],
  [-7_200_000, 'missing: The clock of this machine is 2 h behind'],
])('a clock that is off by %i ms', (off, found) => {
  expect(words(clockCheck({ there: noon, here: noon + off }))).toContain(found);
});

test('a clock that nobody can be asked about', () => {
  expect(clockCheck(null).status).toBe('skipped');
});

const crm = new URL('https://crm.example.com/SuperOffice');
test.each<[URL | null, Record<string, string>, string]>([
  [null, { HTTPS_PROXY: 'http://p:1' }, 'ok: The embedded SuperOffice'],
  [new URL('http://127.0.0.1:8471/Sandbox'), { HTTP_PROXY: 'http://p:1' }, 'ok: This machine itself'],
  [crm, {}, 'ok: None is set.'],
  [
    crm,
    { HTTPS_PROXY: 'http://joe:pr0xy-word@proxy:3128' },
    'ok: http://joe:***@proxy:3128 is the way to crm.example.com.',
  ],
  [
    crm,
    { HTTPS_PROXY: 'proxy:3128', NO_PROXY: '.example.com' },
    'ok: NO_PROXY leads to crm.example.com past http://proxy:3128.',
  ],
  [
    crm,
    { HTTPS_PROXY: 'ftp://proxy' },
    'missing: The environment variable HTTPS_PROXY is not the address of a proxy',
  ],
])('proxy to %s with %j', (address, env, found) => {
  const check = proxyCheck(address, env);
  expect(words(check)).toContain(found);
  expect(JSON.stringify(check)).not.toContain('pr0xy-word');
});

const day = 86_400_000;
test.each<[string | null, number | null, string]>([
  [null, null, 'ok: The embedded SuperOffice'],
  ['http://127.0.0.1:8471/Sandbox', null, 'ok: http://127.0.0.1:8471/Sandbox is not encrypted'],
  ['https://crm.example.com', null, 'ok: The certificate of crm.example.com is trusted.'],
  [
    'https://crm.example.com',
    noon + 90 * day,
    'ok: The certificate of crm.example.com is trusted, until 2026-05-01.',
  ],
  [
    'https://crm.example.com',
    noon + 5 * day,
    'advice: The certificate of crm.example.com is trusted, but only until 2026-02-05.',
  ],
])('TLS of %s', (address, end, found) => {
  expect(words(tlsCheck(address === null ? null : new URL(address), end, noon))).toContain(found);
});

const subject: Subject = {
  profile: 'prod',
  signIn: '',
  address: crm,
  secrets: [],
  rate: { perSecond: 10, atOnce: 4, from: 'the default' },
  isEmbedded: false,
};
test.each<[Partial<Subject['rate']>, number | null, string]>([
  [
    {},
    null,
    'ok: At most 10 requests a second, 4 at a time (the default). 10,000 new rows would take at least 17 min',
  ],
  [{}, 100_000, '100,000 new rows would take at least 2 h 48 min'],
  [
    { perSecond: 1, from: '--rate' },
    1,
    'ok: At most 1 request a second, 4 at a time (--rate). 1 new row would take at least 1 s',
  ],
  [{ perSecond: 25 }, null, 'advice: At most 25 requests a second'],
  [{ perSecond: 0 }, null, 'advice: As many requests as SuperOffice answers'],
])('rate %j of %s rows', (rate, rows, found) => {
  expect(words(rateCheck({ ...subject, rate: { ...subject.rate, ...rate } }, rows))).toContain(found);
});

test('a SuperOffice of this machine may be asked as fast as it likes', () => {
  const rate = { perSecond: 0, atOnce: 8, from: '--rate' };
  const here = { ...subject, address: new URL('http://localhost:8471/Sandbox'), rate };
  expect(rateCheck(here, null).status).toBe('ok');
});

test('a tenant that does not tell its version', () => {
  expect(tenantCheck('Cust12345', '').found).toBe('Cust12345 is running.');
});

test('secrets: read, with blanks around them, not there; never shown', async () => {
  const secrets = ['good-word', ' padded-word\n', ''].map((value, index) => ({
    ref: { env: value },
    what: `secret ${index}`,
    signsIn: true,
  }));
  const checks = await secretChecks(secrets, async ({ ref }) => {
    const value = 'env' in ref ? ref.env : '';
    if (value === '') throw new SicError('config', 'It is not set.', { hint: 'Set it.' });
    return value;
  });
  expect(checks.map(({ status }) => status)).toEqual(['ok', 'advice', 'missing']);
  expect(checks[2]).toMatchObject({ found: 'It is not set.', todo: 'Set it.', ends: 'config' });
});

test.each([
  [true, 'ok'],
  [false, 'advice'],
])('mass operations of a system user (%s) are %s', (isSystemUser, status) => {
  const principal = {
    associateId: 1,
    associate: 'SIC',
    fullName: '',
    isSystemUser,
    database: '',
    userType: '',
    email: '',
    role: '',
    functionRights: [],
  };
  expect(bulkCheck(principal).status).toBe(status);
});

test.each([
  [39, 1, true],
  [40, 1, false],
  [38, 2, true],
  [38, 3, false],
])('%i short texts leave room for %i more: %s', (present, wanted, fits) => {
  const texts = (count: number) => Array.from({ length: count }, () => 'ShortText' as const);
  expect(lackOfRoom([...texts(present), 'Number', 'LongText'], texts(wanted)) === null).toBe(fits);
});

test('fields of other kinds take no room, and share it with their like', () => {
  expect(lackOfRoom(Array(40).fill('ShortText'), ['LongText', 'Decimal', 'Number'])).toBeNull();
  expect(lackOfRoom([...Array(30).fill('Number'), ...Array(30).fill('List')], ['Checkbox'])).toContain('60');
});
