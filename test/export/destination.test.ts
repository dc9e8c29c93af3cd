import { execFile, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { toFile, toStream } from '../../src/export/destination.ts';
import { temporaryFolder } from '../support/folders.ts';
import { refusal } from '../support/refusal.ts';

const unix = process.platform !== 'win32';
const row = 'C-1;Acme;Danmark\n';

async function exported(path: string, ...texts: string[]): Promise<void> {
  const destination = await toFile(path, path);
  for (const text of texts) expect(await destination.write(text)).toBe(true);
  await destination.finish();
}

const read = (path: string): string => fs.readFileSync(path, 'utf8');
const rights = (path: string): number => fs.statSync(path).mode & 0o777;

describe('a stream', () => {
  test('gets each text at once, and tells when nobody reads', async () => {
    const written: string[] = [];
    const stream = toStream({
      write: text => void written.push(text),
      taken: async () => written.length < 2,
      flushed: async () => written.length < 2,
    });
    expect(await stream.write('a')).toBe(true);
    expect(await stream.write('b')).toBe(false);
    await stream.finish();
    await stream.discard();
    expect(written).toEqual(['a', 'b']);
  });
});

describe('a file', () => {
  test('has its name when all of it is written, and nothing beside it', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'companies.csv');
    const destination = await toFile(path, 'companies.csv');
    expect(await destination.write('Key;Name\n')).toBe(true);
    expect(await destination.write(row)).toBe(true);
    expect(fs.existsSync(path)).toBe(false);
    expect(fs.readdirSync(folder)).toEqual([expect.stringMatching(/^\.sic-export-.+\.tmp$/)]);
    await destination.finish();
    expect(read(path)).toBe(`Key;Name\n${row}`);
    expect(fs.readdirSync(folder)).toEqual(['companies.csv']);
  });

  test('without rows is empty', async () => {
    const path = join(await temporaryFolder(), 'empty.csv');
    await exported(path);
    expect(read(path)).toBe('');
  });

  test('is written in order, in large pieces, whatever the size of the texts', async () => {
    const path = join(await temporaryFolder(), 'many.csv');
    const texts = Array.from({ length: 20_000 }, (_, n) =>
      `${n};rød grød 😀\n`.repeat(n % 1000 === 0 ? 4000 : 1),
    );
    const calls = systemWrites();
    await exported(path, ...texts);
    const after = systemWrites();
    expect(read(path) === texts.join('')).toBe(true);
    if (calls !== null && after !== null) expect(after - calls).toBeLessThan(1000);
  });

  test('that is there stays as it is until then, and keeps its rights', async () => {
    const path = join(await temporaryFolder(), 'old.csv');
    fs.writeFileSync(path, 'old\n');
    if (unix) fs.chmodSync(path, 0o604);
    const destination = await toFile(path, 'old.csv');
    await destination.write(row.repeat(100_000));
    expect(read(path)).toBe('old\n');
    await destination.finish();
    expect(read(path).length).toBe(row.length * 100_000);
    if (unix) expect(rights(path)).toBe(0o604);
  });

  test.runIf(unix)('that is new has the rights of new files', async () => {
    const path = join(await temporaryFolder(), 'new.csv');
    const before = process.umask(0o027);
    try {
      await exported(path, row);
    } finally {
      process.umask(before);
    }
    expect(rights(path)).toBe(0o640);
  });

  test.runIf(process.getuid?.() === 0)('that root writes stays with its owner', async () => {
    const path = join(await temporaryFolder(), 'owned.csv');
    fs.writeFileSync(path, 'old\n');
    fs.chownSync(path, 1234, 2345);
    await exported(path, row);
    expect(fs.statSync(path)).toMatchObject({ uid: 1234, gid: 2345 });
  });

  test('that is given up leaves the old one, and nothing beside it', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'old.csv');
    fs.writeFileSync(path, 'old\n');
    const destination = await toFile(path, 'old.csv');
    await destination.write(row.repeat(100_000));
    await destination.discard();
    await destination.discard();
    expect(read(path)).toBe('old\n');
    expect(fs.readdirSync(folder)).toEqual(['old.csv']);
    await expect(destination.finish()).rejects.toThrow('discarded already');
  });

  test('that is finished is not taken back', async () => {
    const path = join(await temporaryFolder(), 'new.csv');
    const destination = await toFile(path, 'new.csv');
    await destination.write(row);
    await destination.finish();
    await destination.discard();
    expect(read(path)).toBe(row);
  });

  test('two exports to it do not mix: the later one stands', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'both.csv');
    const [one, other] = await Promise.all([toFile(path, 'both.csv'), toFile(path, 'both.csv')]);
    await Promise.all([one.write('one\n'.repeat(100_000)), other.write('other\n'.repeat(100_000))]);
    await other.finish();
    await one.finish();
    expect(read(path) === 'one\n'.repeat(100_000)).toBe(true);
    expect(fs.readdirSync(folder)).toEqual(['both.csv']);
  });
});

