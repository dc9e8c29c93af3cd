import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { groupChunks } from './group-chunks.mjs';

/** Of every esbuild that makes files of chunks. */
const common = {
  bundle: true,
  write: false,
  platform: 'node',
  target: 'node20',
  // What Node need not read; lines stay short, so that a stack trace still tells a place.
  minifySyntax: true,
  minifyWhitespace: true,
  lineLimit: 160,
  sourcemap: true,
  legalComments: 'inline',
  logLevel: 'warning',
};

/**
 * Splitting makes a file of every set of modules that the same entries share: some hundred for an import, and each of
 * them costs Node as much as reading ten times its size. So those that are needed together anyway become one script:
 * `main.script.js` what every command needs, others what `lazy` says. A script is no module to Node; `load.cjs` runs it,
 * with what V8 made of it before. For the chunks that stay modules, a module beside each script hands on what it exports
 * (`main.js`), and so does one in the place of each file that is loaded lazily. Nothing exists twice.
 * @param esbuild its `build`
 * @param first the result of one with `write: false`, `metafile: true` and source maps
 * @param entry the file of the program's entry
 * @param lazy by name of the script: modules that are loaded lazily, but with the others of it
 * @returns output files, as esbuild answers them
 */
export async function mergeChunks(esbuild, first, entry, lazy) {
  const { chunks, groups, lazyEntries } = groupChunks(first.metafile, entry, lazy);
  const texts = new Map(first.outputFiles.map(({ path, text }) => [basename(path), text]));
  const folder = join(first.outputFiles[0].path, '..');
  const file = (name, text) => ({ path: join(folder, name), contents: Buffer.from(text) });

  const alias = (name, exported) => `c${chunks.get(name).number}_${exported}`;
  const aliases = name => chunks.get(name).exports.map(each => alias(name, each));
  const renamed = name =>
    chunks
      .get(name)
      .exports.map(each => `${alias(name, each)} as ${each}`)
      .join(', ');
  const toModule = name => `export { ${renamed(name)} } from './${chunks.get(name).group}.js';\n`;
  const toScript = name =>
    `const { ${aliases(name).join(', ')} } = loadScript('${chunks.get(name).group}');\nexport { ${renamed(name)} };\n`;

  const scripts = [...groups].map(async ([group, members]) => {
    const all = name => {
      const list = chunks.get(name).exports.map(each => `${each} as ${alias(name, each)}`);
      return list.length === 0 ? `import './${name}';` : `export { ${list.join(', ')} } from './${name}';`;
    };
    const own = members.includes(entry) ? chunks.get(entry).exports : [];
    const { outputFiles } = await esbuild({
      ...common,
      stdin: {
        contents: [`export { ${own.join(', ')} } from './${members[0]}';`, ...members.map(all)].join('\n'),
        resolveDir: folder,
        sourcefile: group,
      },
      outfile: join(folder, `${group}.script.js`),
      format: 'cjs',
      banner: { js: '(function (loadScript, obtain, scriptUrl, module, require) {' },
      footer: { js: '})' },
      define: { 'import.meta.url': 'scriptUrl' },
      plugins: [
        chunksAs((name, kind) => {
          if (chunks.get(name).group === group && kind !== 'dynamic-import') return 'inside';
          return chunks.get(name).group === null ? 'outside' : 'handed on';
        }, toScript),
      ],
    });
    const names = [...own, ...members.flatMap(aliases)].join(', ');
    const module = `import loadScript from './load.cjs';\nexport const { ${names} } = loadScript('${group}');\n`;
    return [...outputFiles.map(withoutImport), file(`${group}.js`, module)];
  });
  const modules = [...chunks].filter(([, { group }]) => group === null).map(([name]) => name);
  const { outputFiles } = await esbuild({
    ...common,
    entryPoints: modules.map(name => `./${name}`),
    outdir: folder,
    format: 'esm',
    plugins: [
      chunksAs((name, kind) => {
        if (kind === 'entry-point') return 'inside';
        return chunks.get(name).group === null || kind === 'dynamic-import' ? 'outside' : 'handed on';
      }, toModule),
    ],
  });
  return [
    file('load.cjs', readFileSync(new URL('load.cjs', import.meta.url), 'utf8')),
    ...(await Promise.all(scripts)).flat(),
    ...outputFiles,
    ...lazyEntries.map(name => file(name, toModule(name))),
  ];

  /** `placeOf` tells of a chunk and the kind of its import whether it becomes part of the output, stays outside, or is handed on. */
  function chunksAs(placeOf, handOn) {
    return {
      name: 'chunks',
      setup(build) {
        build.onResolve({ filter: /.*/ }, ({ path, kind }) => {
          const name = basename(path);
          const place = path.startsWith('./') && chunks.has(name) ? placeOf(name, kind) : 'outside';
          return place === 'outside' ? { path, external: true } : { path: name, namespace: place };
        });
        build.onLoad({ filter: /.*/, namespace: 'inside' }, ({ path }) => ({
          contents: withMap(texts.get(path), texts.get(`${path}.map`)),
          resolveDir: folder,
        }));
        build.onLoad({ filter: /.*/, namespace: 'handed on' }, ({ path }) => ({
          contents: handOn(path),
          resolveDir: folder,
        }));
      },
    };
  }
}

/** Scripts are given what does it for them; its name is as long, so that the map stays right. */
function withoutImport({ path, text, contents }) {
  return {
    path,
    contents: path.endsWith('.js') ? Buffer.from(text.replace(/\bimport\(/g, 'obtain(')) : contents,
  };
}

function withMap(text, map) {
  const inline = `data:application/json;base64,${Buffer.from(map).toString('base64')}`;
  return `${text.replace(/\n\/\/# sourceMappingURL=.*\n*$/, '\n')}//# sourceMappingURL=${inline}\n`;
}
