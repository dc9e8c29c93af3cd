// Measures what the built sandbox answers, as a process of its own: `node test/bench/sandbox.mjs [--json]
// [--companies N] [--reads N] [--updates N] [--connections N] [--data FILE] [--cpu-prof FOLDER]`.
// The requests are those of an import of companies. Seconds of wall time hold the load generator too; the processor time
// of the sandbox (Linux only) is what drifts least.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Pool } from 'undici';

const sic = fileURLToPath(new URL('../../bin/sic.js', import.meta.url));
/** Companies that one look-up asks for. */
const batch = 100;
const form = 'application/x-www-form-urlencoded';
const keyColumn = 'contactUdef/Siteshop:CompUserKey01';
const columns = [
  'contactId',
  keyColumn,
  'name',
  'orgnr',
  ...['line1', 'line2', 'line3', 'zip', 'city', 'county', 'state'].map(part => `postAddress/${part}`),
  'countryId',
  'category',
  ...['Text01', 'Num01', 'Date01'].map(part => `contactUdef/Siteshop:CompUser${part}`),
].join(',');
const { values: wishes } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    companies: { type: 'string', default: '20000' },
    reads: { type: 'string', default: '1000' },
    updates: { type: 'string', default: '10000' },
    connections: { type: 'string', default: '16' },
    data: { type: 'string' },
    'cpu-prof': { type: 'string' },
  },
});
const companies = Math.max(batch, Number(wishes.companies));
const connections = Number(wishes.connections);

const profiling = wishes['cpu-prof'] ? ['--cpu-prof', '--cpu-prof-dir', wishes['cpu-prof']] : [];
const keeping = wishes.data ? ['--data', wishes.data] : [];
const sandbox = spawn(process.execPath, [...profiling, sic, 'sandbox', '--port', '0', '--json', ...keeping], {
  stdio: ['ignore', 'pipe', 'ignore'],
});
const ended = new Promise(resolve => sandbox.once('exit', resolve));
try {
  const { url, username, password } = JSON.parse(await firstLine(sandbox.stdout));
  const pool = new Pool(new URL(url).origin, { connections });
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  const api = new URL(`${url}/api/v1`).pathname;
  const ids = [];

  async function call(method, path, body, contentType) {
    const headers = { accept: 'application/json', authorization, 'user-agent': 'bench' };
    if (contentType) headers['content-type'] = contentType;
    const answer = await pool.request({ method, path: api + path, headers, body });
    const text = await answer.body.text();
    if (answer.statusCode !== 200) throw new Error(`${method} ${path}: ${answer.statusCode} ${text}`);
    return text;
  }

  const create = async row => {
    const answer = await call('POST', '/Contact?$select=ContactId', company(row), 'application/json');
    ids.push(JSON.parse(answer).ContactId);
  };
  // The generator does not parse these answers: 180 kB each, it would be what is measured.
  const readByKey = async number => {
    const keys = Array.from(
      { length: batch },
      (_, index) => `'${keyOf((number * 37 + index * 11) % companies)}'`,
    );
    expectRows(
      await call('POST', '/Archive/SimpleContact', question(`${keyColumn} in (${keys.join(',')})`), form),
    );
  };
  const readById = async number => {
    const wanted = Array.from({ length: batch }, (_, index) => ids[(number * 37 + index * 11) % companies]);
    const path = `/Archive/SimpleContact?${question(`contactId in (${wanted.join(',')})`)}`;
    expectRows(await call('GET', path));
  };
  const update = async number => {
    const value = [{ Value: `+47 ${30_000_000 + number}`, Description: '' }];
    const changes = [{ op: 'replace', path: '/Phones', value }];
    const path = `/Contact/${ids[(number * 7) % companies]}?$select=ContactId`;
    await call('PATCH', path, JSON.stringify(changes), 'application/json');
  };

  const before = resources(sandbox.pid);
  const results = {
    creates: await measured(companies, create),
    readsByKey: await measured(Number(wishes.reads), readByKey),
    readsById: await measured(Number(wishes.reads), readById),
    updates: await measured(Number(wishes.updates), update),
  };
  await pool.close();
  const after = resources(sandbox.pid);
  const memory = after && { mebibytes: after.mebibytes, bytesPerCompany: perCompany(before, after) };
  if (wishes.json)
    console.log(JSON.stringify({ kind: 'sic.bench.sandbox', companies, connections, ...results, memory }));
  else tell(results, memory);
} finally {
  sandbox.kill();
  await ended;
}

