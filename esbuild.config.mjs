// Bundles src/cli and the packages it uses into dist/. Splitting keeps every `await import()` in a file of its own, so a
// command loads only what it uses; files that are always needed together are then merged, and what V8 makes of those is
// kept beside them.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { compiledSchema } from './build/compiled-schema.mjs';
import { licencesOf } from './build/licences.mjs';
import { mergeChunks } from './build/merge-chunks.mjs';

const { build } = await import('esbuild').catch(() => {
  throw new Error(
    'sic is built when it is installed from its source, which takes the development dependencies: run npm ci --include=dev',
  );
});

/** By script: what is loaded lazily, but by every import of a CSV file, or (`work`) by every one that has rows to write. */
const together = {
  import: [
    'src/cli/run-files.ts',
    'src/cli/plan/given.ts',
    'src/config/json-text.ts',
    'src/config/check.ts',
    'src/config/secrets.ts',
    'src/import/run.ts',
    'src/import/kept-history.ts',
    'src/superoffice/connect.ts',
    'src/superoffice/open-points.ts',
    'src/superoffice/sign-in/credentials.ts',
    'src/cli/sign-in/credentials.ts',
    'src/state/kept-answers.ts',
    'src/report/terminal.ts',
    'src/report/json.ts',
    'node_modules/xxhash-wasm/esm/xxhash-wasm.js',
  ],
  pool: ['src/superoffice/pool.ts'],
  work: ['src/import/chunk.ts', 'src/import/resolve/directory.ts'],
};

/** Loads packages from node_modules, where they are installed anyway; files of theirs that are named are bundled. */
function outside(packages) {
  return {
    name: 'outside',
    setup: build =>
      build.onResolve({ filter: /^[^.]/ }, ({ path }) =>
        packages.includes(path) ? { path, external: true } : null,
      ),
  };
}

/**
 * What packages load and sic does not use, and Node takes long to load: commander starts commands that are programs of
 * their own with child processes; undici speaks HTTP/2 when it is told to.
 */
const leftOut = {
  name: 'left out',
  setup(build) {
    const none = { path: 'none', namespace: 'left out' };
    build.onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      /[\\/]commander[\\/]/.test(importer) ? none : null,
    );
    build.onResolve({ filter: /^\.\/client-h2\.js$/ }, () => none);
    build.onLoad({ filter: /.*/, namespace: 'left out' }, () => ({ contents: 'module.exports = {};' }));
  },
};

const built = await build({
  entryPoints: { entry: 'src/cli/main.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  write: false,
  metafile: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  // Packages that few runs need, or that find their own files; undici stands for its index, which loads all of it.
  plugins: [
    compiledSchema,
    leftOut,
    outside(['@zip.js/zip.js', 'fast-xml-parser', 'keytar', 'ora', 'undici']),
  ],
  mainFields: ['module', 'main'],
  sourcemap: true,
  legalComments: 'inline',
  logLevel: 'warning',
});
await rm('dist', { recursive: true, force: true });
await mkdir('dist');
for (const { path, contents } of await mergeChunks(build, built, 'entry.js', together))
  await writeFile(path, contents);
await writeFile('dist/LICENCES.txt', licencesOf(built.metafile));
await keepCode();

/** In a process of its own, whose V8 has no flags. */
async function keepCode() {
  const folder = await mkdtemp(join(tmpdir(), 'sic-build-'));
  const { NODE_OPTIONS: _, ...env } = process.env;
  try {
    await promisify(execFile)(process.execPath, ['build/code-cache.cjs', folder], { env });
  } catch (error) {
    process.stderr.write(
      `sic will start more slowly, since it could not be tried out:\n${error.stderr ?? error}\n`,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
