import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { SicError } from '../problems/sic-error.ts';
import type { Config } from './config.ts';
import { excerpt, placeOf } from './excerpt.ts';
import type { ConfigFault } from './fault.ts';
import { normalise } from './normalise.ts';

export const configFileName = 'sic.config.json';

export interface ConfigQuestion {
  /** `--config` or `SIC_CONFIG`; null: look for `sic.config.json` from `cwd` upwards. */
  readonly file: string | null;
  readonly cwd: string;
}

/**
 * The config of this working directory; all defaults when there is no file.
 * Throws SicError `config` that tells every mistake in the file at once, with its line.
 */
export async function loadConfig({ file, cwd }: ConfigQuestion): Promise<Config> {
  const found = file === null ? await findUpwards(cwd) : path.resolve(cwd, file);
  if (found === null) return normalise({}, null, cwd);
  const shown = shortest(found, cwd);
  const text = await readText(found, shown);
  const { parseJsonText } = await import('./json-text.ts');
  const parsed = parseJsonText(text);
  if (!parsed.ok) {
    const { offset, message, hint } = parsed.fault;
    const { line, column } = placeOf(text, offset);
    throw new SicError('config', `${shown}, line ${line}, column ${column}: ${message}.`, {
      detail: excerpt(text, offset),
      hint,
    });
  }
  const { checkConfig } = await import('./check.ts');
  const checked = checkConfig(parsed.value);
  if (!checked.ok) throw faultsError(shown, text, checked.faults, parsed.places);
  return normalise(checked.config, found, path.dirname(found));
}

async function findUpwards(cwd: string): Promise<string | null> {
  for (let folder = path.resolve(cwd); ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, configFileName);
    const found = await stat(candidate).then(
      stats => stats.isFile(),
      () => false,
    );
    if (found) return candidate;
    if (path.dirname(folder) === folder) return null;
  }
}

/** Bytes. What is larger is another file by mistake, and takes memory and time to tell what is wrong with it. */
const largest = 1 << 20;

async function readText(file: string, shown: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    throw unreadable(shown, error);
  }
  if (bytes.length > largest)
    throw new SicError(
      'config',
      `${shown} has ${bytes.length} bytes, which is too large for a config file.`,
      {
        hint: 'Check that it is the right file: configs are a few thousand bytes of text.',
      },
    );
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new SicError('config', `${shown} is not saved as UTF-8.`, {
      hint: 'Open it in an editor and save it with the encoding UTF-8.',
      cause,
    });
  }
}

function unreadable(shown: string, cause: unknown): SicError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : '';
  if (code === 'ENOENT')
    return new SicError('config', `There is no config file ${shown}.`, {
      hint: `Correct --config or SIC_CONFIG, or leave it out: ${configFileName} is looked for from the working directory upwards.`,
      cause,
    });
  if (code === 'EISDIR')
    return new SicError('config', `${shown} is a folder, not a config file.`, {
      hint: `Name the file in it, for example ${path.join(shown, configFileName)}.`,
      cause,
    });
  return new SicError('config', `The config file ${shown} cannot be read (${String(code)}).`, {
    hint: 'Check who owns it and who may read it.',
    cause,
  });
}

/** Nobody reads more at once, and what has so many is no config. */
const mostTold = 100;

function faultsError(
  shown: string,
  text: string,
  faults: readonly ConfigFault[],
  places: ReadonlyMap<string, number>,
): SicError {
  const located = [...faults]
    .map(({ pointer, message }) => ({ offset: places.get(pointer) ?? 0, message }))
    .sort((a, b) => a.offset - b.offset);
  const more = located.length - mostTold;
  return new SicError(
    'config',
    `${shown} has ${located.length === 1 ? 'a mistake' : `${located.length} mistakes`}.`,
    {
      detail: [
        ...located
          .slice(0, mostTold)
          .map(({ offset, message }) => `line ${placeOf(text, offset).line}: ${message}`),
        ...(more > 0 ? [`and ${more} more.`] : []),
      ].join('\n'),
      hint: 'Correct the file, then run the command again.',
    },
  );
}

/** The path as a person in `cwd` would write it. */
function shortest(file: string, cwd: string): string {
  const relative = path.relative(cwd, file);
  return relative === '' || relative.startsWith('..') || path.isAbsolute(relative) ? file : relative;
}
