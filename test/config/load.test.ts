import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { temporaryFolder } from '../support/folders.ts';
import { refusal } from '../support/refusal.ts';
import { configFolder } from './harness.ts';

const full = {
  $schema: './node_modules/sic/sic.schema.json',
  integrationId: '17PS01010001',
  defaultProfile: 'onsite',
  profiles: {
    onsite: {
      url: 'https://crm.example.com/SuperOffice/api/v1/',
      auth: { type: 'basic', username: 'SIC', password: { file: 'secrets/password' } },
      rate: 5,
      ticketKey: 'x_tickuserkey01',
    },
    local: {
      url: 'http://127.0.0.1:8471/Sandbox',
      auth: { type: 'ticket', ticket: { env: 'TICKET' } },
      concurrency: 2,
      messageKey: 'x_Mess_Key',
    },
  },
  mappings: [
    {
      match: 'kunder*.csv',
      datatype: 'Company',
      csv: { separator: ';', encoding: 'windows-1252' },
      dates: 'dd-MM-yyyy',
      decimal: ',',
      fields: {
        Kundenr: 'CompUserKey01',
        Internt: null,
        Land: { to: 'CountryName', values: { DK: 'Denmark' }, empty: 'clear' },
      },
      constants: { Category: 'Customer', CompUserNum01: 3, CompUserCheck01: true },
      unknownColumns: 'ignore',
      empty: 'clear',
      duplicates: 'last',
    },
    { dates: ['d/M/yy', 'dd.MM.yyyy'] },
  ],
  onConflict: { Company: 'crm' },
  lists: { Category: { missing: 'add' }, Business: { missing: 'default', default: 'Other' } },
  fallbackAssociate: 'ANDERSDYRE',
  timeZone: 'Europe/Oslo',
  sales: { earningMethod: 'cost' },
  tickets: { sendMail: true },
  documents: { template: 'General document', maxMegabytes: 20.5 },
  zip: { password: { file: 'secrets/zip' } },
  history: { keepDays: 365, keepValues: false },
  ping: { file: 'secrets/ping' },
  brakes: { maxErrors: '2.5%', maxChanges: 500, maxRequests: 20_000, deadline: '05:30' },
};

test('a full config, found from a folder below', async () => {
  const folder = await configFolder(full);
  const below = path.join(folder, 'in', 'today');
  await mkdir(below, { recursive: true });
  const config = await loadConfig({ file: null, cwd: below });
  expect(config).toEqual({
    file: path.join(folder, 'sic.config.json'),
    folder,
    integrationId: '17PS01010001',
    defaultProfile: 'onsite',
    profiles: new Map([
      [
        'onsite',
        {
          kind: 'onsite',
          ca: null,
          name: 'onsite',
          url: 'https://crm.example.com/SuperOffice',
          auth: {
            type: 'basic',
            username: 'SIC',
            password: { file: path.join(folder, 'secrets', 'password') },
          },
          rate: 5,
          concurrency: null,
          keyFields: { Ticket: 'x_tickuserkey01', Message: null },
        },
      ],
      [
        'local',
        {
          kind: 'onsite',
          ca: null,
          name: 'local',
          url: 'http://127.0.0.1:8471/Sandbox',
          auth: { type: 'ticket', ticket: { env: 'TICKET' } },
          rate: null,
          concurrency: 2,
          keyFields: { Ticket: null, Message: 'x_Mess_Key' },
        },
      ],
    ]),
    mappings: [
      {
        match: 'kunder*.csv',
        datatype: 'Company',
        csv: { separator: ';', encoding: 'windows-1252' },
        dates: ['dd-MM-yyyy'],
        decimal: ',',
        columns: new Map([
          ['Kundenr', { to: 'CompUserKey01', values: new Map(), empty: null }],
          ['Internt', { to: null, values: new Map(), empty: null }],
          ['Land', { to: 'CountryName', values: new Map([['DK', 'Denmark']]), empty: 'clear' }],
        ]),
        constants: new Map<string, unknown>([
          ['Category', 'Customer'],
          ['CompUserNum01', 3],
          ['CompUserCheck01', true],
        ]),
        unknownColumns: 'ignore',
        empty: 'clear',
        duplicates: 'last',
      },
      {
        match: null,
        datatype: null,
        csv: { separator: null, encoding: null },
        dates: ['d/M/yy', 'dd.MM.yyyy'],
        decimal: null,
        columns: new Map(),
        constants: new Map(),
        unknownColumns: 'refuse',
        empty: 'keep',
        duplicates: 'first',
      },
    ],
    lists: new Map([
      ['Category', { missing: 'add', default: null }],
      ['Business', { missing: 'default', default: 'Other' }],
    ]),
    fallbackAssociate: 'ANDERSDYRE',
    progIdPrefix: 'Siteshop:',
    timeZone: 'Europe/Oslo',
    earningMethod: 'cost',
    onConflict: new Map([['Company', 'crm']]),
    sendMail: true,
    documents: { template: 'General document', maxMegabytes: 20.5 },
    zip: { password: { file: path.join(folder, 'secrets', 'zip') } },
    history: { keepDays: 365, keepValues: false },
    ping: { file: path.join(folder, 'secrets', 'ping') },
    brakes: {
      maxErrors: { kind: 'share', percent: 2.5 },
      maxChanges: { kind: 'number', most: 500 },
      maxRequests: 20_000,
      deadline: '05:30',
    },
    searches: new Map(),
  });
});

