import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { zipOf } from '../formats/zips.ts';
import { readAnswer } from '../support/answer.ts';
import { temporaryFolder } from '../support/folders.ts';
import { sic } from '../support/sic.ts';

const data = {
  'documents.csv': 'DocuUserKey01;Name;DocumentTemplate\nD-1;note.txt;File\n',
  'tickets.csv': 'TickUserKey01;Title\nT-1;Lamp 2 blinks\n',
  'messages.csv': 'MessUserKey01;TickUserKey01;Body;AttachmentNames\nM-1;T-1;See the picture.;lamp.txt\n',
};
const flat = { 'note.txt': 'Note', 'lamp.txt': 'Lamp' };
const inFolders = { 'documents/note.txt': 'Note', 'attachments/lamp.txt': 'Lamp' };
const dataFiles = Object.keys(data);

describe('files that rows name', () => {
  let cwd: string;

  beforeEach(async () => {
    cwd = await temporaryFolder();
  });

  async function put(files: Readonly<Record<string, string | Uint8Array>>) {
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(cwd, name)), { recursive: true });
      await writeFile(join(cwd, name), content);
    }
  }

  function run(...argv: string[]) {
    return sic([...argv, '--sandbox', '--state-dir', join(cwd, 'state')], { cwd });
  }

  async function answer(...argv: string[]) {
    return readAnswer((await run(...argv, '--json')).stdout);
  }

  /** The last command that the text ends with, as words. */
  function lastCommand(text: string): string[] {
    return (/ sic ([^\n]*)\n$/.exec(text)?.[1] ?? '').split(' ');
  }

  const arrangements: readonly [
    where: string,
    files: Readonly<Record<string, string>>,
    argv: readonly string[],
  ][] = [
    ['beside the data files', flat, dataFiles],
    ['in folders beside the data files', inFolders, dataFiles],
    [
      'in the folder of --files',
      { 'far/note.txt': 'Note', 'far/lamp.txt': 'Lamp' },
      [...dataFiles, '--files', 'far'],
    ],
    [
      'in folders of the folder of --files',
      { 'far/documents/note.txt': 'Note', 'far/attachments/lamp.txt': 'Lamp' },
      [...dataFiles, '--files', 'far'],
    ],
  ];

  it.each(arrangements)('are found %s', async (_where, files, argv) => {
    await put({ ...data, ...files });
    expect(await answer('import', ...argv)).toMatchObject({ exitCode: 0, counts: { created: 3 } });
  });

  it.each([
    ['at the top', flat],
    ['in its folders', inFolders],
  ])('are found in a zip that goes along, %s', async (_where, files) => {
    await put({ ...data, 'files.zip': await zipOf(files) });
    expect(await answer('import', ...dataFiles, 'files.zip')).toMatchObject({
      exitCode: 0,
      counts: { created: 3 },
    });
  });

  it('are found for the rows of a reject file by the command that the report ends with', async () => {
    await put({
      ...data,
      'in/documents.csv': data['documents.csv'].replace(';File', ';Fille'),
      'in/documents/note.txt': 'Note',
      'zips/lamp.zip': await zipOf({ 'lamp.txt': 'Lamp' }),
    });
    const first = await run('import', 'in/documents.csv', 'tickets.csv', 'messages.csv', 'zips/lamp.zip');
    expect(first.exitCode).toBe(1);
    const [verb = '', rejects = '', ...more] = lastCommand(first.stdout);
    expect([verb, ...more.slice(0, 3)]).toEqual(['import', 'zips/lamp.zip', '--files', 'in']);
    const text = await readFile(join(cwd, rejects), 'utf8');
    await writeFile(join(cwd, rejects), text.replace(';Fille;', ';File;'));
    const { exitCode, stdout } = await sic([verb, rejects, ...more], { cwd });
    expect(exitCode, stdout).toBe(0);
  });

  it.each([
    ['a zip of everything', ['all.zip']],
    ['data files and a zip of files', [...dataFiles, 'files.zip']],
  ])('are there when validate of %s names the command that imports it', async (_what, argv) => {
    await put({
      ...data,
      'all.zip': await zipOf({ ...data, ...inFolders }),
      'files.zip': await zipOf(inFolders),
    });
    const { stdout } = await run('validate', ...argv);
    const command = lastCommand(stdout);
    expect(command.slice(0, argv.length + 1)).toEqual(['import', ...argv]);
    expect((await sic([...command, '--json'], { cwd })).exitCode).toBe(0);
  });

  it('are not looked for when the row itself has the content', async () => {
    await put({ 'documents.csv': 'DocuUserKey01;Name;Content\nD-1;note.txt;Tm90ZQ==\n' });
    expect(await answer('validate', 'documents.csv', '--offline')).toMatchObject({ exitCode: 0, rows: [] });
    expect(await answer('import', 'documents.csv')).toMatchObject({ exitCode: 0, counts: { created: 1 } });
  });
});
