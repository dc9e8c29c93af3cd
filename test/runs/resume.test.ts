import '../support/hurried.mjs';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Document, documentOf } from '../support/document.ts';
import { requests } from '../support/faults.ts';
import { type FaultyProxy, startFaultyProxy } from '../support/faulty-proxy.ts';
import { temporaryFolder } from '../support/folders.ts';
import { runSic, startSic } from '../support/program.ts';
import { type Captured, sic } from '../support/sic.ts';
import { startTenant, type Tenant } from '../support/tenant.ts';
import { companyFile, eachOnce, type Workplace, workplace } from '../support/workplace.ts';

let tenant: Tenant;
beforeAll(async () => {
  tenant = await startTenant();
});
afterAll(() => tenant.close());

interface Desk {
  readonly place: Workplace;
  readonly proxy: FaultyProxy;
  said(argv: readonly string[], cwd?: string): Promise<Captured>;
  run(argv: readonly string[], cwd?: string): Promise<Document>;
}

async function openDesk(config: object = {}): Promise<Desk> {
  const proxy = await startFaultyProxy(tenant.url);
  const place = await workplace(tenant, proxy.url, { config });
  const said: Desk['said'] = (argv, cwd = place.cwd) => sic(argv, { ...place, cwd });
  return {
    place,
    proxy,
    said,
    run: async (argv, cwd) => {
      const { exitCode, ...told } = await said([...argv, '--json'], cwd);
      return documentOf({ ...told, code: exitCode });
    },
  };
}

/** The command that a run printed, as words. */
function goOn({ stderr }: { readonly stderr: string }): string[] {
  const [, command = ''] = /→ To go on:\n {2}sic (.*)\n/.exec(stderr) ?? [];
  return command.split(' ');
}

test('stopped by a brake: the printed command does the rest, with the flags of the run', async () => {
  const { place, run, said } = await openDesk();
  await place.write('companies.csv', companyFile('ON', 300));
  const argv = ['import', 'companies.csv', '--max-requests', '60', '--rejects', 'bad.csv'];
  const stopped = await said(argv);
  expect(stopped.exitCode).toBe(6);
  const words = goOn(stopped);
  expect(words[0]).toBe('resume');

  const again = await said(words);
  // The brake is the run's own, counted anew.
  expect(again.exitCode).toBe(6);
  expect(again.stderr).toContain('sic import --max-requests=60 --rejects=bad.csv companies.csv');
  const last = await run([...goOn(again), '--max-requests', '5000']);
  expect(last).toMatchObject({ exitCode: 0, kind: 'sic.import', counts: { read: 300, notReached: 0 } });
  expect(last.counts.created).toBeLessThan(200);
  expect(await tenant.companies('ON')).toEqual(eachOnce('ON', 300));
  expect(await said(['resume'])).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('nothing to go on with'),
  });
});

test('from another folder, by no id at all: the files and the state of the run', async () => {
  const { place, run, said } = await openDesk();
  await mkdir(path.join(place.cwd, 'night'));
  await place.write('night/companies.csv', companyFile('FAR', 120));
  const night = path.join(place.cwd, 'night');
  expect((await run(['import', 'companies.csv', '--max-requests', '40'], night)).exitCode).toBe(6);
  const elsewhere = await temporaryFolder();
  const { stderr, exitCode } = await said(
    [
      'resume',
      '--max-requests',
      '900',
      '--config',
      path.join(place.cwd, 'sic.config.json'),
      '--rejects',
      'bad.csv',
    ],
    elsewhere,
  );
  expect(stderr).toContain(`in ${night}`);
  expect(exitCode).toBe(0);
  expect(await tenant.companies('FAR')).toEqual(eachOnce('FAR', 120));
});

