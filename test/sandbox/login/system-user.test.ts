import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { XMLParser } from 'fast-xml-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningSandbox, startSandbox } from '../../../src/sandbox/server.ts';
import { basic, fetchUrl } from '../server/talk.ts';
import {
  authenticate,
  claim,
  claimsOf,
  headerOf,
  isGenuine,
  signedToken,
  textIn,
  ticketOf,
  timestampOf,
  whoAmI,
} from './application.ts';

let sandbox: RunningSandbox;
let now = new Date('2026-08-01T12:05:30Z');
const minutes = (count: number) => new Date(now.getTime() + count * 60_000);

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, data: null, latency: 0, seed: 'empty', clock: () => now });
});
afterAll(() => sandbox.close());

const signed = (moment = now) => ({ SignedSystemToken: signedToken(sandbox.app(), timestampOf(moment)) });

describe('the system user flow', () => {
  it('answers a JWT that the JWKS verifies, with the ticket and who it is for', async () => {
    const reply = await authenticate(sandbox, signed());
    expect(reply.status).toBe(200);
    expect(reply.json).toMatchObject({ IsSuccessful: true, ErrorMessage: null });
    const token = textIn(reply, 'Token');
    expect(headerOf(token)).toEqual({
      typ: 'JWT',
      alg: 'RS256',
      x5t: expect.stringMatching(/^[\w-]{27}$/),
    });
    expect(await isGenuine(sandbox, token)).toBe(true);
    const claims = claimsOf(token);
    const seconds = Math.floor(now.getTime() / 1000);
    expect(claims).toMatchObject({
      iss: 'SuperOffice AS',
      aud: `spn:${claims[claim('serial')]}`,
      nbf: seconds - 60,
      exp: seconds + 300,
      [claim('ctx')]: 'Sandbox',
      [claim('serial')]: expect.stringMatching(/^\d+$/),
      [claim('ticket')]: expect.stringMatching(/^7T:[A-Za-z0-9+/]+=*$/),
      [claim('webapi_url')]: `${sandbox.url}/api/`,
      [claim('is_administrator')]: 'True',
    });
  });

  it('lets the ticket in with the client secret in SO-AppToken', async () => {
    const ticket = textIn(await authenticate(sandbox, signed()), 'Token');
    const authorization = `SOTicket ${claimsOf(ticket)[claim('ticket')]}`;
    const withSecret = { 'so-apptoken': sandbox.app().clientSecret };
    expect((await whoAmI(sandbox.url, authorization, withSecret)).json).toMatchObject({
      Associate: 'SIC',
      UserType: 'SystemAssociate',
    });
  });

  it.each([
    ['without SO-AppToken', (ticket: string) => `SOTicket ${ticket}`, undefined],
    ['with another SO-AppToken', (ticket: string) => `SOTicket ${ticket}`, 'wrong'],
    ['as a bearer token', (ticket: string) => `Bearer ${ticket}`, 'right'],
    ['as a Basic user name', (ticket: string) => basic(ticket, 'x'), 'right'],
  ])('keeps the ticket out %s', async (_, authorizationOf, secret) => {
    const token = textIn(await authenticate(sandbox, signed()), 'Token');
    const authorization = authorizationOf(String(claimsOf(token)[claim('ticket')]));
    const appToken = secret === 'right' ? sandbox.app().clientSecret : secret;
    const reply = await whoAmI(
      sandbox.url,
      authorization,
      appToken === undefined ? {} : { 'so-apptoken': appToken },
    );
    expect(reply.status).toBe(401);
    expect(reply.json).toMatchObject({ ErrorType: 'SoSessionException' });
  });

  it.each([
    ['/login/API/partnersystemuser/AUTHENTICATE', 'SignedSystemToken'],
    ['/Login/api/PartnerSystemUser/Authenticate/', 'signedSystemToken'],
  ])('takes paths and names in any case: %s', async (path, name) => {
    const { clientSecret } = sandbox.app();
    const reply = await fetchUrl('POST', `${sandbox.login}${path}`, {
      body: {
        [name]: signed().SignedSystemToken,
        ApplicationToken: clientSecret,
        ContextIdentifier: 'sandbox',
        ReturnTokenType: 'Jwt',
      },
    });
    expect(reply.json).toMatchObject({ IsSuccessful: true });
  });

  it.each([-4, 0, 5])('takes a timestamp %i minutes off', async offset => {
    expect((await authenticate(sandbox, signed(minutes(offset)))).json).toMatchObject({
      IsSuccessful: true,
    });
  });
});

