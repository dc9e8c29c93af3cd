import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * How long a process that ran with `--cpu-prof --cpu-prof-dir FOLDER` was in some of its modules, or in what they called.
 * @param kindOf the kind of a source file (its path below src/), or null. The outermost frame of a kind decides.
 * @returns {Record<string, number>} seconds by kind
 */
export function secondsByKind(folder, kindOf) {
  const [file] = readdirSync(folder).filter(name => name.endsWith('.cpuprofile'));
  const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const kinds = kindsOfNodes(nodes, kindOf);
  const seconds = {};
  for (const [index, id] of samples.entries()) {
    const kind = kinds.get(id);
    if (kind !== null) seconds[kind] = (seconds[kind] ?? 0) + timeDeltas[index] / 1e6;
  }
  return seconds;
}

/** Parents stand before their children. */
function kindsOfNodes(nodes, kindOf) {
  const sourceOf = sources();
  const kinds = new Map();
  for (const { id, callFrame, children = [] } of nodes) {
    const kind = kinds.get(id) ?? kindOf(sourceOf(callFrame));
    kinds.set(id, kind);
    for (const child of children) kinds.set(child, kind);
  }
  return kinds;
}

/** Finds the file below src/ that a frame of the built program comes from; empty when it comes from elsewhere. */
function sources() {
  const maps = new Map();
  const mapOf = url => {
    if (!url.startsWith('file:') || !url.includes('/dist/')) return null;
    if (!maps.has(url)) {
      const path = `${fileURLToPath(url)}.map`;
      // Files that only hand on what stands in others have none.
      maps.set(url, existsSync(path) ? new SourceMap(JSON.parse(readFileSync(path, 'utf8'))) : null);
    }
    return maps.get(url);
  };
  return ({ url, lineNumber, columnNumber }) =>
    mapOf(url)?.findEntry(lineNumber, columnNumber).originalSource?.split('/src/')[1] ?? '';
}
