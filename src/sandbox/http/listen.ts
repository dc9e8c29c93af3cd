import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Application } from './application.ts';
import { collectBody } from './body.ts';
import { type Answer, BindingError } from './exchange.ts';
import { refusalOf } from './refusals.ts';

export interface Listening {
  readonly port: number;
  /** Ends all connections, also those with an answer under way. */
  close(): Promise<void>;
}

/** Idle connections of a client that thinks between requests stay open this long, in milliseconds. */
const keepAlive = 65_000;
const loopback = '127.0.0.1';

/** Serves the application on loopback. Rejects with node's error when the port is taken. `latency` in milliseconds. */
export async function listen(application: Application, port: number, latency: number): Promise<Listening> {
  const waiting = new Set<NodeJS.Timeout>();
  const server = createServer({ noDelay: true, keepAliveTimeout: keepAlive }, (request, response) => {
    void serve(application, request).then(answer => {
      if (answer === undefined) return;
      if (latency <= 0) return send(response, answer);
      const timer = setTimeout(() => {
        waiting.delete(timer);
        send(response, answer);
      }, latency);
      waiting.add(timer);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, loopback, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return {
    port: portOf(server.address()),
    close: () =>
      new Promise(resolve => {
        for (const timer of waiting) clearTimeout(timer);
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** undefined when the caller went away while it was sending. */
async function serve(application: Application, request: IncomingMessage): Promise<Answer | undefined> {
  try {
    const body = await collectBody(request);
    return application.answer({
      method: request.method ?? 'GET',
      url: request.url ?? '/',
      headers: singleHeaders(request),
      body,
    });
  } catch (error) {
    if (!(error instanceof BindingError)) return undefined;
    return { ...refusalOf(error), headers: { connection: 'close' } };
  }
}

/** Only `set-cookie`, which no request has, comes as a list. */
function singleHeaders(request: IncomingMessage): Record<string, string | undefined> {
  const headers: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(request.headers))
    headers[name] = Array.isArray(value) ? value.join(', ') : value;
  return headers;
}

function send(response: ServerResponse, answer: Answer): void {
  const text = answer.text ?? (answer.json === undefined ? undefined : JSON.stringify(answer.json));
  if (text === undefined) {
    response.writeHead(answer.status, { ...answer.headers }).end();
    return;
  }
  const bytes = Buffer.from(text);
  response
    .writeHead(answer.status, {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-cache',
      'content-length': bytes.length,
      ...answer.headers,
    })
    .end(bytes);
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the sandbox has no port');
  return address.port;
}
