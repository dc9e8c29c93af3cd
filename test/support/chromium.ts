import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome-headless-shell',
];

/** A Chromium that this machine has: on the PATH, or one that Playwright fetched; null: none. */
export function findChromium(): string | null {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const installed = folders.flatMap(folder => names.map(name => path.join(folder, name))).find(existsSync);
  if (installed !== undefined) return installed;
  const kept = process.env.PLAYWRIGHT_BROWSERS_PATH ?? path.join(homedir(), '.cache', 'ms-playwright');
  if (!existsSync(kept)) return null;
  const fetched = readdirSync(kept, { recursive: true, encoding: 'utf8' });
  const binary = fetched.find(file =>
    /chromium.*[/\\](?:chrome|headless_shell|chrome-headless-shell)$/.test(file),
  );
  return binary === undefined ? null : path.join(kept, binary);
}

export interface Shown {
  /** What the page has become once it is loaded. */
  readonly dom: string;
  /** Complaints of the page: what it may not load, what went wrong in it. */
  readonly complaints: string;
}

/** Opens a file without a window. */
export async function openPage(chromium: string, file: string, profile: string): Promise<Shown> {
  const { stdout, stderr } = await promisify(execFile)(
    chromium,
    [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--enable-logging=stderr',
      `--user-data-dir=${profile}`,
      '--dump-dom',
      `file://${file}`,
    ],
    { timeout: 60_000, maxBuffer: 64 << 20 },
  );
  return {
    dom: stdout,
    complaints: stderr
      .split('\n')
      .filter(line => line.includes('CONSOLE'))
      .join('\n'),
  };
}
