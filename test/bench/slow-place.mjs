import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { timed } from './measure.mjs';
import { sic, startSandbox } from './sandbox-process.mjs';
import { openSlowWire } from './slow-wire.mjs';

/**
 * A folder with a config, and a sandbox of its own behind a slow wire.
 * @param latency milliseconds
 * @param profile what else the config's profile says: `rate`, `concurrency`
 */
export async function openSlowPlace(latency, profile) {
  const folder = mkdtempSync(join(tmpdir(), 'sic-bench-'));
  const { url, username, password, stop } = await startSandbox();
  const wire = await openSlowWire(url, latency);
  const auth = { type: 'basic', username, password: { env: 'BENCH_PASSWORD' } };
  const bench = { url: wire.url, auth, ...profile };
  writeFileSync(join(folder, 'sic.config.json'), JSON.stringify({ profiles: { bench } }));
  const env = { ...process.env, BENCH_PASSWORD: password };
  return {
    wire,
    path: name => join(folder, name),
    import: (...args) => timed(sic, ['import', ...args, '--json'], { cwd: folder, env }),
    close: async () => {
      wire.close();
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
