import { existsSync, statSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import type { RejectWriter } from '../formats/record.ts';
import { rejectColumns } from '../formats/reject-columns.ts';
import { SicError } from '../problems/sic-error.ts';
import type { RunFolder } from '../state/run-folder.ts';
import type { Input } from './inputs.ts';

/**
 * One reject file per input that has rejects, named so that the same mapping and datatype apply when it is imported
 * again: `companies.csv` → `companies.rejected.csv`.
 */
export class RejectFiles {
  readonly #writers = new Map<Input, { path: string; writer: RejectWriter }>();
  readonly #wanted: string | null;
  readonly #folder: RunFolder;

  constructor(wanted: string | null, cwd: string, folder: RunFolder, inputs: readonly Input[]) {
    this.#folder = folder;
    this.#wanted = wanted === null ? null : resolve(cwd, wanted);
    if (this.#wanted !== null && inputs.length > 1 && !isFolder(this.#wanted))
      throw new SicError(
        'usage',
        `--rejects ${wanted} is one file, but ${inputs.length} files are imported.`,
        {
          hint: 'Name an existing folder: each file then gets a reject file of its own there.',
        },
      );
    if (this.#wanted !== null && !isFolder(this.#wanted)) refuseUnusable(this.#wanted, inputs);
  }

  writer(input: Input): RejectWriter {
    const open = this.#writers.get(input);
    if (open) return open.writer;
    const path = this.#freePath(input);
    const writer = input.records.rejects(path, rejectColumns);
    this.#writers.set(input, { path, writer });
    return writer;
  }

  pathOf(input: Input): string | null {
    return this.#writers.get(input)?.path ?? null;
  }

  /** The reject file, or the folder that holds several. */
  path(): string | null {
    const [first, second] = [...this.#writers.values()].map(({ path }) => path);
    if (first === undefined) return null;
    return second === undefined ? first : join(first, '..');
  }

  async close(): Promise<void> {
    for (const { writer } of this.#writers.values()) await writer.close();
  }

  #freePath(input: Input): string {
    const label = input.label === '-' ? `stdin.${input.records.format}` : input.label;
    const extension = extname(label);
    const name = `${basename(label, extension).replace(/\.rejected(?:-\d+)?$/, '')}.rejected`;
    if (this.#wanted !== null && !isFolder(this.#wanted)) return this.#wanted;
    const folder = this.#wanted ?? this.#folder.path;
    const taken = new Set([...this.#writers.values()].map(({ path }) => path));
    let path = join(folder, `${name}${extension}`);
    for (let n = 2; taken.has(path); n++) path = join(folder, `${name}-${n}${extension}`);
    return path;
  }
}

/** Before the first row is written: found at the first reject, it would end the run in the middle. */
function refuseUnusable(path: string, inputs: readonly Input[]): void {
  if (!isFolder(dirname(path)))
    throw new SicError('usage', `The folder of the reject file ${path} does not exist.`, {
      hint: `Make ${dirname(path)}, or give --rejects another name.`,
    });
  if (inputs.some(input => input.label !== '-' && isSameFile(path, input.path)))
    throw new SicError('usage', `The reject file ${path} would overwrite the input file.`, {
      hint: 'Give --rejects another name.',
    });
}

function isSameFile(path: string, other: string): boolean {
  const [one, two] = [path, other].map(each => statSync(each, { throwIfNoEntry: false }));
  return one !== undefined && two !== undefined && one.dev === two.dev && one.ino === two.ino;
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}