test('no config at all', async () => {
  const folder = await temporaryFolder();
  const config = await loadConfig({ file: null, cwd: folder });
  expect(config).toMatchObject({
    file: null,
    folder,
    mappings: [],
    progIdPrefix: 'Siteshop:',
    timeZone: null,
    earningMethod: 'auto',
    sendMail: false,
    documents: { template: null, maxMegabytes: 94.4 },
    zip: { password: null },
    history: { keepDays: 90, keepValues: true },
  });
  expect(config.profiles.size).toBe(0);
});

test('history that is kept for ever', async () => {
  const cwd = await configFolder({ history: { keepDays: null } });
  const { history } = await loadConfig({ file: null, cwd });
  expect(history).toEqual({ keepDays: null, keepValues: true });
});

test.each([
  { sales: {}, tickets: {}, documents: {}, history: {} },
  { sales: { earningMethod: 'auto' }, tickets: { sendMail: false }, documents: { maxMegabytes: 94.4 } },
])('sections without a setting are the defaults: %j', async content => {
  const cwd = await configFolder(content);
  expect(await loadConfig({ file: null, cwd })).toMatchObject({
    earningMethod: 'auto',
    sendMail: false,
    documents: { template: null, maxMegabytes: 94.4 },
    history: { keepDays: 90, keepValues: true },
  });
});

test.each(['UTC', 'Europe/Oslo', 'America/Argentina/Buenos_Aires'])('time zone %s', async timeZone => {
  const cwd = await configFolder({ timeZone });
  expect((await loadConfig({ file: null, cwd })).timeZone).toBe(timeZone);
});

test('a named config that is not there, and a folder', async () => {
  const cwd = await temporaryFolder();
  expect(await refusal(() => loadConfig({ file: 'x/my.json', cwd }))).toMatchObject({
    code: 'config',
    message: `There is no config file ${path.join('x', 'my.json')}.`,
  });
  await mkdir(path.join(cwd, 'x'));
  expect(await refusal(() => loadConfig({ file: 'x', cwd }))).toMatchObject({
    message: 'x is a folder, not a config file.',
    hint: `Name the file in it, for example ${path.join('x', 'sic.config.json')}.`,
  });
});

