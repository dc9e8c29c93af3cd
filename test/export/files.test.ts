import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileName } from '../../src/records/file-name.ts';
import type { RunningSandbox } from '../../src/sandbox/server.ts';
import { ask, type ExportPlace, exportPlace, startCrm } from '../support/export-place.ts';
import { type Seen, startFaultyProxy } from '../support/faulty-proxy.ts';

let crm: RunningSandbox;
beforeAll(async () => {
  crm = await startCrm();
});
afterAll(() => crm.close());

let headers = 0;

/** Documents of this test alone: a name and what is in it; null: no file. */
async function documents(...contents: readonly (readonly [string, Uint8Array | string | null])[]) {
  const header = `Files ${++headers}`;
  const ids: number[] = [];
  for (const [Name, content] of contents) {
    const { DocumentId } = await ask<{ DocumentId: number }>(crm, 'POST', '/Document', {
      Header: header,
      Name,
    });
    ids.push(DocumentId);
    if (content !== null) await ask(crm, 'PUT', `/Document/${DocumentId}/Content`, Buffer.from(content));
  }
  const where = `Heading=${header}`;
  const line = [
    'export',
    '--datatype',
    'Document',
    '--fields',
    'Name',
    '--where',
    where,
    '--with-files',
    'saved',
  ];
  return { ids, line };
}

