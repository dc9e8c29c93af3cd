import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** One request of the program and what SuperOffice answered, both as they were on the wire. */
export interface Exchange {
  readonly method: string;
  /** Path and query as they came: `/Sandbox/api/v1/Contact/5?$select=Name`. */
  readonly address: string;
  /** Below the REST root, without query, still encoded: `/v1/Contact/5`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly answer: {
    readonly status: number;
    readonly contentType: string;
    readonly body: Buffer;
  };
}

/** `lose`: SuperOffice does the work and its answer is lost. `refuse`: it never hears of it, and 404 is answered. */
export type Fault = 'lose' | 'refuse';

/** Stands between the program and a SuperOffice and writes down what passes. */
export interface RecordingProxy {
  /** For a profile: `http://127.0.0.1:PORT/Sandbox`. */
  readonly url: string;
  /** What SuperOffice itself answered; refusals of the proxy are not among it. */
  readonly exchanges: readonly Exchange[];
  /** From now on. */
  disturb(fault: (method: string, path: string) => Fault | null): void;
  close(): void;
}

/** @param target root of the SuperOffice: `http://127.0.0.1:PORT/Sandbox` */
export async function startRecordingProxy(target: string): Promise<RecordingProxy> {
  const root = new URL(target);
  const prefix = `${root.pathname}/api`;
  const exchanges: Exchange[] = [];
  const sockets = new Set<Socket>();
  let faultOf: (method: string, path: string) => Fault | null = () => null;

  const server = createServer(async (incoming, response) => {
    const body = await bytesOf(incoming);
    const { method = '', url = '/', headers } = incoming;
    const [whole = '', query = ''] = url.split('?');
    const path = whole.startsWith(prefix) ? whole.slice(prefix.length) : whole;
    const fault = faultOf(method, path);
    if (fault === 'refuse') {
      response.writeHead(404, { 'content-length': 0 });
      response.end();
      return;
    }
    const onward = request({ host: root.hostname, port: root.port, method, path: url, headers });
    onward.end(body);
    const [answer]: IncomingMessage[] = await once(onward, 'response');
    if (!answer) throw new Error('no answer');
    const answered = await bytesOf(answer);
    const status = answer.statusCode ?? 0;
    exchanges.push({
      method,
      address: url,
      path,
      query: new URLSearchParams(query),
      headers,
      body,
      answer: { status, contentType: answer.headers['content-type'] ?? '', body: answered },
    });
    if (fault === 'lose') {
      incoming.socket.destroy();
      return;
    }
    const { 'transfer-encoding': _pieces, ...kept } = answer.headers;
    response.writeHead(status, status === 204 ? kept : { ...kept, 'content-length': answered.length });
    response.end(answered);
  });
  server.on('connection', socket => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${root.pathname}`,
    exchanges,
    disturb: next => {
      faultOf = next;
    },
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

async function bytesOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  return Buffer.concat(chunks);
}