test('a syntax error: line, column, excerpt', async () => {
  const cwd = await configFolder('{\n  "profiles": {},\n  # later\n  "mappings": []\n}');
  expect(await refusal(() => loadConfig({ file: null, cwd }))).toMatchObject({
    code: 'config',
    message: 'sic.config.json, line 3, column 3: there is a comment that begins with #.',
    detail: '2 |   "profiles": {},\n3 |   # later\n  |   ^',
    hint: 'Begin it with // instead.',
  });
});

test('comments are taken, and mistakes behind them are still found in their lines', async () => {
  const text =
    '// ours\n{ /* the\n one */ "integrationId": "1", // "timeZone": "x",\n  "profile": {} // ?\n}';
  expect(await refusal(async () => loadConfig({ file: null, cwd: await configFolder(text) }))).toMatchObject({
    detail: 'line 4: "profile" is not known at the top of the config. Did you mean "profiles"?',
  });
  const cwd = await configFolder(text.replace('"profile"', '"profiles"'));
  expect((await loadConfig({ file: null, cwd })).integrationId).toBe('1');
});

test('a byte order mark is fine, another encoding is not', async () => {
  const cwd = await temporaryFolder();
  await writeFile(path.join(cwd, 'bom.json'), '\uFEFF{ "integrationId": "1" }');
  expect((await loadConfig({ file: 'bom.json', cwd })).integrationId).toBe('1');
  await writeFile(path.join(cwd, 'latin.json'), Buffer.from('{ "integrationId": "æøå" }', 'latin1'));
  expect((await refusal(() => loadConfig({ file: 'latin.json', cwd }))).message).toBe(
    'latin.json is not saved as UTF-8.',
  );
});

test('all mistakes at once, in the order of the file', async () => {
  const cwd = await configFolder({
    integrationID: '1',
    profiles: {
      prod: { url: 'https://crm.example.com', auth: { type: 'basic', username: 'SIC' }, rate: -1 },
    },
    mappings: [{ decimal: ';', fields: { Navn: 5 }, csv: { separator: '; ' } }],
  });
  const error = await refusal(() => loadConfig({ file: null, cwd }));
  expect(error.message).toBe('sic.config.json has 6 mistakes.');
  expect(error.detail).toBe(
    [
      'line 2: "integrationID" is not known at the top of the config. Did you mean "integrationId"?',
      'line 6: profiles.prod.auth: "password" is missing.',
      'line 10: profiles.prod.rate is -1: it must be 0 or more.',
      'line 15: mappings[0].decimal is ";": allowed are "," or ".".',
      'line 17: mappings[0].fields.Navn is 5: it must be a text in double quotes, null or an object { … }.',
      'line 20: mappings[0].csv.separator is "; ": it must be one character.',
    ].join('\n'),
  );
});

test('profiles of SuperOffice Online', async () => {
  const folder = await configFolder({
    profiles: {
      prod: {
        environment: 'online',
        tenant: 'Cust12345',
        ca: 'ca.pem',
        auth: {
          type: 'system-user',
          clientId: 'abc',
          clientSecret: { keychain: 'sic/prod/client-secret' },
          systemUserToken: { env: 'SIC_SYSTEM_TOKEN' },
          privateKey: { file: 'keys/prod.pem' },
        },
      },
      me: { environment: 'sod', tenant: 'Cust54321', auth: { type: 'oauth', clientId: 'abc' } },
      test: {
        environment: 'stage',
        tenant: 'Cust1',
        login: 'http://127.0.0.1:8471',
        auth: {
          type: 'oauth',
          clientId: 'abc',
          clientSecret: { env: 'S' },
          refreshToken: { file: 'secrets/me' },
          redirectPort: 7890,
        },
      },
    },
  });
  const { profiles } = await loadConfig({ file: null, cwd: folder });
  expect(profiles.get('prod')).toMatchObject({
    kind: 'online',
    environment: 'online',
    tenant: 'Cust12345',
    login: null,
    ca: path.join(folder, 'ca.pem'),
    auth: {
      type: 'system-user',
      clientId: 'abc',
      clientSecret: { keychain: 'sic/prod/client-secret' },
      systemUserToken: { env: 'SIC_SYSTEM_TOKEN' },
      privateKey: { file: path.join(folder, 'keys', 'prod.pem') },
    },
  });
  expect(profiles.get('me')?.auth).toEqual({
    type: 'oauth',
    clientId: 'abc',
    clientSecret: null,
    refreshToken: { keychain: 'sic/me/refresh-token' },
    redirectPort: null,
  });
  expect(profiles.get('test')).toMatchObject({
    login: 'http://127.0.0.1:8471',
    auth: { refreshToken: { file: path.join(folder, 'secrets', 'me') }, redirectPort: 7890 },
  });
});

