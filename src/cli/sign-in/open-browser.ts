import { spawn } from 'node:child_process';
import type { Context } from '../context.ts';

/** Whether a browser that is started here would be seen by somebody. */
export function hasDesktop({ env, stderr }: Context, platform: NodeJS.Platform = process.platform): boolean {
  if (!stderr.isTTY) return false;
  // On X11 and Wayland the variable follows the desktop, through ssh too.
  if (platform !== 'darwin' && platform !== 'win32') return Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
  return !env.SSH_CONNECTION;
}

/**
 * Opens an address in the browser of the person at this machine. Answers null, or why it was not opened; returns when the
 * opener has ended, which may be when the browser does.
 */
export function openBrowser(
  address: string,
  env: Context['env'],
  platform: NodeJS.Platform = process.platform,
): Promise<string | null> {
  const [program, ...words] = opener(platform);
  return new Promise(resolve => {
    // Words and no shell: an address is full of characters that mean something there.
    const child = spawn(program, [...words, address], {
      env: { ...env },
      stdio: 'ignore',
      detached: true,
      windowsHide: true,
    });
    child.once('error', error => resolve(`${program} cannot be started: ${error.message}`));
    child.once('exit', code => resolve(code === 0 ? null : `${program} ended with ${code ?? 'a signal'}`));
    child.unref();
  });
}

function opener(platform: NodeJS.Platform): readonly [string, ...string[]] {
  if (platform === 'darwin') return ['open'];
  // `start` is a word of the shell; this is what it comes to.
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
  return ['xdg-open'];
}
