import { type Conversion, fault, shown } from './conversion.ts';
import { toNames } from './list.ts';
import { toName } from './text.ts';

/**
 * The name of a file that comes with a row: relative to the folder it is looked for in, with `/` between folders. A name
 * that could leave that folder is refused: a data file must not be able to fetch other files of this machine.
 */
export function toFileName(cell: string, length: number | undefined): Conversion<string> {
  const name = toName(cell);
  if (!name.ok) return name;
  const path = name.value.replaceAll('\\', '/');
  const steps = path.split('/').filter(step => step !== '' && step !== '.');
  if (path.startsWith('/') || /^[A-Za-z]:/.test(steps[0] ?? ''))
    return fault(
      'file-outside',
      `${shown(cell)} is an absolute path.`,
      'Write the name of the file alone, and put the file beside the data file or into the folder of --files.',
    );
  if (steps.includes('..'))
    return fault(
      'file-outside',
      `${shown(cell)} leaves the folder in which files are looked for.`,
      'Write the name of the file alone, and put the file beside the data file or into the folder of --files.',
    );
  const last = steps.at(-1) ?? '';
  if (last === '' || path.endsWith('/'))
    return fault('file-outside', `${shown(cell)} names no file.`, 'Write the name of a file.');
  if (length !== undefined && last.length > length)
    return fault(
      'too-long',
      `The file name has ${last.length} characters; ${length} is the most this field can hold.`,
      'Give the file a shorter name.',
    );
  return { ok: true, value: steps.join('/') };
}

/** Several of them joined with `|`. */
export function toFileNames(cell: string): Conversion<readonly string[]> {
  const names: string[] = [];
  for (const each of toNames(cell)) {
    const name = toFileName(each, undefined);
    if (!name.ok) return name;
    names.push(name.value);
  }
  return { ok: true, value: [...new Set(names)] };
}
