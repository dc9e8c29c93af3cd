import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningSandbox } from '../../src/sandbox/server.ts';
import { ask, type ExportPlace, exportPlace, startCrm } from '../support/export-place.ts';
import { startFaultyProxy } from '../support/faulty-proxy.ts';

const hour = 3_600_000;

/** What the clock of this SuperOffice is put back by, so that its users work long before an export or just now. */
let ago = 0;
let crm: RunningSandbox;
beforeAll(async () => {
  crm = await startCrm({ clock: () => new Date(Date.now() - ago) });
});
afterAll(() => crm.close());

async function at<T>(millisecondsAgo: number, work: () => Promise<T>): Promise<T> {
  ago = millisecondsAgo;
  try {
    return await work();
  } finally {
    ago = 0;
  }
}

let prefixes = 0;

/** Companies of this test alone, made a day ago: `A`, `B`, `C`, and what tells them from others. */
async function companies(names = ['A', 'B', 'C']) {
  const department = `Since ${++prefixes}`;
  const made = new Map<string, number>();
  await at(24 * hour, async () => {
    for (const Name of names) made.set(Name, await company(Name, department));
  });
  const line = ['export', '--datatype', 'Company', '--fields', 'Name', '--where', `Department=${department}`];
  return { department, made, line, last: [...line, '--since', 'last'] };
}

async function company(Name: string, Department: string): Promise<number> {
  const { ContactId } = await ask<{ ContactId: number }>(crm, 'POST', '/Contact', { Name, Department });
  return ContactId;
}

async function rename(id: number | undefined, value: string): Promise<void> {
  await ask(crm, 'PATCH', `/Contact/${id}`, [{ op: 'replace', path: '/Name', value }]);
}

async function names(place: ExportPlace, argv: readonly string[]): Promise<string[]> {
  return (await place.rows(argv)).map(({ Name = '' }) => Name);
}

describe('--since last', () => {
  test('first everything, then what was changed or made meanwhile, by whomever', async () => {
    const { department, made, last } = await companies();
    const place = await exportPlace(crm);
    const first = await place.run(last);
    expect(first.stderr).toContain(
      '--since last: no earlier export of Company with these fields and criteria is known, so all of it is exported.\n',
    );
    expect(JSON.parse(first.stdout).Company).toHaveLength(3);
    const nothing = await place.run(last);
    expect(JSON.parse(nothing.stdout).Company).toEqual([]);
    expect(nothing.stderr).toMatch(/^Company: 0 rows changed since \d{4}-\d\d-\d\d \d\d:\d\d UTC in /);

    await rename(made.get('B'), 'B again');
    await company('D', department);
    expect(await names(place, last)).toEqual(['B again', 'D']);
  });

  test('what is saved while the export runs comes with the next one', async () => {
    const { made, last } = await companies();
    const proxy = await startFaultyProxy(crm.url);
    const place = await exportPlace(crm, { url: proxy.url });
    proxy.hold(async ({ path }) => {
      // The rows are being read: a user saves one of them.
      if (!path.includes('Archive/SimpleContact') || path.endsWith('$metadata')) return;
      proxy.hold(async () => {});
      await rename(made.get('A'), 'A meanwhile');
    });
    await place.run(last);
    expect(await names(place, last)).toEqual(['A meanwhile']);
  });

  test('a record that was saved shortly before the export comes once more rather than never', async () => {
    const { made, last } = await companies();
    await at(hour, () => rename(made.get('C'), 'C an hour ago'));
    await at(60_000, () => rename(made.get('B'), 'B a minute ago'));
    const place = await exportPlace(crm);
    expect(await names(place, last)).toHaveLength(3);
    expect(await names(place, last)).toEqual(['B a minute ago']);
  });

  test.each<[string, (place: ExportPlace, last: readonly string[]) => Promise<unknown>]>([
    ['limited', (place, last) => place.run([...last, '--limit', '1'])],
    ['cut off by its reader', (place, last) => place.run(last, { isRead: () => false })],
    ['only explained', (place, last) => place.run([...last, '--explain'])],
    [
      'without room for its file',
      async (place, last) => {
        expect((await place.run([...last, '--out', '/dev/full'])).exitCode).toBe(4);
      },
    ],
    [
      'interrupted',
      async (place, last) => {
        const stop = new AbortController();
        const run = place.run(last, { signal: stop.signal, onStdout: () => stop.abort('SIGINT') });
        expect((await run).exitCode).toBe(130);
      },
    ],
  ])('an export that is %s does not move it', async (_, unfinished) => {
    const { made, last } = await companies();
    const place = await exportPlace(crm);
    await unfinished(place, last);
    expect(await names(place, last)).toHaveLength(3);
    await rename(made.get('A'), 'A again');
    await unfinished(place, last);
    expect(await names(place, last)).toEqual(['A again']);
  });

  test('is of one search, its columns and criteria; how much, in which order and as what is no matter', async () => {
    const { made, line, last } = await companies();
    const place = await exportPlace(crm);
    await names(place, last);
    expect(await names(place, [...last, '--where', 'Name<>X'])).toHaveLength(3);
    const other = [...line.slice(0, 4), 'Name,Department', ...line.slice(5), '--since', 'last'];
    expect(await names(place, other)).toHaveLength(3);
    await rename(made.get('A'), 'A again');
    await rename(made.get('C'), 'C again');
    expect(await names(place, [...last, '--order', 'Name desc', '--limit', '1'])).toEqual(['C again']);
    expect(await names(place, [...last, '--order', 'Name desc'])).toEqual(['C again', 'A again']);
  });

  test('is of one SuperOffice: another one under the same profile begins with everything', async () => {
    const { last } = await companies();
    const other = await startCrm();
    try {
      const place = await exportPlace(crm);
      await names(place, last);
      const { profiles } = JSON.parse(await place.read('sic.config.json'));
      await place.configure({ profiles: { crm: { ...profiles.crm, url: other.url } } });
      expect((await place.run(last)).stderr).toContain('all of it is exported');
    } finally {
      await other.close();
    }
  });

  test('a mark that cannot be read: neither everything nor nothing', async () => {
    const { last } = await companies();
    const place = await exportPlace(crm);
    await names(place, last);
    const folder = join(place.cwd, '.sic', 'crm', 'exports');
    const [name = ''] = await readdir(folder);
    expect(JSON.parse(await readFile(join(folder, name), 'utf8'))).toMatchObject({ search: 'Company' });
    await writeFile(join(folder, name), '{"formatVersion":1,');
    const { exitCode, stdout, stderr } = await place.run(last);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/is damaged, or written by a newer version of sic\.\n→ Remove the file to export/);
  });

  test('a state folder that cannot be written is told before anything is exported', async () => {
    const { last } = await companies();
    const place = await exportPlace(crm);
    await writeFile(join(place.cwd, '.sic'), 'in the way');
    const { exitCode, stdout, stderr } = await place.run([...last, '--out', 'out.json']);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain('a file is in its place');
    expect(await readdir(place.cwd)).not.toContain('out.json');
  });

  test('a mark that cannot be written is told at the end: 4, and the rows come again', async () => {
    const { last } = await companies();
    const place = await exportPlace(crm);
    await mkdir(join(place.cwd, '.sic', 'crm'), { recursive: true });
    await writeFile(join(place.cwd, '.sic', 'crm', 'exports'), 'in the way');
    const { exitCode, stderr } = await place.run([...last, '--out', 'out.json']);
    expect(exitCode).toBe(4);
    expect(stderr).toContain('sic: The export is complete, but that cannot be noted: ');
    expect(stderr).toContain('→ The next export with --since last brings the same rows again.');
    expect(JSON.parse(await place.read('out.json')).Company).toHaveLength(3);
  });
});

