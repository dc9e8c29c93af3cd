import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { onTestFinished } from 'vitest';

/** A request as it came by. */
export interface Seen {
  readonly method: string;
  /** Below the REST root, without query: `/v1/Contact`. */
  readonly path: string;
  readonly query: string;
  readonly body: string;
  readonly kind: 'sign-in' | 'create' | 'update' | 'read';
  /** The how manieth of its kind, from 1. */
  readonly turn: number;
}

/** What is done to a request instead of passing it on and its answer back. */
export type Fault =
  /** SuperOffice does the work, but the connection breaks before the answer. */
  | 'lose-answer'
  /** The connection breaks before SuperOffice gets the request. */
  | 'cut'
  /** SuperOffice does the work; half of its answer arrives, as if it were whole. */
  | 'truncate'
  /** SuperOffice does the work; the connection breaks in the middle of its answer. */
  | 'break-answer'
  /** SuperOffice does the work, and its answer never comes. */
  | 'silence'
  /** The connection breaks at once; SuperOffice gets the request so many milliseconds later. */
  | { readonly workAfter: number }
  /** SuperOffice does the work; its answer comes so many milliseconds later. */
  | { readonly answerAfter: number }
  /** SuperOffice does the work; its answer says that it is of this kind. */
  | { readonly contentType: string }
  /** SuperOffice never gets the request, unless it is told that it does the work all the same; this is answered. */
  | {
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
      readonly worked?: boolean;
    };

export type Script = (seen: Seen) => Fault | null;

/** Stands between sic and a SuperOffice, and does to requests what networks do. Real sockets. */
export interface FaultyProxy {
  /** For the profile: `http://127.0.0.1:PORT/Sandbox`. */
  readonly url: string;
  readonly seen: readonly Seen[];
  /** Resolves when such a request has come (also when it came before). */
  saw(which: (seen: Seen) => boolean): Promise<Seen>;
  /** From now on. */
  script(script: Script): void;
  /** From now on: requests wait for this before they are passed on. */
  hold(until: (seen: Seen) => Promise<void>): void;
  /** From now on: breaks the connection of requests in the middle of their body, at the byte that `where` answers; null: not. */
  breakBodies(where: (method: string, path: string) => number | null): void;
  /** Breaks all connections and takes no new ones, until `comeBack`. */
  goAway(): void;
  comeBack(): Promise<void>;
  /** Resolves when SuperOffice is at work on nothing that came by, and nothing is on its way to it. */
  idle(): Promise<void>;
}

export async function startFaultyProxy(target: string): Promise<FaultyProxy> {
  const root = new URL(target);
  const seen: Seen[] = [];
  const watchers = new Set<(seen: Seen) => void>();
  const sockets = new Set<Socket>();
  let script: Script = () => null;
  let held: (seen: Seen) => Promise<void> = async () => {};
  let breakAt: (method: string, path: string) => number | null = () => null;

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    const limit = breakAt(incoming.method ?? '', pathOf(incoming));
    let size = 0;
    for await (const chunk of incoming) {
      chunks.push(chunk);
      size += chunk.length;
      if (limit !== null && size >= limit) return void incoming.socket.destroy();
    }
    const body = Buffer.concat(chunks);
    const one = describe(incoming, body.toString('utf8'), seen);
    seen.push(one);
    // First the script, then the watchers: a test that sees a request may change the script for the next.
    const fault = script(one);
    for (const watcher of watchers) watcher(one);
    if (fault === 'cut') return void incoming.socket.destroy();
    if (isRefusal(fault) && !fault.worked) return void give(response, fault);
    await held(one);
    if (isOf(fault, 'workAfter')) {
      incoming.socket.destroy();
      await setTimeout(fault.workAfter);
    }
    const answer = await passOn(root, incoming, body);
    if (isRefusal(fault)) return void give(response, fault);
    if (fault === 'silence' || isOf(fault, 'workAfter')) return;
    if (fault === 'lose-answer') return void incoming.socket.destroy();
    if (isOf(fault, 'answerAfter')) await setTimeout(fault.answerAfter);
    const { 'transfer-encoding': _chunked, ...given } = answer.headers;
    const headers = isOf(fault, 'contentType') ? { ...given, 'content-type': fault.contentType } : given;
    const half = answer.body.subarray(0, Math.ceil(answer.body.length / 2));
    const content = fault === 'truncate' ? half : answer.body;
    response.writeHead(answer.status, { ...headers, 'content-length': content.length });
    if (fault !== 'break-answer') return void response.end(content);
    response.write(half, () => incoming.socket.destroy());
  }

  const working = new Set<Promise<void>>();
  const server = createServer((incoming, response) => {
    const work = serve(incoming, response)
      .catch(() => void response.destroy())
      .finally(() => working.delete(work));
    working.add(work);
  });
  server.on('connection', socket => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  const port = await listen(server, 0);
  const goAway = (): void => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  onTestFinished(goAway);

  return {
    url: `http://127.0.0.1:${port}${root.pathname}`,
    seen,
    saw: which =>
      new Promise(resolve => {
        const already = seen.find(which);
        if (already) return resolve(already);
        const watcher = (one: Seen): void => {
          if (!which(one)) return;
          watchers.delete(watcher);
          resolve(one);
        };
        watchers.add(watcher);
      }),
    script: next => {
      script = next;
    },
    hold: until => {
      held = until;
    },
    breakBodies: where => {
      breakAt = where;
    },
    goAway,
    comeBack: async () => {
      await listen(server, port);
    },
    idle: async () => {
      while (working.size > 0) await Promise.all(working);
    },
  };
}

type Refusal = Extract<Fault, { readonly status: number }>;

function isRefusal(fault: Fault | null): fault is Refusal {
  return isOf(fault, 'status');
}

function isOf<Name extends string>(
  fault: Fault | null,
  name: Name,
): fault is Extract<Fault, { readonly [name in Name]: unknown }> {
  return typeof fault === 'object' && fault !== null && name in fault;
}

function give(response: ServerResponse, { status, headers, body }: Refusal): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(body ?? '');
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

function describe(incoming: IncomingMessage, body: string, before: readonly Seen[]): Seen {
  const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
  const path = pathOf(incoming);
  const method = incoming.method ?? '';
  const kind = kindOf(method, path);
  const turn = before.filter(one => one.kind === kind).length + 1;
  return { method, path, query: url.search, body, kind, turn };
}

function pathOf(incoming: IncomingMessage): string {
  return new URL(incoming.url ?? '/', 'http://127.0.0.1').pathname.replace(/^.*?\/api\//, '/');
}

function kindOf(method: string, path: string): Seen['kind'] {
  if (path === '/v1/User/currentPrincipal') return 'sign-in';
  if (method === 'POST' && /^\/v1\/(Contact|Person)$/.test(path)) return 'create';
  return method === 'PATCH' ? 'update' : 'read';
}

/** The sandbox gets every request, whatever becomes of the caller meanwhile: a server does not notice either. */
async function passOn(root: URL, incoming: IncomingMessage, body: Buffer) {
  const onward = request({
    host: root.hostname,
    port: root.port,
    method: incoming.method,
    path: incoming.url,
    headers: incoming.headers,
    agent: false,
  });
  onward.end(body);
  const [answer]: IncomingMessage[] = await once(onward, 'response');
  if (!answer) throw new Error('no answer');
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk);
  return { status: answer.statusCode ?? 500, headers: answer.headers, body: Buffer.concat(chunks) };
}