const oauth = { type: 'oauth', clientId: 'abc' };
const cust = { environment: 'online', tenant: 'Cust1' };

test.each<[object, string]>([
  [{ auth: oauth, url: 'https://crm.example.com', ...cust }, '"url" and "environment" exclude each other.'],
  [{ auth: oauth, environment: 'online' }, '"tenant" is missing. SuperOffice Online needs it'],
  [{ auth: oauth, tenant: 'Cust1' }, '"environment" is missing. Write "sod", "stage" or "online"'],
  [{ auth: oauth }, '"environment" is missing.'],
  [{ auth: oauth, url: 'https://crm.example.com' }, '"oauth" is a way to sign in to SuperOffice Online'],
  [
    { auth: { type: 'basic', username: 'SIC', password: { env: 'P' } }, ...cust },
    '"basic" is a way to sign in to an installation of your own.',
  ],
  [
    { auth: { type: 'ticket', ticket: { env: 'P' } }, url: 'https://crm.example.com', tenant: 'Cust1' },
    '"tenant" has no meaning beside "url".',
  ],
  [
    { auth: oauth, ...cust, login: 'http://login.example.com' },
    'profiles.a.login is "http://login.example.com": http',
  ],
  [{ auth: oauth, ...cust, environment: 'prod' }, 'allowed are "sod", "stage" or "online".'],
  [{ auth: oauth, ...cust, tenant: 'Cust 1' }, 'profiles.a.tenant'],
  [
    { auth: { ...oauth, refreshToken: 'KSamN1Tp' }, ...cust },
    '{ "file": "secrets/refresh-token" } or { "keychain"',
  ],
  [
    { auth: { ...oauth, refreshToken: { env: 'R' } }, ...cust },
    'a secret never stands in the config file itself',
  ],
  [
    { auth: { ...oauth, redirectPort: 80 }, ...cust },
    'profiles.a.auth.redirectPort: it must be 1024 or more.',
  ],
  [{ auth: { type: 'system-user', clientId: 'abc' }, ...cust }, '"privateKey" is missing.'],
  [
    { auth: { ...oauth, clientSecret: 'hunter2' }, ...cust },
    '{ "env": "SIC_CLIENT_SECRET" }, { "file": "secrets/client-secret" } or { "keychain": "sic/a/client-secret" }',
  ],
])('a profile that will not do: %j', async (profile, says) => {
  const cwd = await configFolder({ profiles: { a: profile } });
  const { detail } = await refusal(() => loadConfig({ file: null, cwd }));
  expect(detail).toContain(says);
  for (const secret of ['hunter2', 'KSamN1Tp']) expect(detail).not.toContain(secret);
});

const basic = { type: 'basic', username: 'SIC', password: { env: 'P' } };
const url = 'https://crm.example.com/SuperOffice';

