import type { Fault, Script, Seen } from './faulty-proxy.ts';
import { type Random, randomFrom, seedOf } from './random.ts';

export interface SeededFaults {
  readonly script: Script;
  /** How many of each kind were done. */
  readonly injected: ReadonlyMap<FaultKind, number>;
}

const page =
  '<!doctype html><html><head><title>Gateway</title></head><body>The service is busy.</body></html>';
const html = { 'content-type': 'text/html; charset=utf-8' };

/** Later than the first look-up of a lost create, and well before the last one, where waits take a hundredth (hurried.mjs). */
const late = (random: Random): number => 3 + random.below(50);

/** What networks, gateways and throttles do. */
const kinds = {
  'lose-answer': () => 'lose-answer',
  cut: () => 'cut',
  'break-answer': () => 'break-answer',
  'truncated JSON': () => 'truncate',
  'late work': random => ({ workAfter: late(random) }),
  slow: random => ({ answerAfter: random.below(40) }),
  'wrong content type': random => ({
    contentType: random.pick(['text/plain', 'application/octet-stream', 'text/html']),
  }),
  '200 html': random => ({ status: 200, headers: html, body: page, worked: random.chance(0.5) }),
  '502 html': random => ({ status: 502, headers: html, body: page, worked: random.chance(0.5) }),
  '504 empty': random => ({ status: 504, body: '', worked: random.chance(0.5) }),
  '500 empty': random => ({ status: 500, body: '', worked: random.chance(0.5) }),
  '503': random => ({ status: 503, body: '', worked: random.chance(0.5) }),
  '503 until later': () => ({ status: 503, headers: { 'retry-after': '1' }, body: '' }),
  '429': () => ({ status: 429, body: '' }),
  '429 until later': random => ({
    status: 429,
    headers: { 'retry-after': random.pick(['0', '1']) },
    body: '',
  }),
} satisfies Record<string, (random: Random) => Fault>;

export type FaultKind = keyof typeof kinds;

const names = Object.keys(kinds).filter((name): name is FaultKind => name in kinds);

/**
 * Does such things to requests, each with this probability. What becomes of a request follows from the seed, from what it
 * is, and from how often the same came before: not from the order in which requests arrive.
 */
export function seededFaults(seed: number, probability: number): SeededFaults {
  const injected = new Map<FaultKind, number>();
  const turns = new Map<string, number>();
  const script = ({ method, path, query, body }: Seen): Fault | null => {
    const request = `${method} ${path}${query} ${body}`;
    const turn = (turns.get(request) ?? 0) + 1;
    turns.set(request, turn);
    const random = randomFrom(seedOf(`${seed} ${turn} ${request}`));
    if (!random.chance(probability)) return null;
    const kind = random.pick(names);
    injected.set(kind, (injected.get(kind) ?? 0) + 1);
    return kinds[kind](random);
  };
  return { script, injected };
}
