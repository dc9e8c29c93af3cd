import { basename } from 'node:path';

/**
 * Which of the files that splitting made belong into one: a group per script, and `main` for what the entry takes.
 * @param metafile of esbuild
 * @param entry the file of the program's entry
 * @param lazy by name of the group: modules that are loaded lazily
 * @returns `chunks` by file name: `exports`, `group` (null: none), and a `number` of its own; `groups`: file names by group, the
 *   entry first; `lazyEntries`: the files of the lazy modules
 */
export function groupChunks({ outputs }, entry, lazy) {
  const chunks = new Map();
  for (const [path, { exports, imports, entryPoint }] of Object.entries(outputs))
    if (path.endsWith('.js'))
      chunks.set(basename(path), {
        number: chunks.size,
        exports,
        entryPoint,
        statically: imports
          .filter(({ kind, external }) => kind === 'import-statement' && !external)
          .map(each => basename(each.path)),
        group: null,
      });
  const groups = new Map();
  const gather = (group, names) => {
    for (const name of names) {
      const chunk = chunks.get(name);
      if (chunk.group !== null) continue;
      chunk.group = group;
      groups.set(group, [...(groups.get(group) ?? []), name]);
      gather(group, chunk.statically);
    }
  };
  const fileOf = module => {
    const [name] = [...chunks].find(([, { entryPoint }]) => entryPoint?.endsWith(module)) ?? [];
    if (!name) throw new Error(`${module} is no module that is loaded lazily`);
    return name;
  };
  gather('main', [entry]);
  const lazyEntries = [];
  for (const [group, modules] of Object.entries(lazy)) {
    const names = modules.map(fileOf);
    gather(group, names);
    lazyEntries.push(...names);
  }
  return { chunks, groups, lazyEntries };
}
