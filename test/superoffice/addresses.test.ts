import { describe, expect, test } from 'vitest';
import { readAddress } from '../../src/superoffice/address.ts';
import { explainNetworkFault } from '../../src/superoffice/network-fault.ts';
import { proxyFor } from '../../src/superoffice/proxy.ts';

describe('addresses', () => {
  test.each([
    [
      'https://online2.superoffice.com/Cust12345',
      'https://online2.superoffice.com',
      '/Cust12345/api',
      'Cust12345',
    ],
    [
      'https://crm.example.com/SuperOffice/',
      'https://crm.example.com',
      '/SuperOffice/api',
      'crm.example.com/SuperOffice',
    ],
    [
      'https://crm.example.com:8443/so/api/v1',
      'https://crm.example.com:8443',
      '/so/api',
      'crm.example.com:8443/so',
    ],
    ['http://127.0.0.1:4711/Sandbox/api', 'http://127.0.0.1:4711', '/Sandbox/api', 'Sandbox'],
    ['http://localhost:80/x', 'http://localhost', '/x/api', 'x'],
    ['https://crm.example.com', 'https://crm.example.com', '/api', 'crm.example.com'],
  ])('%s', (root, origin, apiPath, tenant) => {
    expect(readAddress(root)).toMatchObject({ origin, apiPath, tenant });
  });

  test.each([
    ['http://crm.example.com/SuperOffice', 'not encrypted'],
    ['http://127.0.0.1.example.com/x', 'not encrypted'],
    ['ftp://crm.example.com', 'not encrypted'],
    ['https://joe:s3cret@crm.example.com/x', 'user name or password'],
    ['crm.example.com', 'not the address'],
    ['', 'not the address'],
  ])('%s is refused', (root, words) => {
    expect(() => readAddress(root)).toThrow(words);
    expect(() => readAddress(root)).not.toThrow('s3cret');
  });
});

describe('proxies', () => {
  test.each<[string, Record<string, string>, string | null]>([
    ['https://crm.example.com', {}, null],
    ['https://crm.example.com', { HTTPS_PROXY: 'http://p:1' }, 'http://p:1/'],
    ['https://crm.example.com', { HTTPS_PROXY: 'p:3128' }, 'http://p:3128/'],
    ['https://crm.example.com', { https_proxy: 'http://low:1', HTTPS_PROXY: 'http://up:1' }, 'http://low:1/'],
    ['https://crm.example.com', { HTTP_PROXY: 'http://p:1' }, 'http://p:1/'],
    ['https://crm.example.com', { HTTPS_PROXY: '' }, null],
    ['https://crm.example.com', { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'other.com' }, 'http://p:1/'],
    ['https://crm.example.com', { HTTPS_PROXY: 'http://p:1', NO_PROXY: '*' }, null],
    ['https://crm.example.com', { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'a.b, .example.com' }, null],
    ['https://crm.example.com', { HTTPS_PROXY: 'http://p:1', no_proxy: 'EXAMPLE.com' }, null],
    ['https://crm.example.com', { HTTPS_PROXY: 'http://p:1', NO_PROXY: '*.example.com' }, null],
    ['https://crm.example.com', { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'ample.com' }, 'http://p:1/'],
    [
      'https://crm.example.com',
      { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'crm.example.com:8443' },
      'http://p:1/',
    ],
    ['https://crm.example.com:8443', { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'crm.example.com:8443' }, null],
    ['http://127.0.0.1:4711', { HTTP_PROXY: 'http://p:1' }, null],
  ])('%s with %j goes through %j', (target, env, proxy) => {
    expect(proxyFor(new URL(target), env)?.href ?? null).toBe(proxy);
  });

  test('an unusable address names the variable and not its content', () => {
    const broken = { HTTPS_PROXY: 'ftp://joe:s3cret@p' };
    expect(() => proxyFor(new URL('https://crm.example.com'), broken)).toThrow('HTTPS_PROXY');
    expect(() => proxyFor(new URL('https://crm.example.com'), broken)).not.toThrow('s3cret');
  });
});

describe('network faults', () => {
  const direct = { target: 'crm.example.com', proxy: null };
  const fault = (code: string, more: object = {}): Error => Object.assign(new Error('x'), { code, ...more });
  test.each<[string, Error, words: string, sent: boolean, permanent: boolean]>([
    [
      'refused',
      fault('ECONNREFUSED', { syscall: 'connect' }),
      'nobody is listening at crm.example.com',
      false,
      false,
    ],
    [
      'refused on every address',
      Object.assign(new AggregateError([fault('ECONNREFUSED')]), { code: 'ECONNREFUSED' }),
      'nobody is listening',
      false,
      false,
    ],
    ['no such name', fault('ENOTFOUND', { syscall: 'getaddrinfo' }), 'no host named', false, false],
    ['name server silent', fault('EAI_AGAIN', { syscall: 'getaddrinfo' }), 'name server', false, false],
    ['connect timeout', fault('UND_ERR_CONNECT_TIMEOUT'), 'could not be reached', false, false],
    [
      'connect timed out in the kernel',
      fault('ETIMEDOUT', { syscall: 'connect' }),
      'could not be reached',
      false,
      false,
    ],
    ['no route', fault('EHOSTUNREACH', { syscall: 'connect' }), 'could not be reached', false, false],
    ['own authority', fault('SELF_SIGNED_CERT_IN_CHAIN'), 'is not trusted', false, true],
    ['expired', fault('CERT_HAS_EXPIRED'), 'out of date', false, true],
    ['other host', fault('ERR_TLS_CERT_ALTNAME_INVALID'), 'belongs to another host', false, true],
    ['reset', fault('ECONNRESET', { syscall: 'read' }), 'broke the connection off', true, false],
    ['closed', fault('UND_ERR_SOCKET'), 'broke the connection off', true, false],
    ['slow', fault('UND_ERR_HEADERS_TIMEOUT'), 'did not answer in time', true, false],
    ['stuck', fault('UND_ERR_BODY_TIMEOUT'), 'in the middle of its answer', true, false],
    ['unknown', fault('SOMETHING_NEW'), 'broke the connection off', true, false],
  ])('%s', (_name, error, words, sent, permanent) => {
    const explained = explainNetworkFault(error, direct);
    expect(explained).toMatchObject({ sent, permanent });
    expect(explained.message).toContain(words);
    expect(explained.hint).not.toBe('');
  });
});
