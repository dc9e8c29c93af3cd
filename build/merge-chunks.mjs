import { basename, join } from 'node:path';

/**
 * Splitting makes a file of every set of modules that the same entries share: some hundred for an import, and each of
 * them costs Node as much as reading ten times its size. So those that are needed together anyway become one file:
 * `main.js` what every command needs, `shared.js` and `import.js` what an import needs in any case, the first of them
 * what other commands use as well. In the place of each merged file stays one that only hands its exports on, so the
 * others need not know; nothing exists twice.
 * @param esbuild its `build`
 * @param first the result of one with `write: false`, `metafile: true` and source maps
 * @param entry the file of the program's entry
 * @param always modules that are loaded lazily, but by every import
 * @returns output files, as esbuild answers them
 */
export async function mergeChunks(esbuild, first, entry, always) {
  const { outputFiles, metafile } = first;
  const chunks = new Map(
    Object.entries(metafile.outputs)
      .filter(([path]) => path.endsWith('.js'))
      .map(([path, output]) => [basename(path), { ...output, group: null, number: 0 }]),
  );
  [...chunks.values()].forEach((chunk, number) => {
    chunk.number = number;
  });
  const texts = new Map(outputFiles.map(({ path, text }) => [basename(path), text]));
  const within = (starts, seen = new Set()) => {
    for (const name of starts)
      if (!seen.has(name)) {
        seen.add(name);
        const { imports } = chunks.get(name);
        within(
          imports
            .filter(({ kind, external }) => kind === 'import-statement' && !external)
            .map(each => basename(each.path)),
          seen,
        );
      }
    return seen;
  };
  const entryOf = module => {
    const [name] = [...chunks].find(([, { entryPoint }]) => entryPoint === module) ?? [];
    if (!name) throw new Error(`${module} is no module that is loaded lazily`);
    return name;
  };
  const lazy = always.map(entryOf);
  const other = [...chunks].filter(([name, { entryPoint }]) => entryPoint && !lazy.includes(name));
  const groups = new Map([
    ['main.js', within([entry])],
    ['shared.js', new Set()],
    ['import.js', within(lazy)],
  ]);
  const elsewhere = within(other.map(([name]) => name).filter(name => name !== entry));
  for (const name of groups.get('import.js')) if (elsewhere.has(name)) groups.get('shared.js').add(name);
  for (const [group, names] of groups) for (const name of names) chunks.get(name).group ??= group;

  const alias = (name, exported) => `c${chunks.get(name).number}_${exported}`;
  const handsOn = name => {
    const { exports, group } = chunks.get(name);
    const list = exports.map(each => `${alias(name, each)} as ${each}`).join(', ');
    return `export { ${list} } from './${group}';\n`;
  };
  const written = outputFiles.filter(({ path }) => {
    const name = basename(path).replace(/\.map$/, '');
    return chunks.get(name)?.group === null;
  });
  const folder = join(outputFiles[0].path, '..');
  for (const [name, { group }] of chunks)
    if (group !== null && name !== entry)
      written.push({ path: join(folder, name), contents: Buffer.from(handsOn(name)) });
  for (const group of groups.keys()) {
    const members = [...chunks].filter(([, chunk]) => chunk.group === group).map(([name]) => name);
    const own = members.includes(entry) ? [`export * from './${entry}';`] : [];
    const contents = [
      ...own,
      ...members.map(name => {
        const { exports } = chunks.get(name);
        const list = exports.map(each => `${each} as ${alias(name, each)}`).join(', ');
        return exports.length === 0 ? `import './${name}';` : `export { ${list} } from './${name}';`;
      }),
    ].join('\n');
    const { outputFiles: merged } = await esbuild({
      stdin: { contents, resolveDir: folder, sourcefile: group },
      outfile: join(folder, group),
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      // What Node need not read; lines stay short, so that a stack trace still tells a place.
      minifySyntax: true,
      minifyWhitespace: true,
      lineLimit: 160,
      sourcemap: true,
      legalComments: 'inline',
      logLevel: 'warning',
      plugins: [{ name: 'chunks', setup: build => setUp(build, group) }],
    });
    written.push(...merged);
  }
  return written;

  function setUp(build, group) {
    build.onResolve({ filter: /.*/ }, ({ path, kind }) => {
      const name = basename(path);
      // What is loaded lazily stays in a file of its own, be it one that hands on.
      if (!path.startsWith('./') || kind === 'dynamic-import') return { path, external: true };
      if (groups.has(name)) return { path, external: true };
      return { path: name, namespace: chunks.get(name).group === group ? 'chunk' : 'other' };
    });
    build.onLoad({ filter: /.*/, namespace: 'chunk' }, ({ path }) => ({
      contents: withMap(texts.get(path), texts.get(`${path}.map`)),
      resolveDir: '/',
    }));
    build.onLoad({ filter: /.*/, namespace: 'other' }, ({ path }) => ({
      contents: handsOn(path),
      resolveDir: '/',
    }));
  }
}

/** CommonJS packages ask for modules of Node; on the first line, so that the map stays right. */
const requiring =
  "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url); ";

function withMap(text, map) {
  const inline = `data:application/json;base64,${Buffer.from(map).toString('base64')}`;
  const begin = text.includes('typeof require !== "undefined" ? require') ? requiring : '';
  return `${begin}${text.replace(/\n\/\/# sourceMappingURL=.*\n*$/, '\n')}//# sourceMappingURL=${inline}\n`;
}