test.each([
  [
    { zip: { password: 'hunter2' } },
    'zip.password: a secret never stands in the config file itself. Write { "env": "SIC_ZIP_PASSWORD" }, ' +
      '{ "file": "secrets/zip-password" } or { "keychain": "sic/zip/password" } and keep it there.',
  ],
  [{ zip: { passwords: {} } }, 'zip: "passwords" is not known. Did you mean "password"?'],
  [{ profiles: { 'a b': { url, auth: basic } } }, 'profiles: "a b" cannot be a name'],
  [{ profiles: { sandbox: { url, auth: basic } } }, 'profiles.sandbox: the name "sandbox" is taken'],
  [{ profiles: { a: { auth: basic } } }, 'profiles.a: "url" is missing.'],
  [
    { profiles: { a: { url, auth: { type: 'ldap' } } } },
    'profiles.a.auth.type is "ldap": allowed are "basic", "ticket", "system-user" or "oauth".',
  ],
  [
    { profiles: { a: { url, auth: {} } } },
    'profiles.a.auth.type: allowed are "basic", "ticket", "system-user" or "oauth".',
  ],
  [
    { profiles: { a: { url: 'crm.example.com', auth: basic } } },
    'profiles.a.url is "crm.example.com": it must be a whole address',
  ],
  [
    { profiles: { a: { url: 'http://crm.example.com/SO', auth: basic } } },
    'http sends passwords and data readable over the network. Write https://crm.example.com/SO.',
  ],
  [
    { profiles: { a: { url: 'ftp://x', auth: basic } } },
    'profiles.a.url is "ftp://x": it must begin with https://.',
  ],
  [{ defaultProfile: 'prod' }, 'defaultProfile is "prod", but there is no such profile.'],
  [
    { defaultProfile: 'prd', profiles: { prod: { url, auth: basic } } },
    'defaultProfile is "prd", but there is no such profile: there is prod.',
  ],
  [{ lists: { Category: { missing: 'default' } } }, 'lists.Category: "default" is missing.'],
  [
    { lists: { Category: { missing: 'ad' } } },
    'lists.Category.missing is "ad": allowed are "add", "reject", "blank" or "default". Did you mean "add"?',
  ],
  [{ onConflict: 'ours' }, 'onConflict is "ours": allowed are "file", "crm" or "report".'],
  [
    { onConflict: { Company: 'cmr' } },
    'onConflict.Company is "cmr": allowed are "file", "crm" or "report". Did you mean "crm"?',
  ],
  [{ onConflict: { Compani: 'crm' } }, 'onConflict: "Compani" is not known. Did you mean "Company"?'],
  [{ onConflict: ['crm'] }, 'onConflict is ["crm"]: it must be a text in double quotes or an object { … }.'],
  [
    { mappings: [{ fields: { A: 'Name', 'B c': { to: 'Name' } } }] },
    'mappings[0].fields["B c"] goes to "Name", and so does "A".',
  ],
  [
    { mappings: [{ fields: { A: { too: 'Name' } } }] },
    'mappings[0].fields.A: "too" is not known. Did you mean "to"?',
  ],
  [
    { timeZone: 'Europe/Olso' },
    'line 2: timeZone is "Europe/Olso", which is no time zone: write one such as "Europe/Oslo" or "UTC".',
  ],
  [{ timeZone: 'CEST+1' }, 'timeZone is "CEST+1", which is no time zone'],
  [{ timeZone: '' }, 'timeZone is empty: write a value or delete the line.'],
  [{ timeZone: 2 }, 'timeZone is 2: it must be a text in double quotes.'],
  [
    { sales: { earningMethod: 'costs' } },
    'sales.earningMethod is "costs": allowed are "auto", "percent", "earning" or "cost". Did you mean "cost"?',
  ],
  [{ sales: { method: 'cost' } }, 'sales: "method" is not known. Known here: earningMethod.'],
  [{ sales: 'cost' }, 'sales is "cost": it must be an object { … }.'],
  [{ sale: {} }, '"sale" is not known at the top of the config. Did you mean "sales"?'],
  [{ tickets: { sendMail: 'yes' } }, 'tickets.sendMail is "yes": it must be true or false.'],
  [{ tickets: { sendmail: true } }, 'tickets: "sendmail" is not known. Did you mean "sendMail"?'],
  [{ history: { keepDays: 0 } }, 'history.keepDays is 0: it must be 1 or more.'],
  [{ history: { keepDays: '90' } }, 'history.keepDays is "90": it must be a whole number or null.'],
  [{ history: { keepDay: 9 } }, 'history: "keepDay" is not known. Did you mean "keepDays"?'],
  [{ documents: { maxMegabytes: 0 } }, 'documents.maxMegabytes is 0: it must be more than 0.'],
  [{ documents: { maxMegabytes: -5 } }, 'documents.maxMegabytes is -5: it must be more than 0.'],
  [{ documents: { maxMegabytes: '20' } }, 'documents.maxMegabytes is "20": it must be a number.'],
  [{ documents: { template: '' } }, 'documents.template is empty: write a value or delete the line.'],
  [{ documents: { templates: 'x' } }, 'documents: "templates" is not known. Did you mean "template"?'],
  [
    { profiles: { a: { url, auth: basic, ticketKey: 'tickuserkey01' } } },
    'profiles.a.ticketKey is "tickuserkey01": it is not written correctly. Write it like "x_tickuserkey01".',
  ],
  [
    { profiles: { a: { url, auth: basic, messageKey: 'x_mess key' } } },
    'profiles.a.messageKey is "x_mess key": it is not written correctly. Write it like "x_messuserkey01".',
  ],
  [{ profiles: { a: { url, auth: basic, messageKey: null } } }, 'profiles.a.messageKey is null: it must be'],
  [{ ticketKey: 'x_key' }, '"ticketKey" is not known at the top of the config.'],
  [{ mappings: {} }, 'mappings is {}: it must be a list [ … ].'],
  [{ mappings: [{ dates: [] }] }, 'mappings[0].dates is empty'],
  [[], 'the config is []: it must be an object { … }.'],
])('%j', async (content, expected) => {
  const cwd = await configFolder(content);
  const error = await refusal(() => loadConfig({ file: null, cwd }));
  expect(error.message).toMatch(/^sic\.config\.json has (a mistake|2 mistakes)\.$/);
  expect(error.detail).toContain(expected);
});

