import { expect, onTestFinished, test } from 'vitest';
import { type QuirkName, type Quirks, quirkTable } from '../../../src/sandbox/server.ts';
import { type OpenPointName, openPointNames, openPoints } from '../../../src/superoffice/open-points.ts';
import { Bench } from '../../../src/superoffice/probe/bench.ts';
import { experiment } from '../../../src/superoffice/probe/too-many-requests.ts';
import { Tenant } from '../../sandbox/entities/tenant.ts';
import { connected, mark, probed } from './probed.ts';

/** The answers that a usual sandbox gives; the defaults of sic, but for those that it works without. */
const usual = new Map<string, string | null>([
  ...openPointNames.map(name => [name, openPoints[name].default] as const),
  ['cleared-reference', 'either'],
  ['cleared-date', 'either'],
  ['rating-moves-probability', 'yes'],
  ['earning-recalculated', 'yes'],
  ['too-many-requests', null],
]);

/** Where the words of the sandbox are not those of the answer. */
const inOtherWords: Partial<Record<QuirkName, Readonly<Record<string, string>>>> = {
  // Tried from 100 down by halves.
  'values-in-one-in': { '20': '12' },
};

/** What cannot be found out any more then. */
const follows: Partial<Record<string, readonly (readonly [OpenPointName, string | null])[]>> = {
  'mass-operations=refused': [
    ['upsert-row-status-order', 'not-available'],
    ['refusal-of-mass-operation', null],
  ],
};

/** Seen only by a probe that is told to send fast: see below. */
const slow: ReadonlySet<string> = new Set(['too-many-requests']);

const contrary = Object.entries(quirkTable)
  .filter(([name]) => !slow.has(name))
  .flatMap(([name, { values }]) => values.slice(1).map(value => [name as QuirkName, value] as const));

async function answersOf(quirks: Partial<Quirks>): Promise<Map<string, string | null>> {
  const tenant = await Tenant.start(quirks);
  onTestFinished(() => tenant.close());
  const { points, stopped } = await probed(tenant.sandbox);
  expect(stopped).toBeNull();
  for (const { evidence } of points) expect(evidence).toMatch(/\S/);
  return new Map(points.map(({ name, answer }) => [name, answer]));
}

test('every open point that the sandbox can take both ways is one of the client’s', () => {
  const beside: OpenPointName[] = ['upsert-row-status-order'];
  expect(Object.keys(quirkTable).sort()).toEqual(
    openPointNames.filter(name => !beside.includes(name)).sort(),
  );
});

test('a usual sandbox', async () => {
  expect(await answersOf({})).toEqual(usual);
});

test.each(contrary)('%s=%s is found, and nothing else is taken for it', async (name, value) => {
  const answer = inOtherWords[name]?.[value] ?? value;
  const beside = follows[`${name}=${value}`] ?? [];
  expect(await answersOf({ [name]: value })).toEqual(new Map([...usual, ...beside]).set(name, answer));
});

test.each([
  ['never', 'never'],
  ['429', '429'],
] as const)(
  'too-many-requests=%s is found at a rate that was named',
  async (value, answer) => {
    const tenant = await Tenant.start({ 'too-many-requests': value });
    onTestFinished(() => tenant.close());
    const superoffice = await connected(tenant.sandbox);
    const { signal } = new AbortController();
    const found = await experiment(new Bench({ superoffice, mark, rate: 0, signal }));
    expect(found.answer).toBe(answer);
  },
  30_000,
);
