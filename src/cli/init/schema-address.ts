import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const schemaFileName = 'sic.schema.json';

/**
 * `$schema` for a config in `folder`: the schema of this installation, relative where the two have a folder in common,
 * so that a project can be moved as a whole; else as a file: address.
 */
export function schemaAddress(folder: string): string {
  const schema = shippedSchema();
  const { root } = path.parse(folder);
  const relative = path.relative(folder, schema);
  const climbed = relative.split(path.sep).filter(part => part === '..').length;
  const reachesRoot = path.resolve(folder, ...Array<string>(climbed).fill('..')) === root && folder !== root;
  if (path.isAbsolute(relative) || reachesRoot) return pathToFileURL(schema).href;
  const address = relative.split(path.sep).join('/');
  return address.startsWith('.') ? address : `./${address}`;
}

/** Beside the program: a different number of folders above this file before and after the build. */
function shippedSchema(): string {
  for (let folder = path.dirname(fileURLToPath(import.meta.url)); ; folder = path.dirname(folder)) {
    const schema = path.join(folder, schemaFileName);
    if (existsSync(schema)) return schema;
    if (path.dirname(folder) === folder) throw new Error(`${schemaFileName} is not beside the program.`);
  }
}
