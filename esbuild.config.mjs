// Bundles src/cli into dist/. Splitting keeps every `await import()` in a file of its own, so a command
// loads only what it uses. Packages stay outside: they are installed anyway, and undici and ora find their own files.
import { rm } from 'node:fs/promises';

const { build } = await import('esbuild').catch(() => {
  throw new Error(
    'sic is built when it is installed from its source, which takes the development dependencies: run npm ci --include=dev',
  );
});

await rm('dist', { recursive: true, force: true });
await build({
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
});