describe('since a time', () => {
  test('7d, a day, a time here and a time in UTC', async () => {
    const { department, made, line } = await companies(['B', 'C']);
    await at(10 * 24 * hour, () => company('A of old', department));
    await at(5 * hour, () => rename(made.get('B'), 'B today'));
    const place = await exportPlace(crm);
    const since = (when: string) => names(place, [...line, '--since', when]);
    expect(await since('7d')).toEqual(['B today', 'C']);
    expect(await since('6h')).toEqual(['B today']);
    expect(await since('4h')).toEqual([]);
    expect(await since('999999d')).toEqual(['B today', 'C', 'A of old']);
    const sixHoursAgo = new Date(Date.now() - 6 * hour);
    expect(await since(`${sixHoursAgo.toISOString().slice(0, 19)}Z`)).toEqual(['B today']);
    const here = new Date(sixHoursAgo.getTime() - sixHoursAgo.getTimezoneOffset() * 60_000);
    expect(await since(here.toISOString().slice(0, 16).replace('T', ' '))).toEqual(['B today']);
    const weekAgo = new Date(Date.now() - 7 * 24 * hour).toISOString().slice(0, 10);
    expect(await since(weekAgo)).toEqual(['B today', 'C']);
  });

  test.each([
    ['yesterday', 'it must be last, a day, a time, or how long ago.'],
    ['2026-02-30', 'it must be last, a day, a time, or how long ago.'],
    ['2026-01-31T25:00', 'it must be last, a day, a time, or how long ago.'],
    ['9999-12-31', 'which is still to come.'],
    ['', '--since was given nothing.'],
  ])('%s is refused', async (when, message) => {
    const place = await exportPlace(crm);
    const { exitCode, stderr } = await place.run(['export', '--datatype', 'Company', '--since', when]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });
});

describe('what tells when it was changed', () => {
  test('messages: when they were made', async () => {
    const { TicketId } = await ask<{ TicketId: number }>(crm, 'POST', '/Ticket', {
      Title: 'Crane stands still',
    });
    const message = (Body: string) => ask(crm, 'POST', '/TicketMessage', { Ticket: { TicketId }, Body });
    await at(24 * hour, () => message('Yesterday'));
    const place = await exportPlace(crm);
    const last = 'export --datatype Message --fields Body --since last';
    expect(await place.rows(last)).toHaveLength(1);
    await message('Today');
    expect(await place.rows(last)).toEqual([{ Body: 'Today' }]);
  });

  test.each(['Person', 'Project', 'Sale', 'Appointment', 'Document', 'Ticket'])(
    '%s has a time',
    async name => {
      const place = await exportPlace(crm);
      const { exitCode, stderr } = await place.run(`export --datatype ${name} --since last`);
      expect(exitCode, stderr).toBe(0);
      expect((await place.run(`export --datatype ${name} --since last`)).exitCode).toBe(0);
    },
  );

  test('an archive: the column that the search names under "changed", or none', async () => {
    const { made, department } = await companies();
    const place = await exportPlace(crm);
    const found = {
      provider: 'FindContact',
      key: 'contactId',
      fields: ['name'],
      where: `department=${department}`,
    };
    await place.configure({ searches: { With: { ...found, changed: 'updatedDate' }, Without: found } });
    const last = ['export', '--since', 'last', '--search'];
    expect(await place.rows([...last, 'With'])).toHaveLength(3);
    await rename(made.get('B'), 'B again');
    expect(await place.rows([...last, 'With'])).toEqual([{ name: 'B again' }]);
    const { exitCode, stderr } = await place.run([...last, 'Without']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(
      'sic: --since: nothing tells when a row of FindContact was changed.\n→ Name the column',
    );
  });
});