test.each([
  [{ password: 'hunter2' }],
  [{ password: { value: 'hunter2' } }],
  [{ password: ['hunter2'] }],
  [{ password: { env: 'A', file: 'hunter2' } }],
])('a secret in the file is refused and not repeated: %j', async wrong => {
  const cwd = await configFolder({
    profiles: { prod: { url, auth: { type: 'basic', username: 'SIC', ...wrong } } },
  });
  const error = await refusal(() => loadConfig({ file: null, cwd }));
  expect(error.detail).toBe(
    'line 8: profiles.prod.auth.password: a secret never stands in the config file itself. Write ' +
      '{ "env": "SIC_PASSWORD" }, { "file": "secrets/password" } or { "keychain": "sic/prod/password" } and keep it there.',
  );
  expect(`${error.message}${error.detail}${error.hint}`).not.toContain('hunter2');
});

test('a password in the address is refused and not repeated', async () => {
  const cwd = await configFolder({
    profiles: { prod: { url: 'https://me:hunter2@crm.example.com', auth: basic } },
  });
  const error = await refusal(() => loadConfig({ file: null, cwd }));
  expect(error.detail).toBe(
    'line 4: profiles.prod.url holds a user name or a password: they belong into "auth".',
  );
});

test.each(['http://localhost:80/x', 'http://127.8.8.8/x', 'http://[::1]:5/x'])(
  'http on this machine: %s',
  async local => {
    const cwd = await configFolder({ profiles: { a: { url: local, auth: basic } } });
    expect((await loadConfig({ file: null, cwd })).profiles.get('a')).toMatchObject({ url: local });
  },
);
