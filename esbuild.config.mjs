// Bundles src/cli into dist/. Splitting keeps every `await import()` in a file of its own, so a command
// loads only what it uses. Packages stay outside: they are installed anyway, and undici and ora find their own files.
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';

const { metafile } = await build({
  entryPoints: { main: 'src/cli/main.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  sourcemap: true,
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
});

// What is no longer made is removed an hour later: a sic that runs meanwhile still loads its own files.
const hour = 3_600_000;
for (const name of await readdir('dist')) {
  const file = path.posix.join('dist', name);
  if (!(file in metafile.outputs) && (await stat(file)).mtimeMs < Date.now() - hour)
    await rm(file, { recursive: true, force: true });
}
