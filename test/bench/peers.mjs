import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ran } from './measure.mjs';

const folder = new URL('./peers/', import.meta.url);
let installing = null;

/**
 * The scripts of the peers, which are installed beside them, and nowhere else, when they are first asked for.
 * @returns {Promise<{ csvParse: string, duckdb: string } | null>} null: they cannot be had, and why was told
 */
export function peers() {
  installing ??= install();
  return installing;
}

async function install() {
  if (!existsSync(new URL('node_modules', folder))) {
    console.error('Installing csv-parse and DuckDB, which sic is compared with, into test/bench/peers.');
    const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'error'];
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    const { code } = await ran(npm, args, { cwd: fileURLToPath(folder) }).catch(() => ({ code: 1 }));
    if (code !== 0) {
      console.error('They cannot be installed here: their lines of the table are left out.');
      return null;
    }
  }
  const script = name => fileURLToPath(new URL(name, folder));
  return { csvParse: script('csv-parse.mjs'), duckdb: script('duckdb.mjs') };
}