describe.runIf(unix)('a symbolic link', () => {
  test.each([
    ['to a file', 'real/there.csv', 'real/there.csv'],
    ['to a file that is not there yet', 'real/new.csv', 'real/new.csv'],
    ['over another one', 'second', 'real/there.csv'],
    // Up from where the folder is, and not from where its link is.
    ['up from a folder that is itself a link', 'linked/../above.csv', 'above.csv'],
  ])('%s is written through', async (_name, leadsTo, written) => {
    const folder = await temporaryFolder();
    fs.mkdirSync(join(folder, 'real'));
    fs.mkdirSync(join(folder, 'elsewhere'));
    fs.symlinkSync(join(folder, 'real'), join(folder, 'elsewhere', 'linked'));
    fs.symlinkSync('real', join(folder, 'linked'));
    fs.symlinkSync('real/there.csv', join(folder, 'second'));
    fs.writeFileSync(join(folder, 'real', 'there.csv'), 'old\n', { mode: 0o600 });
    fs.symlinkSync(leadsTo, join(folder, 'link.csv'));
    await exported(join(folder, 'link.csv'), row);
    expect(fs.readlinkSync(join(folder, 'link.csv'))).toBe(leadsTo);
    expect(read(join(folder, written))).toBe(row);
    expect(fs.readdirSync(folder).filter(name => name.startsWith('.'))).toEqual([]);
  });

  test('from a folder that is itself a link', async () => {
    const folder = await temporaryFolder();
    fs.mkdirSync(join(folder, 'a/b'), { recursive: true });
    fs.symlinkSync('../target.csv', join(folder, 'a/b/link.csv'));
    fs.symlinkSync('a/b', join(folder, 'short'));
    await exported(join(folder, 'short', 'link.csv'), row);
    expect(read(join(folder, 'a/target.csv'))).toBe(row);
  });

  test('that leads to itself', async () => {
    const path = join(await temporaryFolder(), 'loop.csv');
    fs.symlinkSync('loop.csv', path);
    expect(await refusal(toFile(path, 'loop.csv'))).toMatchObject({
      code: 'usage',
      message: 'loop.csv cannot be written (ELOOP).',
    });
  });
});

describe('refused before it begins', () => {
  test.each([
    [
      'nowhere/out.csv',
      'The folder of nowhere/out.csv does not exist.',
      /^Make .+nowhere, or give --out another/,
    ],
    ['folder', 'folder is a folder, not a file.', /in it/],
    ['new/', 'new/ is a folder, not a file.', /in it/],
    ['file/out.csv', 'file/out.csv cannot be written (ENOTDIR).', /each folder of its path/],
    [`${'x'.repeat(300)}.csv`, `${'x'.repeat(300)}.csv cannot be written (ENAMETOOLONG).`, /another name/],
  ])('%s', async (shown, message, hint) => {
    const folder = await temporaryFolder();
    fs.mkdirSync(join(folder, 'folder'));
    fs.writeFileSync(join(folder, 'file'), 'old\n');
    const error = await refusal(toFile(join(folder, shown.replace(/\/$/, '')), shown));
    expect(error).toMatchObject({ code: 'usage', message, hint: expect.stringMatching(hint) });
    expect(fs.readdirSync(folder)).toEqual(['file', 'folder']);
  });

  test.runIf(unix)('a folder, and a file, without rights', async () => {
    const folder = await temporaryFolder();
    fs.writeFileSync(join(folder, 'old.csv'), 'old\n', { mode: 0o444 });
    fs.chmodSync(folder, 0o555);
    const [made, replaced] = await asNobody(async () => [
      await refusal(toFile(join(folder, 'new.csv'), 'new.csv')),
      await refusal(toFile(join(folder, 'old.csv'), 'old.csv')),
    ]);
    fs.chmodSync(folder, 0o755);
    const hint = expect.stringContaining('Give the user that runs sic the right to write');
    expect(made).toMatchObject({
      code: 'usage',
      message: `new.csv cannot be made: ${folder} may not be written to (EACCES).`,
      hint,
    });
    expect(replaced).toMatchObject({
      code: 'usage',
      message: 'old.csv may not be written to (EACCES).',
      hint,
    });
    expect(fs.readdirSync(folder)).toEqual(['old.csv']);
  });

  test.runIf(unix)('a socket', async () => {
    const path = join(await temporaryFolder(), 'socket');
    const { createServer } = await import('node:net');
    const server = createServer().listen(path);
    await once(server, 'listening');
    expect(await refusal(toFile(path, 'socket'))).toMatchObject({
      code: 'usage',
      message: 'socket is neither a file nor a pipe.',
    });
    server.close();
  });
});

