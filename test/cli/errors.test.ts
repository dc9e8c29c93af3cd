import { expect, test } from 'vitest';
import { tellFailure } from '../../src/cli/errors.ts';
import { newOutcome } from '../../src/cli/outcome.ts';
import { SicError } from '../../src/problems/sic-error.ts';
import { SuperOfficeError } from '../../src/superoffice/error.ts';
import { captureContext, type Surroundings } from '../support/sic.ts';

async function told(error: unknown, json = false, surroundings: Surroundings = {}) {
  const { context, written } = captureContext(surroundings);
  const exitCode = await tellFailure({ error, command: 'import', json, context, outcome: newOutcome() });
  return { exitCode, ...written };
}

test('message, detail, hint', async () => {
  const error = new SicError('locked', 'Another run is at work.', { detail: 'one\ntwo', hint: 'Wait.' });
  expect(await told(error)).toEqual({
    exitCode: 5,
    stdout: '',
    stderr: 'sic: Another run is at work.\n  one\n  two\n→ Wait.\n',
  });
});

test.each([
  [401, 3],
  [403, 3],
  [0, 4],
  [503, 4],
])('SuperOffice says %d', async (status, expected) => {
  const error = new SuperOfficeError('SuperOffice said no.', {
    status,
    request: 'GET /v1/Contact',
    scope: 'tenant',
    hint: 'Try later.',
  });
  expect(await told(error)).toEqual({
    exitCode: expected,
    stdout: '',
    stderr: 'sic: SuperOffice said no.\n→ Try later.\n',
  });
});

test('anything else is a bug and shows its stack, but not in the document', async () => {
  const { exitCode, stdout, stderr } = await told(new TypeError('x is not a function'), true);
  expect(exitCode).toBe(4);
  expect(stderr).toMatch(/^sic: This is a bug in sic/);
  expect(stderr).toContain('TypeError: x is not a function\n      at ');
  expect(JSON.parse(stdout).error).toMatchObject({ code: 'bug' });
  expect(stdout).not.toContain('TypeError');
});

const nobody = { status: 0, request: 'GET /v1/Contact', scope: 'tenant', hint: '' } as const;

test.each([
  ['SIGINT', new DOMException('aborted', 'AbortError'), 130],
  ['SIGTERM', new DOMException('aborted', 'AbortError'), 143],
  ['SIGTERM', 'SIGTERM', 143],
  ['SIGINT', new SuperOfficeError('No answer.', nobody), 130],
  ['SIGINT', new SicError('unreachable', 'SuperOffice cannot be reached.'), 130],
])('a run stopped by %s that ends in %s was interrupted', async (name, error, expected) => {
  const { exitCode, stderr } = await told(error, false, { signal: AbortSignal.abort(name) });
  expect(exitCode).toBe(expected);
  expect(stderr).toMatch(/^sic: Interrupted\.\n→ /);
});

test('other errors stay what they are, signal or not', async () => {
  const error = new SicError('config', 'Wrong.');
  const ended = await told(error, false, { signal: AbortSignal.abort('SIGINT') });
  expect(ended).toMatchObject({ exitCode: 2, stderr: 'sic: Wrong.\n' });
});
