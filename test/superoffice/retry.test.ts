import { describe, expect, test } from 'vitest';
import {
  type Failure,
  mayHaveHappened,
  parseRetryAfter,
  type RequestKind,
  triesAllowed,
  waitBeforeNext,
} from '../../src/superoffice/retry.ts';

const status = (code: number, errorType = '', retryAfter: string | null = null): Failure => ({
  retryAfter,
  status: code,
  errorType,
  sent: true,
  garbled: false,
  permanent: false,
});
const neverLeft: Failure = { ...status(0), sent: false };
const noAnswer = status(0);
const garbled: Failure = { ...status(200), garbled: true };
const certificate: Failure = { ...neverLeft, permanent: true };

describe('tries in all, and whether the write may have happened', () => {
  const table: [string, Failure, read: number, repeatable: number, create: number, lost: boolean][] = [
    ['refused connection', neverLeft, 6, 6, 6, false],
    ['no answer', noAnswer, 6, 6, 1, true],
    ['unreadable answer', garbled, 3, 3, 1, true],
    ['certificate', certificate, 1, 1, 1, false],
    ['400', status(400, 'ArgumentException'), 1, 1, 1, false],
    ['401', status(401), 1, 1, 1, false],
    ['404', status(404), 1, 1, 1, false],
    ['412', status(412), 1, 1, 1, false],
    ['429', status(429), 6, 6, 6, false],
    ['500 of the server itself', status(500), 3, 3, 1, true],
    ['500 with a verdict', status(500, 'SoSentryException'), 1, 1, 1, false],
    ['500 that may pass', status(500, 'SoAsyncProviderTimeoutException'), 3, 3, 1, false],
    ['502', status(502), 6, 6, 1, true],
    ['503', status(503), 6, 6, 1, true],
    ['503 that names a time', status(503, '', '5'), 6, 6, 6, false],
    ['504', status(504), 6, 6, 1, true],
  ];
  test.each(table)('%s', (_name, failure, read, repeatable, create, lost) => {
    const tries = (['read', 'repeatable', 'create'] satisfies RequestKind[]).map(kind =>
      triesAllowed(kind, failure),
    );
    expect(tries).toEqual([read, repeatable, create]);
    expect(mayHaveHappened('create', failure)).toBe(lost);
    expect(mayHaveHappened('repeatable', failure)).toBe(lost);
    expect(mayHaveHappened('read', failure)).toBe(false);
  });

  test('a create is never sent again after something that may have done it', () => {
    for (const [, failure, , , create] of table)
      if (mayHaveHappened('create', failure)) expect(create).toBe(1);
  });
});

test.each([
  ['2', 2_000],
  [' 120 ', 120_000],
  ['0', 0],
  ['Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
  ['Wed, 31 Dec 2025 23:59:00 GMT', 0],
  ['-5', null],
  ['1.5', null],
  ['1e3', null],
  ['Infinity', null],
  ['9e116', null],
  ['soon', null],
  ['Thu, 99 Xyz 2026 00:00:30 GMT', null],
  ['', null],
  [null, null],
])('Retry-After %j is %j ms', (header, milliseconds) => {
  expect(parseRetryAfter(header, Date.UTC(2026, 0, 1))).toBe(milliseconds);
});

test.each([
  [1, null, 1, 500],
  [1, null, 0.5, 375],
  [3, null, 1, 2_000],
  [20, null, 1, 30_000],
  [2000, null, 1, 30_000],
  [1, null, 0, 250],
  [1, 5_000, 0.1, 5_000],
  [1, 0, 1, 100],
  [1, 86_400_000, 1, 120_000],
])('wait before try after %i (server says %j, dice %d) is %i', (tryNumber, asked, random, expected) => {
  expect(waitBeforeNext(tryNumber, asked, random)).toBe(expected);
});
