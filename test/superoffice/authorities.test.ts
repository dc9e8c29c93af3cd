import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { readAuthorities } from '../../src/superoffice/authorities.ts';
import { connect } from '../../src/superoffice/connect.ts';
import { basicCredentials } from '../../src/superoffice/sign-in/credentials.ts';
import { selfSigned } from '../support/certificate.ts';
import { refusal } from '../support/refusal.ts';
import { principal } from './scripted-server.ts';

test('the certificates of a PEM file, whatever stands around them', () => {
  const first = selfSigned('a.example.test').cert;
  const second = selfSigned('b.example.test').cert;
  const found = readAuthorities(`# our own\r\n${first}\r\nissuer=…\n${second}`, 'ca.pem');
  expect(found.map(pem => `${pem}\n`)).toEqual([first, second]);
});

test.each<[string, string, string]>([
  [
    'a key',
    selfSigned('a.example.test').key,
    'ca.pem, which "ca" of the profile names, holds no certificate.',
  ],
  ['nothing', '', 'holds no certificate'],
  [
    'a damaged one',
    `${selfSigned('a.example.test').cert}-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----`,
    'Certificate 2 of ca.pem cannot be read',
  ],
])('%s is refused', async (_name, text, says) => {
  const error = await refusal(() => readAuthorities(text, 'ca.pem'));
  expect(error.code).toBe('config');
  expect(error.message).toContain(says);
});

/** A SuperOffice behind TLS, with a certificate that its own authority signed. */
async function secure() {
  const certificate = selfSigned('localhost');
  const server = createServer(certificate, (_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(principal));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { root: `https://localhost:${(server.address() as AddressInfo).port}/Cust1`, certificate };
}

async function sign(root: string, authorities: readonly string[]) {
  const superoffice = await connect({
    credentials: basicCredentials(root, 'SIC', 's3cret-word'),
    authorities,
    rate: 0,
    concurrency: 1,
    env: {},
    note: () => {},
    signal: new AbortController().signal,
  });
  onTestFinished(() => superoffice.close());
  return superoffice;
}

test('an authority of the company is trusted when the profile names it, and not before', async () => {
  const { root, certificate } = await secure();
  const superoffice = await sign(root, readAuthorities(certificate.cert, 'ca.pem'));
  expect((await superoffice.principal()).associate).toBe('SIC');
  for (const others of [[], readAuthorities(selfSigned('localhost').cert, 'other.pem')]) {
    const error = await refusal(sign(root, others));
    expect(error.code).toBe('unreachable');
    expect(error.message).toContain('is not trusted');
    expect(error.hint).toContain('"ca": "file.pem"');
  }
});
