import { expect, test } from 'vitest';
import { captureContext } from '../support/sic.ts';

function written(secrets: readonly string[], text: string): string {
  const { context, written } = captureContext();
  context.conceal(() => secrets);
  context.stderr.write(text);
  context.stdout.write(text);
  expect(written.stdout).toBe(written.stderr);
  return written.stdout;
}

test.each([
  ['a token', ['7T:abc+def=='], 'got 7T:abc+def==.', 'got ***.'],
  ['in an address', ['7T:abc+def=='], 'GET /?t=7T%3Aabc%2Bdef%3D%3D', 'GET /?t=***'],
  ['a long word', ['correcthorsebatterystaple'], 'correcthorsebatterystaple!', '***!'],
  // Masked, it would spoil the document, and tell which word it is.
  ['an ordinary word', ['sandbox'], '{"profile":"sandbox"}', '{"profile":"sandbox"}'],
  ['a longer one', ['password'], 'the password of profile', 'the password of profile'],
  ['a number that data may hold', ['20260131'], '{"date":20260131}', '{"date":20260131}'],
])('%s', (_name, secrets, text, shown) => {
  expect(written(secrets, text)).toBe(shown);
});

test('what becomes known later is masked from then on', () => {
  const { context, written } = captureContext();
  const known: string[] = [];
  context.conceal(() => known);
  context.conceal(() => ['Other-Secret-1']);
  context.stdout.write('Later-Secret-1 Other-Secret-1\n');
  known.push('Later-Secret-1');
  context.stdout.write('Later-Secret-1 Other-Secret-1\n');
  expect(written.stdout).toBe('Later-Secret-1 ***\n*** ***\n');
});

test('whether anybody reads is passed on', async () => {
  let isRead = true;
  const { context } = captureContext({ isRead: () => isRead });
  expect(await context.stdout.taken()).toBe(true);
  isRead = false;
  expect(await context.stdout.taken()).toBe(false);
  expect(await context.stderr.taken()).toBe(false);
});
