import { createServer, type IncomingMessage, request } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, connect, type Server, type Socket } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { type Certificate, selfSigned } from '../support/certificate.ts';
import { documentOf } from '../support/document.ts';
import { runSic } from '../support/program.ts';
import { startTenant, type Tenant } from '../support/tenant.ts';
import { companyFile, eachOnce, workplace } from '../support/workplace.ts';

const host = 'crm.example.test';
const argv = ['import', 'companies.csv', '--json'];

let tenant: Tenant;
let certificate: Certificate;
beforeAll(async () => {
  tenant = await startTenant();
  certificate = selfSigned(host);
});
afterAll(() => tenant.close());

async function listening(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return (server.address() as AddressInfo).port;
}

/** The tenant behind TLS, as an installation is on the internet. Tells how many requests came. */
async function secureFront(): Promise<{ port: number; served: () => number }> {
  let served = 0;
  const target = new URL(tenant.url);
  const server = createSecureServer(certificate, (incoming, response) => {
    served++;
    const { method, url, headers } = incoming;
    const options = { host: target.hostname, port: target.port, method, path: url, headers };
    const onward = request(options, (answer: IncomingMessage) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    incoming.pipe(onward);
  });
  return { port: await listening(server), served: () => served };
}

/** A forward proxy that opens every way to the front, and remembers what was asked of it. */
async function forwardProxy(front: number) {
  const asked: { way: string | undefined; authorization: string | undefined }[] = [];
  const server = createServer();
  server.on('connect', (incoming: IncomingMessage, socket: Socket) => {
    asked.push({ way: incoming.url, authorization: incoming.headers['proxy-authorization'] });
    const onward = connect(front, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(onward).pipe(socket);
    });
    for (const end of [socket, onward]) end.on('error', () => end.destroy());
  });
  return { port: await listening(server), asked };
}

test('HTTPS_PROXY leads to the url of the profile, with its user and password', async () => {
  const front = await secureFront();
  const proxy = await forwardProxy(front.port);
  const place = await workplace(tenant, `https://${host}/Sandbox`);
  await place.write('companies.csv', companyFile('PROXY', 20));
  await place.write('authority.pem', certificate.cert);
  const env = {
    ...place.env,
    HTTPS_PROXY: `http://joe:pr0xy-word@127.0.0.1:${proxy.port}`,
    NODE_EXTRA_CA_CERTS: path.join(place.cwd, 'authority.pem'),
  };
  const ended = await runSic(argv, { cwd: place.cwd, env });
  expect(ended.code, ended.stderr).toBe(0);
  expect(documentOf(ended).requests.total).toBe(front.served());
  expect(proxy.asked.length).toBeGreaterThan(0);
  for (const { way, authorization } of proxy.asked) {
    expect(way).toBe(`${host}:443`);
    expect(authorization).toBe(`Basic ${Buffer.from('joe:pr0xy-word').toString('base64')}`);
  }
  expect(await tenant.companies('PROXY')).toEqual(eachOnce('PROXY', 20));
  const written = [ended.stdout, ended.stderr, ...(await place.state()).values()].join('\n');
  expect(written).not.toContain('pr0xy-word');
});

test('a certificate that nobody vouches for is refused through the proxy too, and the way out is told', async () => {
  const proxy = await forwardProxy((await secureFront()).port);
  const place = await workplace(tenant, `https://${host}/Sandbox`);
  await place.write('companies.csv', companyFile('X', 3));
  const env = { ...place.env, HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` };
  const ended = await runSic(argv, { cwd: place.cwd, env });
  expect(ended.code).toBe(4);
  expect(documentOf(ended).error?.hint).toContain('NODE_EXTRA_CA_CERTS');
});

test('NO_PROXY leads past it', async () => {
  const front = await secureFront();
  const proxy = await forwardProxy(front.port);
  // Another way to write 127.0.0.1, which does not pass for this machine, so that the variable decides.
  const url = `https://[::ffff:127.0.0.1]:${front.port}/Sandbox`;
  const place = await workplace(tenant, url);
  await place.write('companies.csv', companyFile('X', 3));
  await place.write('authority.pem', certificate.cert);
  const env = {
    ...place.env,
    HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
    NODE_EXTRA_CA_CERTS: path.join(place.cwd, 'authority.pem'),
  };
  const through = await runSic(argv, { cwd: place.cwd, env });
  expect(through.code).toBe(4);
  expect(proxy.asked.map(({ way }) => way)).toEqual([`[::ffff:7f00:1]:${front.port}`]);

  const past = await runSic(argv, {
    cwd: place.cwd,
    env: { ...env, NO_PROXY: 'example.com,[::ffff:7f00:1]' },
  });
  expect(past.code).toBe(4);
  expect(documentOf(past).error?.message).toContain('belongs to another host');
  expect(proxy.asked).toHaveLength(1);
});

test('this machine itself is reached without any proxy', async () => {
  const proxy = await forwardProxy(1);
  const place = await workplace(tenant);
  await place.write('companies.csv', companyFile('HERE', 3));
  const address = `http://127.0.0.1:${proxy.port}`;
  const env = { ...place.env, HTTP_PROXY: address, HTTPS_PROXY: address, http_proxy: address };
  expect((await runSic(argv, { cwd: place.cwd, env })).code).toBe(0);
  expect(proxy.asked).toEqual([]);
});

test('a proxy that is not there is named', async () => {
  const server = createServer();
  const port = await listening(server);
  await new Promise(resolve => server.close(resolve));
  const place = await workplace(tenant, `https://${host}/Sandbox`);
  await place.write('companies.csv', companyFile('X', 3));
  const env = { ...place.env, HTTPS_PROXY: `http://127.0.0.1:${port}` };
  const ended = await runSic(argv, { cwd: place.cwd, env });
  expect(ended.code).toBe(4);
  expect(documentOf(ended).error?.message).toContain(`nobody is listening at 127.0.0.1:${port}`);
  expect(documentOf(ended).error?.hint).toContain('HTTPS_PROXY');
});