test('SuperOffice stops answering: exit 4 prints the command, in JSON as well', async () => {
  const { place, proxy, run } = await openDesk();
  await place.write('companies.csv', companyFile('GONE', 90));
  const first = run(['import', 'companies.csv']);
  await proxy.saw(({ kind, turn }) => kind === 'create' && turn === 30);
  proxy.goAway();
  const failed = await first;
  expect(failed.exitCode).toBe(4);
  expect(failed.error?.hint).toMatch(new RegExp(`To go on: sic resume ${failed.run}`));
  await proxy.comeBack();
  expect((await run(['resume', failed.run])).exitCode).toBe(0);
  expect(await tenant.companies('GONE')).toEqual(eachOnce('GONE', 90));
});

test('killed: nothing could be printed, and resume finds it', async () => {
  const { place, proxy, run, said } = await openDesk();
  await place.write('companies.csv', companyFile('KILL', 200));
  const killed = startSic(['import', 'companies.csv', '--limit', '150'], place);
  await proxy.saw(({ kind, turn }) => kind === 'create' && turn === 50);
  killed.child.kill('SIGKILL');
  await killed.ended;
  const { stdout } = await said(['runs', '--json']);
  expect(JSON.parse(stdout).runs[0]).toMatchObject({ state: 'killed', resumable: true });
  const { counts } = await run(['resume']);
  expect(counts).toMatchObject({ read: 150, notReached: 0, failed: 0, unknown: 0 });
  expect((await tenant.companies('KILL')).size).toBe(150);
  expect([...(await tenant.companies('KILL')).values()].every(times => times === 1)).toBe(true);
});

test('a create whose answer never came is looked up before anything is sent again', async () => {
  const { place, proxy, run } = await openDesk();
  await place.write('companies.csv', companyFile('LOST', 20));
  proxy.script(({ kind, turn }) => (kind === 'create' && turn === 5 ? 'silence' : null));
  const running = startSic(['import', 'companies.csv', '--concurrency', '1'], place);
  await proxy.saw(({ kind, turn }) => kind === 'create' && turn === 5);
  await expect.poll(async () => (await tenant.companies('LOST')).size).toBe(5);
  running.child.kill('SIGKILL');
  await running.ended;
  proxy.script(() => null);
  expect((await run(['resume'])).exitCode).toBe(0);
  const creates = requests(proxy, 'POST', '/v1/Contact').map(({ body }) => JSON.parse(body).Name);
  expect(creates).toHaveLength(20);
  expect(await tenant.companies('LOST')).toEqual(eachOnce('LOST', 20));
});

test('terminated: the printed command does the rest', async () => {
  const { place, proxy, run } = await openDesk();
  await place.write('companies.csv', companyFile('TERM', 200));
  const running = startSic(['import', 'companies.csv'], place);
  await proxy.saw(({ kind, turn }) => kind === 'create' && turn === 50);
  running.child.kill('SIGTERM');
  const ended = await running.ended;
  expect(ended.code).toBe(143);
  expect((await run(goOn(ended))).exitCode).toBe(0);
  expect(await tenant.companies('TERM')).toEqual(eachOnce('TERM', 200));
});

test('of two that stopped the last one; the other by a beginning of its id; with files of its own', async () => {
  const { place, run, said } = await openDesk();
  const stop = async (name: string) => {
    await place.write(name, companyFile(name.slice(0, 3).toUpperCase(), 40));
    return run(['import', name, '--datatype', 'Company', '--max-requests', '15']);
  };
  const first = await stop('one.csv');
  await stop('two.csv');
  expect((await said(['runs', 'show', first.run])).stdout).toContain(
    `sic resume ${first.run} goes on with it`,
  );
  const flags = ['--max-requests', '900', '--log', 'r.log', '--report', 'r.html', '--metrics', 'r.prom'];
  expect((await said(['resume', ...flags])).stderr).toContain('two.csv');
  expect(await readdir(place.cwd)).toEqual(expect.arrayContaining(['r.log', 'r.html', 'r.prom']));
  expect((await run(['resume', first.run.slice(0, -1), '--max-requests', '900'])).exitCode).toBe(0);
});

