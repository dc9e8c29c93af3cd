import { SicError } from '../../problems/sic-error.ts';
import type { Context } from '../context.ts';

/** Keys are the largest secrets, and a few thousand characters long. */
const longest = 64 * 1024;

/** A terminal, which echoes what is typed until it is told not to. */
interface Terminal extends NodeJS.ReadableStream {
  setRawMode(raw: boolean): unknown;
}

/**
 * Asks for a secret: typed without echo on a terminal, else read from standard input. One line; piped, also a whole private
 * key. Throws SicError 'usage' for nothing, for several lines, and rejects with the signal's reason when it fires.
 */
export async function askSecret(question: string, context: Context): Promise<string> {
  const { stdin } = context;
  const secret = isTerminal(stdin) ? await typed(stdin, question, context) : await piped(context);
  if (secret.trim() === '')
    throw new SicError('usage', 'No secret was given, so nothing was stored.', {
      hint: isTerminal(stdin)
        ? 'Run the same command again and type or paste it.'
        : 'Pipe it in, as one line, or run the command on a terminal, which asks for it.',
    });
  return secret;
}

function isTerminal(stdin: NodeJS.ReadableStream): stdin is Terminal {
  return 'isTTY' in stdin && stdin.isTTY === true && 'setRawMode' in stdin;
}

const keys = {
  enter: ['\r', '\n'],
  erase: ['\u007f', '\b'],
  interrupt: '\u0003',
  end: '\u0004',
  clear: '\u0015',
};

function typed(stdin: Terminal, question: string, { stderr, signal }: Context): Promise<string> {
  return new Promise((resolve, reject) => {
    let characters: string[] = [];
    const finish = (end: () => void): void => {
      stdin.off('data', onData);
      stdin.off('end', onEnd);
      signal.removeEventListener('abort', onAbort);
      stdin.setRawMode(false);
      stdin.pause();
      stderr.write('\n');
      end();
    };
    const onEnd = (): void => finish(() => resolve(characters.join('')));
    const onAbort = (): void => finish(() => reject(signal.reason));
    const onData = (chunk: Buffer | string): void => {
      // What keys like the arrows send is no part of a secret.
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they begin with one
      for (const key of String(chunk).replace(/\u001b(?:\[[0-9;?]*[ -/]*[@-~]|O.)/g, '')) {
        if (keys.enter.includes(key) || key === keys.end) {
          onEnd();
          return;
        }
        // In this mode the terminal makes no signal of it.
        if (key === keys.interrupt) process.kill(process.pid, 'SIGINT');
        else if (keys.erase.includes(key)) characters.pop();
        else if (key === keys.clear) characters = [];
        else if (key >= ' ' || key === '\t') characters.push(key);
      }
    };
    stderr.write(question);
    stdin.setEncoding('utf8');
    stdin.setRawMode(true);
    stdin.on('data', onData);
    stdin.once('end', onEnd);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    else stdin.resume();
  });
}

async function piped({ stdin, signal }: Context): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of untilAborted(stdin, signal)) {
    chunks.push(Buffer.from(chunk));
    size += chunk.length;
    if (size > longest)
      throw new SicError('usage', 'What was piped in is too long for a secret.', {
        hint: 'Pipe in the secret and nothing else: one line, or one private key.',
      });
  }
  const text = Buffer.concat(chunks)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
  const secret = text.replace(/\r?\n$/, '');
  if (!/[\r\n]/.test(secret) || isKey(secret)) return secret;
  throw new SicError('usage', 'What was piped in has several lines, but a secret is one line.', {
    hint: 'Pipe in the secret and nothing else. Only a private key (PEM, or <RSAKeyValue>) may have several lines.',
  });
}

function isKey(text: string): boolean {
  return /^\s*(?:-----BEGIN |<RSAKeyValue>|<\?xml)/.test(text);
}

/** A pipe that nobody closes would otherwise hold the program after Ctrl-C. */
async function* untilAborted(
  stdin: NodeJS.ReadableStream,
  signal: AbortSignal,
): AsyncGenerator<Buffer | string, void, void> {
  const chunks = stdin[Symbol.asyncIterator]();
  let stop: (() => void) | null = null;
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
  });
  aborted.catch(() => {});
  try {
    for (;;) {
      const next = await Promise.race([chunks.next(), aborted]);
      if (next.done) return;
      yield next.value;
    }
  } finally {
    if (stop !== null) signal.removeEventListener('abort', stop);
  }
}
