import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Tickets } from '../../../src/sandbox/auth/tickets.ts';
import { type RunningSandbox, startSandbox } from '../../../src/sandbox/server.ts';
import { basic, caller, fetchUrl } from './talk.ts';

let sandbox: RunningSandbox;
const whoAmI = (authorization?: string) =>
  fetchUrl('GET', `${sandbox.url}/api/v1/User/currentPrincipal`, {
    headers: authorization === undefined ? {} : { authorization },
  });

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, data: null, latency: 0, seed: 'demo' });
});
afterAll(() => sandbox.close());

describe('sign-in', () => {
  it.each([
    ['nothing', undefined],
    ['a wrong password', basic('SIC', 'wrong')],
    ['an empty password of a user without one', basic('KARIN', '')],
    ['an unknown user', basic('NOBODY', 'sandbox')],
    ['no colon', 'Basic U0lD'],
    ['an unknown ticket', 'SOTicket 7T:AAAA'],
    ['an unknown token', 'Bearer 8A:AAAA'],
    ['another scheme', 'Negotiate abc'],
  ])('refuses %s', async (_, authorization) => {
    const reply = await whoAmI(authorization);
    expect(reply.status).toBe(401);
    expect(reply.headers['www-authenticate']).toContain('Basic');
    expect(reply.json).toMatchObject({ Error: true, ErrorType: 'SoSessionException' });
  });

  it('knows the system user and the ordinary one, names in any case', async () => {
    expect((await whoAmI(basic(sandbox.username, sandbox.password))).json).toMatchObject({
      Associate: 'SIC',
      UserType: 'SystemAssociate',
      RoleType: 'System',
      DatabaseContextIdentifier: expect.stringMatching(/^Sandbox-\d+$/),
    });
    expect((await whoAmI(basic('andersdyre', sandbox.ordinary.password))).json).toMatchObject({
      Associate: 'ANDERSDYRE',
      UserType: 'InternalAssociate',
      IsPerson: true,
      FullName: 'Anders Dyre',
      EMailAddress: expect.stringContaining('@'),
    });
  });

  it('takes the current token as ticket, as bearer token and as a Basic user name', async () => {
    const { json: token } = await caller(sandbox)('GET', '/v1/User/currentToken');
    for (const authorization of [
      `SOTicket ${token}`,
      `soticket ${token}`,
      `Bearer ${token}`,
      basic(String(token), 'anything'),
    ])
      expect((await whoAmI(authorization)).json).toMatchObject({ Associate: 'SIC' });
  });

  it('shows the own associate', async () => {
    const { json } = await caller(sandbox, sandbox.ordinary)('GET', '/v1/User/currentAssociate');
    expect(json).toMatchObject({ Name: 'ANDERSDYRE', Type: 'InternalAssociate', FullName: 'Anders Dyre' });
  });

  it('has both accounts with an empty seed', async () => {
    const empty = await startSandbox({ port: 0, data: null, latency: 0, seed: 'empty' });
    for (const user of [empty, empty.ordinary])
      expect((await caller(empty, user)('GET', '/v1/User/currentAssociate')).json).toMatchObject({
        Name: user.username,
      });
    await empty.close();
  });
});

describe('tickets', () => {
  const at = (hours: number) => new Date(Date.UTC(2026, 0, 1) + hours * 3_600_000);

  it('live six hours from their last use and cannot be revived', () => {
    const tickets = new Tickets();
    const ticket = tickets.issue(7, at(0));
    expect(tickets.use(ticket, at(5.9))).toBe(7);
    expect(tickets.use(ticket, at(11.8))).toBe(7);
    expect(tickets.use(ticket, at(17.8))).toBeUndefined();
    expect(tickets.use(ticket, at(12))).toBeUndefined();
  });
});
