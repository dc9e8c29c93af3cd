import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SicError } from '../../problems/sic-error.ts';
import type { Timing } from '../timing.ts';

export interface LoopbackOptions {
  /** 0: any free one. Registered applications allow ports of four digits and more (reading.md, section 2.1). */
  readonly port: number;
  /** What the browser has to bring back. */
  readonly state: string;
  /** Milliseconds. */
  readonly timeout: number;
  readonly timing: Timing;
  /** Ends the wait with its reason. */
  readonly signal: AbortSignal;
  /** What to run to try again: `sic login --profile me`. */
  readonly loginCommand: string;
}

/** Waits on this machine for the browser to come back from the sign-in. */
export interface Loopback {
  /** `http://127.0.0.1:53172`, without a path: so it is registered. */
  readonly redirectUri: string;
  /** The code. Throws SicError 'sign-in': refused, another sign-in, or nobody came in time. */
  readonly code: Promise<string>;
  close(): void;
}

/** Throws SicError 'usage' when the port is taken or may not be used. */
export async function listenForRedirect(options: LoopbackOptions): Promise<Loopback> {
  const { port, timing, signal, timeout } = options;
  if (port !== 0 && port < 1024)
    throw new SicError(
      'usage',
      `The port ${port} cannot be used to sign in: it must have four digits or more.`,
      {
        hint: 'Choose one from 1024 to 65535, or leave it out: then a free one is taken.',
      },
    );
  const server = createServer({ requestTimeout: 10_000 });
  await new Promise<void>((resolve, reject) => {
    server.once('error', cause => reject(cannotListen(port, cause)));
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  let release = (): void => {};
  const code = new Promise<string>((resolve, reject) => {
    const callOff = timing.after(timeout, () => reject(nobodyCame(options)));
    const onAbort = (): void => reject(signal.reason);
    release = () => {
      callOff();
      signal.removeEventListener('abort', onAbort);
    };
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    server.on('request', async (request, response) => {
      try {
        const outcome = await judge(request, `127.0.0.1:${taken}`, options);
        answer(response, outcome.status, outcome.page);
        if ('code' in outcome) resolve(outcome.code);
        if ('error' in outcome) reject(outcome.error);
      } catch {
        // The browser broke off in the middle: it may come again.
        response.destroy();
      }
    });
  });
  // Whoever closes without having asked for the code wants to hear nothing of it.
  code.catch(() => {});
  return {
    redirectUri: `http://127.0.0.1:${taken}`,
    code,
    close() {
      release();
      server.close();
      server.closeIdleConnections();
    },
  };
}

type Outcome = { readonly status: number; readonly page: Page } & (
  | { readonly code: string }
  | { readonly error: SicError }
  | object
);

interface Page {
  readonly title: string;
  readonly text: string;
}

const elsewhere: Outcome = {
  status: 404,
  page: { title: 'Not here', text: 'There is nothing at this address.' },
};

/** A GET with a query, or a POST with a form: SuperOffice's pages show both (reading.md, section 2.2). */
async function judge(request: IncomingMessage, host: string, options: LoopbackOptions): Promise<Outcome> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  // Another name for this address would mean that a web page somewhere found a way to it.
  if (url.pathname !== '/' || request.headers.host !== host) return elsewhere;
  if (request.method !== 'GET' && request.method !== 'POST') return elsewhere;
  const fields = request.method === 'POST' ? new URLSearchParams(await readForm(request)) : url.searchParams;
  const code = fields.get('code');
  const error = fields.get('error');
  if (!code && !error) return elsewhere;
  if (fields.get('state') !== options.state)
    return {
      status: 400,
      page: {
        title: 'Not signed in',
        text: 'This is the answer to another sign-in. Go back to the terminal and start again.',
      },
      error: new SicError(
        'sign-in',
        'The browser came back with the answer to another sign-in than the one that was started here (its state differs).',
        {
          hint: `Close old sign-in pages, then run ${options.loginCommand} again and use only the page that it opens.`,
        },
      ),
    };
  if (error)
    return {
      status: 200,
      page: {
        title: 'Not signed in',
        text: 'SuperOffice did not sign you in. The terminal says why; you can close this page.',
      },
      error: refused(error, fields.get('error_description') ?? '', options),
    };
  return {
    status: 200,
    page: {
      title: 'Almost done',
      text: 'SuperOffice has answered. You can close this page and go back to the terminal.',
    },
    code: code ?? '',
  };
}

const longestForm = 64 * 1024;

async function readForm(request: IncomingMessage): Promise<string> {
  let form = '';
  request.setEncoding('utf8');
  for await (const text of request) {
    form += String(text);
    if (form.length > longestForm) throw new Error('too long');
  }
  return form;
}

function refused(error: string, description: string, { loginCommand }: LoopbackOptions): SicError {
  // Printable, short and on one line: anybody can call this address with any text.
  const said = [error, description]
    .filter(part => part !== '')
    .join(': ')
    .replace(/[^\p{L}\p{N}\p{P}\p{S} ]+/gu, ' ')
    .slice(0, 300);
  return error === 'access_denied'
    ? new SicError('sign-in', `The sign-in was refused in the browser (${said}).`, {
        hint: `Run ${loginCommand} again and agree to the application; an administrator may have to approve it for the tenant first.`,
      })
    : new SicError('sign-in', `SuperOffice did not sign you in: ${said}.`, {
        hint: `Check "clientId" of the profile and the redirect addresses of the application (they must allow http://127.0.0.1 with any port), then run ${loginCommand} again.`,
      });
}

function nobodyCame({ timeout, loginCommand }: LoopbackOptions): SicError {
  const [count, unit] =
    timeout < 60_000 ? [Math.ceil(timeout / 1000), 'second'] : [Math.round(timeout / 60_000), 'minute'];
  return new SicError('sign-in', `Nobody signed in within ${count} ${unit}${count === 1 ? '' : 's'}.`, {
    hint: `Run ${loginCommand} again and finish in the browser, on this machine: the browser has to reach 127.0.0.1 here (over ssh: forward the port).`,
  });
}

function cannotListen(port: number, cause: Error): SicError {
  const code = 'code' in cause ? String(cause.code) : '';
  return code === 'EADDRINUSE'
    ? new SicError('usage', `The port ${port} is taken by another program on this machine.`, {
        hint: 'Write another one as "redirectPort" of the profile, or leave it out: then a free one is taken.',
        cause,
      })
    : new SicError('usage', `Nothing can listen at 127.0.0.1, port ${port} (${code}).`, {
        hint: 'Choose another port. A firewall on this machine may forbid it.',
        cause,
      });
}

function answer(response: ServerResponse, status: number, { title, text }: Page): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    // The address of this page holds the code.
    'referrer-policy': 'no-referrer',
    connection: 'close',
  });
  response.end(
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title>` +
      '<style>body{font:1.1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:20vh auto;padding:0 1rem}</style>' +
      `<h1>${title}</h1><p>${text}</p></html>\n`,
  );
}
