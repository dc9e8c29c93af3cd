import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Writable } from 'node:stream';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { folderOfFile } from '../support/folders.ts';

const folder = folderOfFile();
const writer = path.join(folder, 'writer.mjs');
const file = path.join(folder, 'out.txt');

/** A program that writes so many KiB, waits for each unless it is told not to, and says on standard error how that went. */
beforeAll(() => {
  const main = JSON.stringify(path.resolve('dist/main.js'));
  writeFileSync(
    writer,
    `import { runProcess } from ${main};
     await runProcess(async ([count, heedless], { stdout, stderr, signal }) => {
       let [written, read, waits] = [0, true, false];
       try {
         while (read && written < Number(count)) {
           stdout.write(String(written).padStart(1023, 'x') + '\\n');
           written++;
           if (heedless) continue;
           if (process.stdout.writableNeedDrain && !waits) {
             waits = true;
             stderr.write('waits\\n');
           }
           read = await stdout.taken();
         }
         const again = heedless ? null : await stdout.taken();
         stderr.write(JSON.stringify({ written, read, again, peak: process.resourceUsage().maxRSS }));
         return 0;
       } catch (error) {
         stderr.write(signal.aborted ? error.name : [error.code, error.message, error.hint].join(' '));
         return signal.aborted ? 143 : 4;
       }
     });`,
  );
});

interface Running {
  readonly child: ChildProcess;
  /** Reads its standard output. */
  read(): void;
  /** Resolves when it waits for its reader the first time. */
  readonly waits: Promise<void>;
  readonly ended: Promise<{ code: number | null; stdout: string; said: string }>;
}

function start(command: string, argv: readonly string[]): Running {
  const child = spawn(command, argv, {
    env: { PATH: process.env.PATH ?? '', NODE: process.execPath, WRITER: writer, FILE: file },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const written = { stdout: '', said: '' };
  const { stdout, stderr } = child;
  const read = (): void => {
    stdout?.setEncoding('utf8').on('data', (text: string) => {
      written.stdout += text;
    });
  };
  const waits = new Promise<void>(resolve => {
    stderr?.setEncoding('utf8').on('data', (text: string) => {
      written.said += text;
      if (written.said.startsWith('waits\n')) resolve();
    });
  });
  const ended: Running['ended'] = new Promise(resolve =>
    child.on('close', code => resolve({ code, ...written, said: written.said.replace('waits\n', '') })),
  );
  return { child, read, waits, ended };
}

/** Runs a bash line and reads what it writes. It may read descriptor 3, to which a line is written by hand. */
function bash(line: string): Running {
  const running = start('bash', ['--norc', '-c', `set -o pipefail\n${line}`]);
  running.read();
  return running;
}

const endless = '1000000000';

describe('a slow reader', () => {
  test('gets it all, and 300 MiB do not pile up before it', async () => {
    const { stdout, said, code } = await bash('"$NODE" "$WRITER" 307200 | gzip -1 | gunzip | wc -c').ended;
    expect({ code, bytes: Number(stdout) }, said).toEqual({ code: 0, bytes: 300 * 2 ** 20 });
    const { peak, ...told } = JSON.parse(said);
    expect(told).toEqual({ written: 307_200, read: true, again: true });
    expect(peak * 1024).toBeLessThan(150e6);
  });

  test('that is a file', async () => {
    const { said, code } = await bash('"$NODE" "$WRITER" 5000 > "$FILE"').ended;
    expect(JSON.parse(said)).toMatchObject({ written: 5000, read: true, again: true });
    expect({ code, bytes: statSync(file).size }).toEqual({ code: 0, bytes: 5000 * 1024 });
  });

  test('gets what nobody waited for, too', async () => {
    const { stdout, code } = await bash('"$NODE" "$WRITER" 5000 heedless | wc -c').ended;
    expect({ code, bytes: Number(stdout) }).toEqual({ code: 0, bytes: 5000 * 1024 });
  });

  test('a signal ends the wait for one that has stopped reading', async () => {
    const { child, read, waits, ended } = start(process.execPath, [writer, endless]);
    await waits;
    // What it has handed over already is still waited for.
    child.stderr?.on('data', text => String(text).includes('AbortError') && read());
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ code: 143, said: 'Stopping cleanly.\nAbortError' });
  });
});

describe('a reader that is gone', () => {
  const toldOnceAndAgain = { code: 0, said: expect.stringContaining('"read":false,"again":false') };

  test('is told soon', async () => {
    const ended = await bash(`"$NODE" "$WRITER" ${endless} | head -c 3`).ended;
    expect(ended).toMatchObject({ ...toldOnceAndAgain, stdout: 'xxx' });
  });

  test('is told to who waits for it: of a pipe', async () => {
    const { child, waits, ended } = bash(`"$NODE" "$WRITER" ${endless} | read -ru 3`);
    await waits;
    const hand = child.stdio[3];
    if (hand instanceof Writable) hand.end('leave\n');
    expect(await ended).toMatchObject(toldOnceAndAgain);
  });

  test('is told to who waits for it: of a socket', async () => {
    const { child, waits, ended } = start(process.execPath, [writer, endless]);
    await waits;
    child.stdout?.destroy();
    expect(await ended).toMatchObject(toldOnceAndAgain);
  });
});

describe.skipIf(!existsSync('/dev/full'))('a full disk', () => {
  test('is told to who waits', async () => {
    const { code, said } = await bash('"$NODE" "$WRITER" 5000 > /dev/full').ended;
    expect(code).toBe(4);
    expect(said).toMatch(
      /^file There is not enough room for what was written to standard output \(ENOSPC\)\. .+Free/,
    );
  });

  test('is told at the end when nobody waited', async () => {
    const { code, said } = await bash('"$NODE" bin/sic.js fields Company > /dev/full').ended;
    expect(code).toBe(4);
    expect(said).toMatch(/^sic: There is not enough room .+ \(ENOSPC\)\.\n→ .+Free some room.+\n$/s);
  });

  test('of what is said to people stops nothing', async () => {
    const { code, stdout } = await bash('"$NODE" "$WRITER" 50 2> /dev/full').ended;
    expect({ code, length: stdout.length }).toEqual({ code: 0, length: 50 * 1024 });
  });

  test('nothing is written behind a hole', async () => {
    // The shell counts in blocks of 512 bytes or of 1024.
    await bash('ulimit -f 8; "$NODE" "$WRITER" 50 heedless > "$FILE"; exit $?').ended;
    expect(readFileSync(file, 'utf8')).toMatch(/^(x+[0-3]\n){4}((x+[4-7]\n){4})?$/);
  });
});
