import type { Output, Outside } from './context.ts';

/** Runs `main` with the real process around it: streams, signals, exit code. */
export async function runProcess(
  main: (argv: readonly string[], outside: Outside) => Promise<number>,
): Promise<void> {
  const outside: Outside = {
    env: process.env,
    cwd: process.cwd(),
    stdin: process.stdin,
    stdout: outputOf(process.stdout),
    stderr: outputOf(process.stderr),
    now: Date.now,
    signal: signalOfProcess(),
  };
  const exitCode = await main(process.argv.slice(2), outside);
  await Promise.all([drained(process.stdout), drained(process.stderr)]);
  // Not left to the event loop: a socket that was forgotten must not keep a cron job alive.
  process.exit(exitCode);
}

/** Once the reader has gone (`sic … | head`), writing does nothing: the work goes on and ends quietly. */
function outputOf(stream: NodeJS.WriteStream): Output {
  let gone = false;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    gone = true;
  });
  return {
    write: text => {
      if (!gone) stream.write(text);
    },
    isTTY: stream.isTTY === true,
    get columns() {
      // Some pseudo terminals say 0.
      return stream.columns || 80;
    },
  };
}

/** `timeout` sends its signal twice, to the process and to its group. Nobody presses Ctrl-C so quickly. */
const sameSignal = 500;

/** The first signal asks for a clean end, the second one ends the process at once. */
function signalOfProcess(): AbortSignal {
  const controller = new AbortController();
  const codes = { SIGINT: 130, SIGTERM: 143 } as const;
  let first = 0;
  const receive = (name: keyof typeof codes) => {
    if (controller.signal.aborted) {
      if (performance.now() - first < sameSignal) return;
      process.exit(codes[name]);
    }
    first = performance.now();
    process.stderr.write(
      name === 'SIGINT' ? '\nStopping cleanly. Press Ctrl-C again to stop at once.\n' : 'Stopping cleanly.\n',
    );
    controller.abort(name);
  };
  process.on('SIGINT', () => receive('SIGINT'));
  process.on('SIGTERM', () => receive('SIGTERM'));
  return controller.signal;
}

function drained(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise(resolve => {
    if (stream.destroyed || stream.writableLength === 0) resolve();
    else stream.write('', () => resolve());
  });
}