async function measured(count, work) {
  const before = resources(sandbox.pid);
  const started = performance.now();
  let next = 0;
  const worker = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: connections }, worker));
  const seconds = (performance.now() - started) / 1000;
  const after = resources(sandbox.pid);
  const microseconds =
    after && count > 0 ? Math.round(((after.seconds - before.seconds) * 1e6) / count) : null;
  return { count, perSecond: Math.round(count / seconds), sandboxMicroseconds: microseconds };
}

/** Processor seconds and resident MiB of a process; null where the system has no /proc. */
function resources(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Behind the name in parentheses, which may hold blanks; user and system time in hundredths.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [, kibibytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return {
      seconds: (Number(fields[11]) + Number(fields[12])) / 100,
      mebibytes: Math.round(kibibytes / 1024),
    };
  } catch {
    return null;
  }
}

function perCompany(before, after) {
  return Math.round(((after.mebibytes - before.mebibytes) * 1024 * 1024) / companies);
}

function tell(results, memory) {
  const names = {
    creates: 'creates',
    readsByKey: `reads of ${batch} by user key`,
    readsById: `reads of ${batch} by id`,
    updates: 'updates',
  };
  for (const [name, { count, perSecond, sandboxMicroseconds }] of Object.entries(results)) {
    const cost = sandboxMicroseconds === null ? '' : `${sandboxMicroseconds} µs of the sandbox each`;
    console.log(
      `${names[name].padEnd(26)}${String(count).padStart(8)}${String(perSecond).padStart(7)}/s  ${cost}`,
    );
  }
  if (memory) console.log(`memory ${memory.mebibytes} MiB, ${memory.bytesPerCompany} bytes a company`);
}

function keyOf(row) {
  return `B-${row}`;
}

/** What an import of thirteen columns posts. */
function company(row) {
  const day = String(10 + (row % 18));
  return JSON.stringify({
    Name: row % 10 === 0 ? `Tromsø Rør ${row} AS "Nord"; avd. 2` : `Tromsø Rør ${row} AS`,
    OrgNr: String(810_000_000 + row),
    Country: { CountryId: [578, 208, 752][row % 3] },
    Category: { Id: 1 + (row % 4) },
    Address: {
      Postal: {
        Address1: `Storgata ${1 + (row % 180)}`,
        Zipcode: String(1000 + (row % 8999)),
        City: 'Tromsø',
      },
    },
    Phones: [{ Value: `+47 ${20_000_000 + row}`, Description: '' }],
    Emails: [{ Value: `post${row}@firma.example`, Description: '' }],
    CustomFields: {
      'Siteshop:CompUserKey01': keyOf(row),
      'Siteshop:CompUserText01': row % 20 === 0 ? `Linje én\nLinje to ${row}` : `Avtale ${row % 900}`,
      'Siteshop:CompUserNum01': `[I:${row}]`,
      'Siteshop:CompUserDate01': `[D:06/${day}/2015]`,
    },
  });
}

/** What an import of those columns asks the archive for, as a form or a query. */
function question(filter) {
  return new URLSearchParams({
    $select: columns,
    $filter: `${filter} and contactId ne -${Math.ceil(Math.random() * 1e9)}`,
    $orderBy: 'contactId asc',
    $entities: 'contact',
    $top: '1000',
    $mode: 'Full',
  }).toString();
}

function expectRows(text) {
  const rows = text.split('"PrimaryKey"').length - 1;
  if (rows !== batch) throw new Error(`${rows} rows instead of ${batch}: ${text.slice(0, 200)}`);
}

async function firstLine(stream) {
  for await (const line of createInterface({ input: stream })) return line;
  throw new Error('the sandbox did not start');
}
