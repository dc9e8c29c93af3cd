import files from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import process from 'node:process';

/**
 * Kills the program that loads it with `--import`, with SIGKILL, at its nth change of a file: `SIC_KILLED_AT=17 before`,
 * `17 after`, or `17 torn`, which writes the first half of what was to be written. For a program that runs to its end,
 * `SIC_KILLED_AT=count` tells at the end how many there were.
 */
const [, at, how] = /^(\d+|count) ?(before|after|torn)?$/.exec(process.env.SIC_KILLED_AT ?? '') ?? [];
let changes = 0;

const die = () => process.kill(process.pid, 'SIGKILL');

/** @param half the arguments that do half of it; null where there is no half */
function deadly(owner, name, half = () => null) {
  const original = owner[name];
  owner[name] = async function (...given) {
    if (++changes !== Number(at)) return original.apply(this, given);
    const torn = how === 'torn' ? half(given) : null;
    if (torn !== null) await original.apply(this, torn);
    else if (how === 'after') await original.apply(this, given);
    return die();
  };
}

const halfOfData = ([data, ...rest]) =>
  typeof data === 'string' || data instanceof Uint8Array
    ? [data.slice(0, Math.ceil(data.length / 2)), ...rest]
    : null;

const handle = await files.open(process.execPath);
const prototype = Object.getPrototypeOf(handle);
await handle.close();
for (const name of ['appendFile', 'writeFile']) deadly(prototype, name, halfOfData);
deadly(prototype, 'write', ([buffer, from, length, position]) =>
  typeof length === 'number' ? [buffer, from, Math.ceil(length / 2), position] : null,
);
for (const name of ['sync', 'datasync', 'truncate']) deadly(prototype, name);
for (const name of ['rename', 'rm', 'unlink', 'link', 'mkdir']) deadly(files, name);
deadly(files, 'writeFile', ([path, data, ...rest]) => {
  const half = halfOfData([data]);
  return half && [path, half[0], ...rest];
});
syncBuiltinESMExports();

if (at === 'count') process.on('exit', () => process.stderr.write(`changed files ${changes} times\n`));