describe('refusals', () => {
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const strangerPem = stranger.export({ type: 'pkcs8', format: 'pem' }).toString();
  const asBase64Url = (text: string) => text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');

  const cases: readonly (readonly [string, () => object, RegExp])[] = [
    [
      'another key',
      () => ({
        SignedSystemToken: signedToken({ ...sandbox.app(), privateKeyPem: strangerPem }, timestampOf(now)),
      }),
      /^InvalidSignature/,
    ],
    [
      'another token under the signature',
      () => ({ SignedSystemToken: signed().SignedSystemToken.replace('Sandbox App', 'Another App') }),
      /^InvalidSignature/,
    ],
    [
      'a signed token of another application',
      () => ({
        SignedSystemToken: signedToken({ ...sandbox.app(), systemUserToken: 'Other-abc' }, timestampOf(now)),
      }),
      /does not belong to tenant 'Sandbox'/,
    ],
    [
      'SHA-1',
      () => {
        const data = `${sandbox.app().systemUserToken}.${timestampOf(now)}`;
        const signature = sign('sha1', Buffer.from(data), sandbox.app().privateKeyPem);
        return { SignedSystemToken: `${data}.${signature.toString('base64')}` };
      },
      /^InvalidSignature/,
    ],
    ['base64url', () => ({ SignedSystemToken: asBase64Url(signed().SignedSystemToken) }), /not of the form/],
    ['an unsigned token', () => ({ SignedSystemToken: sandbox.app().systemUserToken }), /not of the form/],
    ['no token', () => ({ SignedSystemToken: null }), /not of the form/],
    ['an old timestamp', () => signed(minutes(-6)), /^InvalidTimestamp/],
    ['a timestamp ahead', () => signed(minutes(7)), /^InvalidTimestamp/],
    [
      'a month 13',
      () => ({ SignedSystemToken: signedToken(sandbox.app(), '202613011205') }),
      /^InvalidTimestamp/,
    ],
    ['a wrong secret', () => ({ ApplicationToken: 'wrong' }), /client secret/],
    ['an unknown tenant', () => ({ ContextIdentifier: 'Cust12345' }), /no tenant 'Cust12345'/],
    ['SAML', () => ({ ReturnTokenType: 'SAML' }), /'SAML'.*JWT only/],
  ];

  it.each(cases)('says why: %s', async (_, changes, message) => {
    const reply = await authenticate(sandbox, { ...signed(), ...changes() });
    expect(reply.status).toBe(200);
    expect(reply.json).toEqual({
      IsSuccessful: false,
      Token: null,
      ErrorMessage: expect.stringMatching(message),
    });
  });

  it('come as 401 and with another tolerance when it is set so', async () => {
    const strict = await startSandbox({
      port: 0,
      data: null,
      latency: 0,
      seed: 'empty',
      openPoints: { systemUserRefusalStatus: 401, timestampTolerance: 24 * 60 * 60 },
    });
    const hourAgo = signedToken(strict.app(), timestampOf(new Date(Date.now() - 3_600_000)));
    expect((await authenticate(strict, { SignedSystemToken: hourAgo })).status).toBe(200);
    const refused = await authenticate(strict, { ApplicationToken: 'wrong' });
    expect(refused.status).toBe(401);
    expect(refused.json).toMatchObject({ IsSuccessful: false });
    await strict.close();
  });
});

describe('time and revocation', () => {
  it('lets a ticket slide six hours, and no further', async () => {
    const start = now;
    const token = textIn(await authenticate(sandbox, signed()), 'Token');
    const authorization = `SOTicket ${claimsOf(token)[claim('ticket')]}`;
    const withSecret = { 'so-apptoken': sandbox.app().clientSecret };
    const statusAt = async (hours: number) => {
      now = new Date(start.getTime() + hours * 3_600_000);
      return (await whoAmI(sandbox.url, authorization, withSecret)).status;
    };
    expect(await statusAt(5.9)).toBe(200);
    expect(await statusAt(11.8)).toBe(200);
    expect(await statusAt(17.9)).toBe(401);
    now = start;
  });

  it('expires tickets at once, and a new one is had', async () => {
    const own = await startSandbox({ port: 0, data: null, latency: 0, seed: 'empty' });
    const withSecret = { 'so-apptoken': own.app().clientSecret };
    const first = `SOTicket ${await ticketOf(own)}`;
    expect((await whoAmI(own.url, first, withSecret)).status).toBe(200);
    own.expireTickets();
    expect((await whoAmI(own.url, first, withSecret)).status).toBe(401);
    expect((await whoAmI(own.url, `SOTicket ${await ticketOf(own)}`, withSecret)).status).toBe(200);

    own.revokeConsent();
    expect((await authenticate(own)).json).toMatchObject({
      IsSuccessful: false,
      ErrorMessage: expect.stringMatching(/^Revoked/),
    });
    await own.close();
  });
});

it('hands out one key in both forms', () => {
  const { privateKeyPem, privateKeyXml } = sandbox.app();
  const { RSAKeyValue: xml } = new XMLParser({ parseTagValue: false }).parse(privateKeyXml);
  const url = (name: string) => Buffer.from(xml[name], 'base64').toString('base64url');
  const fromXml = createPrivateKey({
    format: 'jwk',
    key: {
      kty: 'RSA',
      n: url('Modulus'),
      e: url('Exponent'),
      p: url('P'),
      q: url('Q'),
      dp: url('DP'),
      dq: url('DQ'),
      qi: url('InverseQ'),
      d: url('D'),
    },
  });
  const data = Buffer.from('data');
  expect(verify('sha256', data, createPublicKey(privateKeyPem), sign('sha256', data, fromXml))).toBe(true);
  expect(sandbox.app().privateKeyPem).toBe(privateKeyPem);
});
