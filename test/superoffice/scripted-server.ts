import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface ScriptedAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A string goes out as it is, anything else as JSON. */
  readonly body?: unknown;
  /** Breaks the connection: before the answer, or in the middle of its body. */
  readonly cut?: 'before' | 'inside';
  /** Takes the request and never answers. */
  readonly silent?: true;
}

/** A real HTTP server whose answers are written in the test. */
export interface ScriptedServer {
  /** Root of the pretended installation: `http://127.0.0.1:PORT/Cust1`. */
  readonly root: string;
  readonly port: number;
  readonly log: LoggedRequest[];
  close(): Promise<void>;
}

export type Script = (request: LoggedRequest, turn: number) => ScriptedAnswer;

export const authorization = `Basic ${Buffer.from('SIC:s3cret-word').toString('base64')}`;

export const principal = {
  AssociateId: 7,
  Associate: 'SIC',
  FullName: 'Import User',
  UserType: 'SystemAssociate',
  DatabaseContextIdentifier: 'Cust1',
};

/** Answers `currentPrincipal` by itself; everything else is the script's (`turn` counts those from 1). */
export function withPrincipal(script: Script): Script {
  let turn = 0;
  return request =>
    request.path.endsWith('/currentPrincipal') ? { body: principal } : script(request, ++turn);
}

export async function startServer(script: Script): Promise<ScriptedServer> {
  const log: LoggedRequest[] = [];
  const sockets = new Set<Socket>();
  let turn = 0;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const logged = {
      method: request.method ?? '',
      path: url.pathname.replace('/Cust1/api', ''),
      query: url.searchParams,
      headers: request.headers,
      body: Buffer.concat(chunks).toString('utf8'),
    };
    log.push(logged);
    give(response, script(logged, ++turn));
  });
  server.on('connection', socket => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    root: `http://127.0.0.1:${port}/Cust1`,
    port,
    log,
    close: () =>
      new Promise(resolve => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

function give(response: ServerResponse, answer: ScriptedAnswer): void {
  if (answer.silent) return;
  if (answer.cut === 'before') {
    response.socket?.destroy();
    return;
  }
  const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
  const headers = { 'content-type': 'application/json', ...answer.headers };
  if (answer.cut === 'inside') {
    response.writeHead(answer.status ?? 200, { ...headers, 'content-length': '100000' });
    response.write(text ?? '{', () => response.socket?.destroy());
    return;
  }
  response.writeHead(answer.status ?? (text === undefined ? 204 : 200), headers);
  response.end(text);
}
