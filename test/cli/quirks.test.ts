import { expect, test } from 'vitest';
import { quirksOf } from '../../src/cli/sandbox/quirks.ts';
import { quirkTable } from '../../src/sandbox/server.ts';
import { runSic, startSic } from '../support/program.ts';
import { emptyFolder } from '../support/workplace.ts';

test('every value of every quirk is taken, and the usual one stands first', async () => {
  for (const [name, { values }] of Object.entries(quirkTable)) {
    for (const value of values) expect(await quirksOf([`${name}=${value}`])).toEqual({ [name]: value });
    expect(values.length).toBeGreaterThan(1);
    expect(await quirksOf([])).toEqual({});
  }
  expect(await quirksOf(['content-put-replaces=no', 'content-put-replaces=no'])).toEqual({
    'content-put-replaces': 'no',
  });
});

test.each([
  ['content-put-replace=no', 'is no open point of the sandbox.', 'Did you mean "content-put-replaces"?'],
  ['=no', '--quirk "" is no open point of the sandbox.', 'There is: patch-keeps-custom-fields, '],
  ['toString=no', '--quirk "toString" is no open point of the sandbox.', 'There is: '],
  ['content-put-replaces', '--quirk content-put-replaces has no value.', 'write yes or no.'],
  ['cleared-reference=id0', 'is "id0", which is none of its values.', 'Did you mean "id-0"?'],
  ['content-put-replaces=', 'is "", which is none of its values.', 'write yes or no.'],
])('--quirk %s: 2, with what to do', async (quirk, message, hint) => {
  const ended = await runSic(['sandbox', '--port', '0', '--quirk', quirk], { cwd: await emptyFolder() });
  expect(ended).toMatchObject({ code: 2, stdout: '' });
  expect(ended.stderr).toContain(message);
  expect(ended.stderr).toContain(hint);
});

test('two values for one quirk: 2', async () => {
  const argv = ['--quirk', 'content-put-replaces=no', '--quirk', 'content-put-replaces=yes'];
  const ended = await runSic(['sandbox', '--port', '0', ...argv], { cwd: await emptyFolder() });
  expect(ended.code).toBe(2);
  expect(ended.stderr).toContain('--quirk content-put-replaces is given twice: no and yes.');
});

test('a sandbox with two quirks has both', async () => {
  const argv = ['--quirk', 'post-archive-known=no', '--quirk', 'refusal-of-missing=400:ArgumentException'];
  const running = startSic(['sandbox', '--port', '0', '--json', ...argv], { cwd: await emptyFolder() });
  const { url, username, password } = JSON.parse(await running.firstOutput);
  const headers = { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` };
  const archive = await fetch(`${url}/api/v1/Archive/Person`, { method: 'POST', headers });
  expect(archive.status).toBe(404);
  const contact = await fetch(`${url}/api/v1/Contact/999999`, { headers });
  expect(contact.status).toBe(400);
  expect(await contact.json()).toMatchObject({ ErrorType: 'ArgumentException' });
});
