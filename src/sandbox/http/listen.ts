import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream';
import type { ContentStore } from '../store/contents.ts';
import type { Application } from './application.ts';
import { collectBody } from './body.ts';
import type { Answer } from './exchange.ts';
import { refusalOf } from './refusals.ts';
import { receiveUpload } from './upload.ts';

export interface Listening {
  readonly port: number;
  /** Ends all connections, also those with an answer under way. */
  close(): Promise<void>;
}

/** Idle connections of a client that thinks between requests stay open this long, in milliseconds. */
const keepAlive = 65_000;
const loopback = '127.0.0.1';

/** Serves the application on loopback. Rejects with node's error when the port is taken. `latency` in milliseconds. */
export async function listen(
  application: Application,
  contents: ContentStore,
  port: number,
  latency: number,
): Promise<Listening> {
  const waiting = new Map<NodeJS.Timeout, Answer>();
  const server = createServer({ noDelay: true, keepAliveTimeout: keepAlive }, (request, response) => {
    void serve(application, contents, request).then(answer => {
      if (answer === undefined) return;
      if (latency <= 0) return send(response, answer);
      const timer = setTimeout(() => {
        waiting.delete(timer);
        send(response, answer);
      }, latency);
      waiting.set(timer, answer);
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
        for (const [timer, answer] of waiting) {
          clearTimeout(timer);
          answer.content?.stream.destroy();
        }
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** undefined when the caller went away while it was sending. */
async function serve(
  application: Application,
  contents: ContentStore,
  request: IncomingMessage,
): Promise<Answer | undefined> {
  const admitted = application.admit({
    method: request.method ?? 'GET',
    url: request.url ?? '/',
    headers: singleHeaders(request),
    port: request.socket.localPort ?? 0,
  });
  if ('status' in admitted) {
    request.resume();
    return admitted;
  }
  const { as, limit } = admitted.body;
  try {
    const body =
      as === 'content' ? await receiveUpload(request, limit, contents) : await collectBody(request, limit);
    return admitted.answer(body);
  } catch (error) {
    if (request.destroyed && !request.complete) return undefined;
    // The rest is read and dropped: to a connection that ends under its hands a caller reports a network fault, not a 413.
    request.resume();
    return refusalOf(error);
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
  if (answer.content) {
    const { size, stream } = answer.content;
    response.writeHead(answer.status, {
      'content-type': 'application/octet-stream',
      'cache-control': 'no-cache',
      'content-length': size,
      ...answer.headers,
    });
    // It closes the file, also for a caller that goes away; then nobody is left to be told.
    pipeline(stream, response, () => {});
    return;
  }
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