test('one that never began does not stand in the way', async () => {
  const { place, run } = await openDesk();
  await place.write('companies.csv', companyFile('AWAY', 40));
  const stopped = await run(['import', 'companies.csv', '--max-requests', '15']);
  await place.write(
    'sic.config.json',
    (await readFile(path.join(place.cwd, 'sic.config.json'), 'utf8')).replace('SIC_PASSWORD', 'SIC_NONE'),
  );
  expect((await run(['import', 'companies.csv', '--max-requests', '15'])).exitCode).toBe(2);
  await place.write(
    'sic.config.json',
    (await readFile(path.join(place.cwd, 'sic.config.json'), 'utf8')).replace('SIC_NONE', 'SIC_PASSWORD'),
  );
  expect((await run(['resume', stopped.run, '--max-requests', '900'])).exitCode).toBe(0);
});

test('why there is nothing to go on with', async () => {
  const { place, run, said } = await openDesk();
  await place.write('companies.csv', companyFile('WHY', 30));
  const refused = async (...argv: string[]) => {
    const { exitCode, stderr } = await said(['resume', ...argv]);
    expect(exitCode).toBe(2);
    return stderr;
  };
  expect(await refused()).toContain('nothing to go on with');
  const dry = await run(['validate', 'companies.csv']);
  expect(await refused(dry.run)).toContain('is no import');
  const stopped = await run(['import', 'companies.csv', '--max-requests', '15']);
  const done = await run(['import', 'companies.csv', '--max-requests', '500']);
  expect(await refused(done.run)).toContain('came to its end');
  // Who starts the same command again has gone on with it.
  expect(await refused(stopped.run)).toContain(`Run ${done.run} has gone on`);
  const argv = ['import', '-', '--datatype', 'Company', '--max-requests', '15', '--json'];
  const piped = await runSic(argv, place, companyFile('PIPE', 30));
  expect(piped.code).toBe(6);
  expect(piped.stderr).not.toContain('To go on');
  expect(await refused(documentOf(piped).run)).toContain('read standard input');
});

test('a file that has changed since is told, and one that is gone refused', async () => {
  const { place, run, said } = await openDesk();
  await place.write('companies.csv', companyFile('NEW', 60));
  await run(['import', 'companies.csv', '--max-requests', '20']);
  await writeFile(path.join(place.cwd, 'companies.csv'), companyFile('NEW', 61));
  const { stderr, exitCode } = await said(['resume', '--max-requests', '900']);
  expect(exitCode).toBe(0);
  expect(stderr).toContain('companies.csv has changed since');
  expect(await tenant.companies('NEW')).toEqual(eachOnce('NEW', 61));

  await place.write('more.csv', companyFile('MORE', 60));
  await run(['import', 'more.csv', '--datatype', 'Company', '--max-requests', '20']);
  await rename(path.join(place.cwd, 'more.csv'), path.join(place.cwd, 'away.csv'));
  expect((await said(['resume'])).stderr).toContain('more.csv');
});

test('the address to ping is in no file', async () => {
  const { place, run, said } = await openDesk();
  await place.write('companies.csv', companyFile('PING', 40));
  const ping = `${tenant.url}/secret-word`;
  const stopped = await run(['import', 'companies.csv', '--max-requests', '15', '--ping', ping]);
  expect((await said(['runs', 'show', stopped.run, '--json'])).stdout).toContain('"max-requests": 15');
  const kept = await place.state();
  expect([...kept.keys()].some(name => name.endsWith('run.json'))).toBe(true);
  expect([...kept.values()].join()).not.toContain('secret-word');
});

test('an import of a plan goes on with the plan', async () => {
  const { place, run, said } = await openDesk();
  await place.write('companies.csv', companyFile('PLAN', 60));
  expect((await run(['validate', 'companies.csv', '--out', 'plan.json'])).exitCode).toBe(0);
  const stopped = await said(['import', '--plan', 'plan.json', '--max-requests', '30']);
  expect(stopped.exitCode).toBe(6);
  const again = await said([...goOn(stopped), '--max-requests', '900']);
  expect(again.stderr).toContain('sic import --plan=plan.json');
  expect(again.exitCode).toBe(0);
  expect(await tenant.companies('PLAN')).toEqual(eachOnce('PLAN', 60));
});
