// Bundles src/cli and the packages it uses into dist/. Splitting keeps every `await import()` in a file of its own, so a
// command loads only what it uses; files that are always needed together are then merged.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { compiledSchema } from './build/compiled-schema.mjs';
import { licencesOf } from './build/licences.mjs';
import { mergeChunks } from './build/merge-chunks.mjs';

const { build } = await import('esbuild').catch(() => {
  throw new Error(
    'sic is built when it is installed from its source, which takes the development dependencies: run npm ci --include=dev',
  );
});

/** Loaded lazily, for the sake of other commands, and by every import of a CSV file. */
const always = [
  'src/cli/run-files.ts',
  'src/cli/plan/given.ts',
  'src/config/json-text.ts',
  'src/config/check.ts',
  'src/config/secrets.ts',
  'src/import/run.ts',
  'src/import/kept-history.ts',
  'src/superoffice/connect.ts',
  'src/superoffice/sign-in/credentials.ts',
  'src/cli/sign-in/credentials.ts',
  'src/report/terminal.ts',
  'src/report/json.ts',
];

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

/** commander starts commands that are programs of their own with it; sic has none, and Node takes long to load it. */
const withoutPrograms = {
  name: 'without programs',
  setup(build) {
    build.onResolve({ filter: /^node:child_process$/ }, ({ path, importer }) =>
      /[\\/]commander[\\/]/.test(importer) ? { path, namespace: 'none' } : null,
    );
    build.onLoad({ filter: /.*/, namespace: 'none' }, () => ({ contents: 'module.exports = {};' }));
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
    withoutPrograms,
    outside(['@zip.js/zip.js', 'fast-xml-parser', 'keytar', 'ora', 'undici']),
  ],
  mainFields: ['module', 'main'],
  sourcemap: true,
  legalComments: 'inline',
  logLevel: 'warning',
});
await rm('dist', { recursive: true, force: true });
await mkdir('dist');
for (const { path, contents } of await mergeChunks(build, built, 'entry.js', always))
  await writeFile(path, contents);
await writeFile('dist/LICENCES.txt', licencesOf(built.metafile));
