import type { Outside } from './context.ts';
import { exitCodes } from './exit-code.ts';
import { holdHeap } from './heap.ts';
import { standardStream } from './standard-stream.ts';

/** Runs `main` with the real process around it: streams, signals, exit code. */
export async function runProcess(
  main: (argv: readonly string[], outside: Outside) => Promise<number>,
): Promise<void> {
  process.once('beforeExit', tellStuck);
  const argv = process.argv.slice(2);
  if (argv[0] !== 'sandbox') holdHeap();
  const signal = signalOfProcess();
  const stdout = standardStream(process.stdout, 'standard output', signal);
  const stderr = standardStream(process.stderr, 'standard error', signal);
  const outside: Outside = {
    env: process.env,
    cwd: process.cwd(),
    get stdin() {
      return process.stdin;
    },
    stdout,
    stderr,
    now: Date.now,
    signal,
  };
  const exitCode = await main(argv, outside);
  const lost = await stdout.settled();
  if (lost !== null) stderr.write(`sic: ${lost.message}\n→ ${lost.hint}\n`);
  await stderr.settled();
  // Not left to the event loop: a socket that was forgotten must not keep a cron job alive.
  process.exit(lost === null || exitCode > exitCodes.rowsNeedALook ? exitCode : exitCodes.gaveUp);
}

/** Nothing is under way any more, and `main` has not answered: Node would end as if all were well. */
function tellStuck(): void {
  process.stderr.write(
    `sic: This is a bug in sic, not a mistake of yours: it waits for something that cannot come.
→ Run the same command again; what was accepted is not sent twice. Please report it with the command you ran.
`,
  );
  process.exit(exitCodes.gaveUp);
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