describe.runIf(unix)('what is no file', () => {
  test('/dev/null stays what it is', async () => {
    await exported('/dev/null', row.repeat(100_000));
    expect(fs.statSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  test('a pipe is written as fast as it is read', async () => {
    const pipe = await namedPipe();
    const text = row.repeat(500_000);
    const arrived = promisify(execFile)('sh', ['-c', 'wc -c < "$1"', 'sh', pipe]);
    await exported(pipe, text, text);
    expect(Number((await arrived).stdout)).toBe(2 * text.length);
    expect(fs.statSync(pipe).isFIFO()).toBe(true);
  });

  test('a pipe whose reader leaves tells it', async () => {
    const pipe = await namedPipe();
    const arrived = promisify(execFile)('head', ['-c', '3', pipe]);
    const destination = await toFile(pipe, 'pipe');
    let count = 0;
    while (await destination.write(row.repeat(10_000))) count++;
    expect(count).toBeLessThan(100);
    expect(await destination.write(row)).toBe(false);
    await destination.finish();
    expect((await arrived).stdout).toBe('C-1');
  });

  test('a pipe that nobody reads is waited for until a signal', async () => {
    const pipe = await namedPipe();
    const stop = new AbortController();
    const waiting = toFile(pipe, 'pipe', stop.signal);
    stop.abort('SIGINT');
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });

    const descriptor = fs.openSync(pipe, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK);
    const later = new AbortController();
    const destination = await toFile(pipe, 'pipe', later.signal);
    const stuck = destination.write(row.repeat(100_000));
    later.abort('SIGINT');
    await expect(stuck).rejects.toMatchObject({ name: 'AbortError' });
    await destination.discard();
    fs.closeSync(descriptor);
  });

  test('a descriptor is written from where it is, and stays open', async () => {
    const path = join(await temporaryFolder(), 'open.csv');
    const descriptor = fs.openSync(path, 'w');
    fs.writeSync(descriptor, 'before\n');
    await exported(`/dev/fd/${descriptor}`, row);
    fs.writeSync(descriptor, 'after\n');
    fs.closeSync(descriptor);
    expect(read(path)).toBe(`before\n${row}after\n`);
    expect((await refusal(toFile('/dev/fd/9999', '/dev/fd/9999'))).message).toBe(
      '/dev/fd/9999 cannot be written (EBADF).',
    );
  });

  test.runIf(fs.existsSync('/dev/full'))('a full disk, through a link', async () => {
    const path = join(await temporaryFolder(), 'full.csv');
    fs.symlinkSync('/dev/full', path);
    const destination = await toFile(path, 'full.csv');
    expect(await destination.write(row)).toBe(true);
    const error = await refusal(destination.write(row.repeat(100_000)));
    expect(error).toMatchObject({
      code: 'file',
      message: 'There is not enough room for full.csv (ENOSPC).',
      hint: expect.stringMatching(/^Free some room/),
    });
    await destination.discard();
  });
});

/** How often this process has called the system to write; null where it does not tell. */
function systemWrites(): number | null {
  if (!fs.existsSync('/proc/self/io')) return null;
  const match = /^syscw: (\d+)$/m.exec(read('/proc/self/io'));
  return match === null ? null : Number(match[1]);
}

async function namedPipe(): Promise<string> {
  const path = join(await temporaryFolder(), 'pipe');
  execFileSync('mkfifo', [path]);
  return path;
}

/** Root may do anything, so it does this as somebody else. */
async function asNobody<T>(action: () => Promise<T>): Promise<T> {
  const isRoot = process.getuid?.() === 0;
  if (isRoot) process.seteuid?.(65_534);
  try {
    return await action();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}
