import { expect, onTestFinished, test } from 'vitest';
import { connect } from '../../src/superoffice/connect.ts';
import {
  type Answers,
  defaultOpenPoints,
  isAnswer,
  isRefusal,
  openPointNamed,
  openPointNames,
  openPointsFrom,
  readAnswers,
} from '../../src/superoffice/open-points.ts';
import { basicCredentials } from '../../src/superoffice/sign-in/credentials.ts';
import { at, Tenant } from '../sandbox/entities/tenant.ts';
import { startFaultyProxy } from '../support/faulty-proxy.ts';

test('the default of every point is an answer to it, and says who follows it', () => {
  for (const name of openPointNames) {
    const { default: usual, followedBy, question } = openPointNamed[name];
    expect(isAnswer(name, usual), name).toBe(true);
    expect(followedBy).toMatch(/\S/);
    expect(question).toMatch(/\?|\.$/);
  }
});

test.each([
  ['what this version does not know', { 'asked-later': 'yes' }, []],
  ['an answer that is none', { 'cleared-reference': 'zero', 'values-in-one-in': '0' }, []],
  ['numbers out of all reason', { 'values-in-one-in': '-5' }, []],
  ['half a refusal', { 'refusal-of-missing': '404' }, []],
  [
    'good ones',
    { 'values-in-one-in': '25', 'cleared-reference': 'null', 'refusal-of-missing': '410:' },
    ['values-in-one-in', 'cleared-reference', 'refusal-of-missing'],
  ],
])('answers that were kept: %s', (_, kept, taken) => {
  expect([...readAnswers(kept).keys()].sort()).toEqual([...taken].sort());
});

test.each([
  ['cleared-reference', 'either', defaultOpenPoints],
  ['cleared-reference', 'neither', defaultOpenPoints],
  ['cleared-reference', 'null', { ...defaultOpenPoints, clearedReference: 'null' }],
  ['cleared-date', 'either', defaultOpenPoints],
  ['cleared-date', 'empty-text', { ...defaultOpenPoints, clearedDate: 'empty-text' }],
  ['values-in-one-in', '12', { ...defaultOpenPoints, valuesInOneIn: 12 }],
  ['patch-keeps-custom-fields', 'no', { ...defaultOpenPoints, patchKeepsCustomFields: false }],
  ['rating-moves-probability', 'yes', defaultOpenPoints],
] as const)('%s=%s is followed', (name, answer, expected) => {
  expect(openPointsFrom(new Map([[name, answer]]))).toEqual(expected);
});

test('a refusal is known by status and exception', () => {
  expect(isRefusal({ status: 400, errorType: 'ArgumentException' }, '400:ArgumentException')).toBe(true);
  expect(isRefusal({ status: 400, errorType: 'SoValidationException' }, '400:ArgumentException')).toBe(false);
  expect(isRefusal({ status: 500, errorType: 'ArgumentException' }, '400:ArgumentException')).toBe(false);
  expect(isRefusal({ status: 0, errorType: '' }, '0:')).toBe(false);
});

async function connected(tenant: Tenant, answers: Answers, root = tenant.sandbox.url) {
  const { username, password } = tenant.sandbox;
  const superoffice = await connect({
    credentials: basicCredentials(root, username, password),
    rate: 0,
    concurrency: 4,
    env: {},
    note: () => {},
    signal: new AbortController().signal,
    openPoints: async () => openPointsFrom(answers),
  });
  onTestFinished(() => superoffice.close());
  return superoffice;
}

test('a list item that somebody else added meanwhile is found, however SuperOffice says that it is there', async () => {
  const tenant = await Tenant.start({ 'refusal-of-duplicate': '400:ArgumentException' });
  onTestFinished(() => tenant.close());
  const answers: Answers = new Map([['refusal-of-duplicate', '400:ArgumentException']]);
  const [ours, theirs, unprobed] = await Promise.all(
    [answers, answers, new Map()].map(async each => (await connected(tenant, each)).list('Category')),
  );
  const item = await theirs?.add('Grossist');
  expect(item?.id).toBeGreaterThan(0);
  expect(await ours?.add('Grossist')).toEqual(item);
  await expect(unprobed?.add('Grossist')).rejects.toMatchObject({ status: 400 });
});

test('long queries go to the agent at once where POST of archives is not known', async () => {
  const tenant = await Tenant.start({ 'post-archive-known': 'no' });
  onTestFinished(() => tenant.close());
  const names = Array.from({ length: 100 }, (_, n) => `'A company with a rather long name ${n}'`);
  const requests = async (answers: Answers): Promise<number> => {
    const superoffice = await connected(tenant, answers);
    const before = superoffice.requests.total;
    await superoffice.archive({
      provider: 'SimpleContact',
      columns: ['contactId', 'name'],
      filter: `name in (${names.join(',')})`,
      orderBy: 'contactId',
    });
    return superoffice.requests.total - before;
  };
  expect(await requests(new Map([['post-archive-known', 'no']]))).toBe(1);
  expect(await requests(new Map())).toBe(2);
});

test('an address that does not arrive after its company fails the row, instead of passing for done', async () => {
  const tenant = await Tenant.start({ 'post-takes-address': 'no' });
  onTestFinished(() => tenant.close());
  const proxy = await startFaultyProxy(tenant.sandbox.url);
  proxy.script(({ method }) => (method === 'PATCH' ? { status: 403, body: '{}' } : null));
  const superoffice = await connected(tenant, new Map([['post-takes-address', 'no']]), proxy.url);
  const body = { Name: 'Fjordbygg AS', Address: { Street: { City: 'Oslo' } } };
  await expect(superoffice.create('Contact', body)).rejects.toMatchObject({ status: 403, lost: false });
  proxy.script(() => null);
  const { id } = await superoffice.create('Contact', body);
  expect(at(await tenant.json('GET', `/v1/Contact/${id}`), 'Address', 'Street', 'City')).toBe('Oslo');
});
