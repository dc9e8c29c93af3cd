// Bundles src/cli into dist/. Splitting keeps every `await import()` in a file of its own, so a command
// loads only what it uses. Packages stay outside: they are installed anyway, and undici and ora find their own files.
import { readdir, rm } from 'node:fs/promises';
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

// Only what is no longer made is removed, and only afterwards: a sic that runs meanwhile keeps its files.
for (const name of await readdir('dist'))
  if (!(path.posix.join('dist', name) in metafile.outputs))
    await rm(path.join('dist', name), { recursive: true });