async function below(place: ExportPlace, folder = 'saved'): Promise<string[]> {
  const entries = await readdir(join(place.cwd, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(join(place.cwd, folder).length + 1))
    .sort();
}

const isContent = ({ path }: Seen): boolean => /^\/v1\/Document\/\d+\/Content$/.test(path);

describe('files of documents', () => {
  test('each in a folder of its record, in a folder that is made; the column names them', async () => {
    const big = Buffer.alloc(3 << 20, 'crane ');
    const { ids, line } = await documents(
      ['offer.txt', 'To kraner'],
      ['offer.txt', 'Tre kraner'],
      ['big.bin', big],
    );
    const place = await exportPlace(crm);
    const out = line.with(-1, 'deep/er/saved');
    const { exitCode, stdout, stderr } = await place.run(out);
    expect(exitCode, stderr).toBe(0);
    // The archive of SuperOffice keeps the second one under another name.
    const names = [`${ids[0]}/offer.txt`, `${ids[1]}/offer_1.txt`, `${ids[2]}/big.bin`];
    expect(JSON.parse(stdout).Document).toEqual(names.map(Name => ({ Name })));
    expect(await below(place, 'deep/er/saved')).toEqual([...names].sort());
    expect(await place.read(`deep/er/saved/${names[1]}`)).toBe('Tre kraner');
    expect((await readFile(join(place.cwd, 'deep/er/saved', names[2] ?? ''))).equals(big)).toBe(true);
    expect(stderr).toMatch(/^Document: 3 rows in .+, 3 files, \d+ requests\n$/);
  });

  test('a document without a file, or with an empty one, is a row without a name, and no folder', async () => {
    const { ids, line } = await documents(['none.txt', null], ['empty.txt', ''], ['full.txt', 'x']);
    const place = await exportPlace(crm);
    expect(await place.rows(line)).toEqual([{ Name: '' }, { Name: '' }, { Name: `${ids[2]}/full.txt` }]);
    expect(await readdir(join(place.cwd, 'saved'))).toEqual([String(ids[2])]);
  });

  test('a second export takes the place of the first one', async () => {
    const { ids, line } = await documents(['plan.txt', 'old']);
    const place = await exportPlace(crm);
    await place.rows(line);
    await ask(crm, 'PUT', `/Document/${ids[0]}/Content`, Buffer.from('new'));
    await place.rows(line);
    expect(await below(place)).toEqual([`${ids[0]}/plan.txt`]);
    expect(await place.read(`saved/${ids[0]}/plan.txt`)).toBe('new');
  });

  test('more of them than are asked for at the same time', async () => {
    const { ids, line } = await documents(
      ...Array.from({ length: 30 }, (_, n) => [`${n}.txt`, `no. ${n}`] as const),
    );
    const place = await exportPlace(crm);
    const rows = await place.rows(line);
    expect(rows.map(({ Name }) => Name)).toEqual(ids.map((id, n) => `${id}/${n}.txt`));
    for (const [n, id] of ids.entries()) expect(await place.read(`saved/${id}/${n}.txt`)).toBe(`no. ${n}`);
  });

  test('one that breaks off is asked for again, and is whole', async () => {
    const { ids, line } = await documents(['a.txt', 'first'], ['b.txt', 'second']);
    const proxy = await startFaultyProxy(crm.url);
    const place = await exportPlace(crm, { url: proxy.url });
    let met = 0;
    proxy.script(seen => (isContent(seen) && ++met === 1 ? 'lose-answer' : null));
    expect(await place.rows(line)).toHaveLength(2);
    expect(await below(place)).toEqual([`${ids[0]}/a.txt`, `${ids[1]}/b.txt`].sort());
  });

  test('one that SuperOffice refuses ends the export: no half file, none under the final name of the rows', async () => {
    const { ids, line } = await documents(['a.txt', 'first'], ['b.txt', 'second'], ['c.txt', 'third']);
    const proxy = await startFaultyProxy(crm.url);
    const place = await exportPlace(crm, { url: proxy.url });
    proxy.script(({ path }) =>
      path === `/v1/Document/${ids[1]}/Content`
        ? { status: 400, body: '{"Message":"The archive is locked"}' }
        : null,
    );
    const { exitCode, stderr } = await place.run([...line, '--out', 'out.csv']);
    expect(exitCode).toBe(4);
    expect(stderr).toContain('The archive is locked');
    expect(await readdir(place.cwd)).not.toContain('out.csv');
    for (const name of await below(place)) {
      expect(name).not.toMatch(/tmp$/);
      expect(await place.read(`saved/${name}`)).toMatch(/^(?:first|third)$/);
    }
  });

  test('a folder in the place of a file is told, and where', async () => {
    const { ids, line } = await documents(['blocked.txt', 'first']);
    const place = await exportPlace(crm);
    await mkdir(join(place.cwd, 'saved', String(ids[0]), 'blocked.txt'), { recursive: true });
    const { exitCode, stderr } = await place.run(line);
    expect(exitCode).toBe(4);
    expect(stderr).toContain(join('saved', String(ids[0]), 'blocked.txt'));
    expect(await below(place)).toEqual([]);
  });
});

describe('attachments of messages', () => {
  async function message(...names: readonly string[]): Promise<{ id: number; line: string[] }> {
    const title = `Attachments ${++headers}`;
    const { TicketId } = await ask<{ TicketId: number }>(crm, 'POST', '/Ticket', { Title: title });
    const made = await ask<{ EjMessageId: number }>(crm, 'POST', '/TicketMessage', {
      Ticket: { TicketId },
      Body: title,
    });
    const attached: number[] = [];
    for (const Name of names) {
      const { AttachmentId } = await ask<{ AttachmentId: number }>(crm, 'POST', '/Attachment', {
        Name,
        ContentType: 'text/plain',
      });
      await ask(crm, 'POST', `/Attachment/${AttachmentId}/Content`, Buffer.from(`of ${Name}`));
      attached.push(AttachmentId);
    }
    await ask(crm, 'POST', `/TicketMessage/${made.EjMessageId}/Attachment`, attached);
    const line = ['export', '--datatype', 'Message', '--where', `Body=${title}`];
    return { id: made.EjMessageId, line: [...line, '--with-files', 'saved'] };
  }

  test('all of them, with names of their own also where letter case does not count', async () => {
    const { id, line } = await message('log.txt', 'LOG.txt', 'a|b.txt');
    const place = await exportPlace(crm);
    const [row] = await place.rows(line);
    const names = row?.AttachmentNames?.split('|') ?? [];
    expect(names).toEqual([`${id}/log.txt`, `${id}/(2)/LOG.txt`, `${id}/a_b.txt`]);
    expect(await below(place)).toEqual([...names].sort());
    expect(await place.read(`saved/${names[1]}`)).toBe('of LOG.txt');
  });

  test('none', async () => {
    const { line } = await message();
    const place = await exportPlace(crm);
    expect(await place.rows(line)).toMatchObject([{ AttachmentNames: '' }]);
  });
});

describe('a folder that cannot be used is told before SuperOffice is asked', () => {
  test.each([
    ['in the place of a file', 'sic.config.json', 'ENOTDIR'],
    ['below a file', 'sic.config.json/files', 'ENOTDIR'],
    ['where nobody may make one', '/proc/none/files', 'ENOENT'],
  ])('%s', async (_, folder, code) => {
    const place = await exportPlace(crm, { profile: { url: 'http://127.0.0.1:1/Nobody' } });
    await writeFile(join(place.cwd, 'out.csv'), 'old');
    const argv = ['export', '--datatype', 'Document', '--with-files', folder, '--out', 'out.csv'];
    const { exitCode, stderr } = await place.run(argv);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(
      `sic: Files cannot be saved in ${folder}, the folder of --with-files (${code}).\n→ `,
    );
    expect(await place.read('out.csv')).toBe('old');
  });

  test.each([
    ['--datatype Company --with-files f', 'Company has none.'],
    ['--datatype Document --fields Heading --with-files f', '--fields lacks Name, the column'],
    ['--datatype Message --fields AttachmentNames', 'which is known once the files are saved'],
  ])('%s', async (flags, message) => {
    const place = await exportPlace(crm);
    const { exitCode, stderr } = await place.run(`export ${flags}`);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });
});

test.each([
  ['offer.txt', 'offer.txt'],
  ['Tilbud på blåbær.docx', 'Tilbud på blåbær.docx'],
  ['../../etc/passwd', '.._.._etc_passwd'],
  ['..', '_'],
  ['.', '_'],
  ['', '_'],
  ['a:b?c*d<e>f"g|h.txt', 'a_b_c_d_e_f_g_h.txt'],
  ['dots and spaces. . ', 'dots and spaces'],
  ['line\nbreak\u0000.txt', 'line break .txt'],
  ['CON', 'CON_'],
  ['nul.txt', 'nul_.txt'],
  ['console.txt', 'console.txt'],
  ['.bashrc', '.bashrc'],
  ['half \ud83d.txt', 'half _.txt'],
  [`${'å'.repeat(300)}.pdf`, `${'å'.repeat(113)}.pdf`],
  [`${'x'.repeat(300)}`, 'x'.repeat(230)],
  [`a.${'x'.repeat(300)}`, `a.${'x'.repeat(228)}`],
])('a name that every file system takes: %j', (name, safe) => {
  expect(fileName(name)).toBe(safe);
});
