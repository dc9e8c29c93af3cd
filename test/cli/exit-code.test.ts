import { expect, test } from 'vitest';
import { exitCodeOfError, exitCodeOfResult } from '../../src/cli/exit-code.ts';
import { counts, result } from '../report/results.ts';

const lost = { message: 'm', hint: null };

test.each([
  ['all accepted', result({ counts: counts({ read: 3, created: 1, updated: 1, unchanged: 1 }) }), 0],
  ['nothing read', result(), 0],
  ['rejected', result({ counts: counts({ read: 1, rejected: 1 }) }), 1],
  ['failed', result({ counts: counts({ read: 1, failed: 1 }) }), 1],
  ['conflict', result({ counts: counts({ read: 1, conflict: 1 }) }), 1],
  ['unknown', result({ counts: counts({ read: 1, unknown: 1 }) }), 1],
  ['offline', result({ offline: true, counts: counts({ read: 1, notReached: 1 }) }), 0],
  [
    'gave up',
    result({ counts: counts({ read: 1, rejected: 1 }), error: { code: 'unreachable', ...lost } }),
    4,
  ],
  ['signed out', result({ error: { code: 'sign-in', ...lost } }), 3],
  ['interrupted', result({ error: { code: 'interrupted', ...lost } }), 130],
])('%s', (_name, shown, expected) => {
  expect(exitCodeOfResult(shown, undefined)).toBe(expected);
});

test('terminated', () => {
  expect(exitCodeOfResult(result({ error: { code: 'interrupted', ...lost } }), 'SIGTERM')).toBe(143);
});

test.each([
  ['usage', 2],
  ['config', 2],
  ['file', 2],
  ['sign-in', 3],
  ['unreachable', 4],
  ['locked', 5],
  ['state', 2],
  ['brake', 6],
] as const)('%s is %d', (code, expected) => {
  expect(exitCodeOfError(code)).toBe(expected);
});
