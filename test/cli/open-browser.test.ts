import { expect, test } from 'vitest';
import { hasDesktop } from '../../src/cli/sign-in/open-browser.ts';
import { captureContext } from '../support/sic.ts';

test.each<[NodeJS.Platform, boolean, Record<string, string>, boolean]>([
  ['linux', true, { DISPLAY: ':0' }, true],
  ['linux', true, { WAYLAND_DISPLAY: 'wayland-0' }, true],
  ['linux', true, {}, false],
  ['linux', true, { DISPLAY: '' }, false],
  ['linux', false, { DISPLAY: ':0' }, false],
  ['darwin', true, {}, true],
  ['darwin', true, { SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22' }, false],
  ['win32', true, {}, true],
  ['win32', false, {}, false],
])('a desktop on %s, terminal %s, %j: %s', (platform, isTTY, env, expected) => {
  const { context } = captureContext({ env });
  expect(hasDesktop({ ...context, stderr: { ...context.stderr, isTTY } }, platform)).toBe(expected);
});
