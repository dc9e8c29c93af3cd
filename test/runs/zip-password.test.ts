import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { zipOf } from '../formats/zips.ts';
import { documentOf } from '../support/document.ts';
import { startFaultyProxy } from '../support/faulty-proxy.ts';
import { type Ended, startSic } from '../support/program.ts';
import { startTenant, type Tenant } from '../support/tenant.ts';
import { type Workplace, workplace } from '../support/workplace.ts';

const password = 'Tjuv-og-røver-73';

let tenant: Tenant;
beforeAll(async () => {
  tenant = await startTenant();
});
afterAll(() => tenant.close());

/** The ways a text may be written down: as it is, in another encoding, in Base64, in JSON or in an address. */
function writings(secret: string): string[] {
  return [
    secret,
    Buffer.from(secret).toString('latin1'),
    Buffer.from(secret).toString('base64'),
    Buffer.from(secret).toString('hex'),
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
  ];
}

/** Imports an encrypted zip with that password. Answers how it ended and all that anybody could get to see of it. */
async function imported(given: string, flags: readonly string[], zipCrypto: boolean) {
  const proxy = await startFaultyProxy(tenant.url);
  const place: Workplace = await workplace(tenant, proxy.url);
  const files = { 'companies.csv': 'CompUserKey01;Name\nZIP-1;Fjordbygg AS\n' };
  await writeFile(path.join(place.cwd, 'data.zip'), await zipOf(files, { password, zipCrypto }));
  const running = startSic(['import', 'data.zip', ...flags], {
    cwd: place.cwd,
    env: { ...place.env, SIC_ZIP_PASSWORD: given },
  });
  // What `ps` shows, while it runs: a request that has come by is not answered yet.
  const shown = proxy
    .saw(() => true)
    .then(() => readFile(`/proc/${running.pid}/cmdline`, 'latin1').catch(() => ''));
  const ended: Ended = await running.ended;
  const called = proxy.seen.length === 0 ? '' : await shown;
  const state = [...(await place.state())].flat().join('\n');
  const sent = proxy.seen.map(one => `${one.path}${one.query}${one.body}`).join('\n');
  return { ended, everything: [called, ended.stdout, ended.stderr, state, sent].join('\n') };
}

test.each([
  ['AES', false],
  ['ZipCrypto', true],
])('%s: the right password opens, and is nowhere to be found', async (_, zipCrypto) => {
  const { ended, everything } = await imported(password, ['--json'], zipCrypto);
  expect(documentOf(ended).counts.read).toBe(1);
  expect(documentOf(ended).exitCode).toBe(0);
  for (const writing of writings(password)) expect(everything).not.toContain(writing);
});

test.each([
  ['for people', [] as string[]],
  ['for machines', ['--json']],
])('a wrong password, told %s: neither it nor the right one is to be found', async (_, flags) => {
  const wrong = 'Feil-passørd-99';
  const { ended, everything } = await imported(wrong, flags, false);
  expect(ended.code).toBe(2);
  expect(ended.stderr).toMatch(/password/);
  for (const writing of [...writings(password), ...writings(wrong)])
    expect(everything).not.toContain(writing);
});
