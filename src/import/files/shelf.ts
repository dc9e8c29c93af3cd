import { Readable } from 'node:stream';
import type { Field } from '../../datatypes/field.ts';
import type { RowFile } from '../../formats/row-file.ts';
import type { Row } from '../../mapping/row.ts';
import type { Problem } from '../../problems/problem.ts';
import { SicError } from '../../problems/sic-error.ts';
import { checksumOf } from '../../state/fingerprint.ts';
import { asLookedAt } from './as-looked-at.ts';
import type { FilePlace, PlacedFile } from './place.ts';

/** SuperOffice Online takes so many bytes of attachments per message (writing.md, section 5.4). */
const attachmentsLimit = 25_000_000;

/** Finds the files that rows name. */
export class Shelf {
  readonly #places: readonly FilePlace[];
  readonly #documentLimit: number;

  /** @param documentLimit bytes of the largest file of a document */
  constructor(places: readonly FilePlace[], documentLimit: number) {
    this.#places = places;
    this.#documentLimit = documentLimit;
  }

  /** The row with its files. One that cannot be taken is a problem of the row; one that is nowhere is for the plan to judge. */
  async attach(row: Row): Promise<Row> {
    const found = new Map<string, RowFile[]>();
    const missing = new Map<string, string[]>();
    const problems: Problem[] = [];
    const standsInRow = [...row.values].some(([{ kind }, value]) => kind === 'content' && value !== null);
    for (const [field, value] of row.values) {
      // There the name is nothing to look for.
      if (field.kind === 'file' && standsInRow) continue;
      if (field.kind !== 'file' && field.kind !== 'files' && field.kind !== 'content') continue;
      const files: RowFile[] = [];
      const lost: string[] = [];
      for (const each of Array.isArray(value) ? value.map(String) : [String(value ?? '')]) {
        const file =
          field.kind === 'content' ? await inline(each, row) : await this.#find(each, field, problems);
        if (file) files.push(file);
        else if (file === null) lost.push(each);
      }
      problems.push(...this.#faults(field, files));
      if (files.length > 0) found.set(field.name, files);
      if (lost.length > 0) missing.set(field.name, lost);
    }
    const lookedIn = this.#places.map(({ words }) => words).join(', ');
    return { ...row, problems: [...row.problems, ...problems], files: { found, missing, lookedIn } };
  }

  /** null: it is nowhere. undefined: it is there, and a problem says why it cannot be taken. */
  async #find(path: string, field: Field, problems: Problem[]): Promise<RowFile | null | undefined> {
    try {
      for (const place of this.#places) {
        const file = await place.find(path);
        if (file) return await lookedAt(path.slice(path.lastIndexOf('/') + 1), file);
      }
      return null;
    } catch (error) {
      const reason = error instanceof SicError ? error : unreadable(path, error);
      problems.push({
        field: field.name,
        value: path,
        code: 'file-unreadable',
        message: reason.message,
        tip: reason.hint ?? 'Look at the file.',
      });
      return undefined;
    }
  }

  #faults({ name, kind }: Field, files: readonly RowFile[]): Problem[] {
    const faults = files.flatMap(file => {
      if (file.size === 0) return [emptyFile(name, file)];
      return kind !== 'files' && file.size > this.#documentLimit
        ? [tooLarge(name, file, this.#documentLimit)]
        : [];
    });
    const total = files.reduce((sum, { size }) => sum + size, 0);
    return kind === 'files' && total > attachmentsLimit ? [...faults, tooMuch(name, files, total)] : faults;
  }
}

async function lookedAt(name: string, { size, open }: PlacedFile): Promise<RowFile> {
  const checksum = await checksumOf(open());
  return { name, size, checksum, open: () => asLookedAt({ name, size, checksum, open }) };
}

/** The file that stands in the row itself, under the name that the row gives it. */
async function inline(base64: string, row: Row): Promise<RowFile> {
  const bytes = Buffer.from(base64, 'base64');
  const path = [...row.values].find(([{ kind }]) => kind === 'file')?.[1];
  const name = typeof path === 'string' ? path.slice(path.lastIndexOf('/') + 1) : '';
  return lookedAt(name, { size: bytes.length, open: () => Readable.from([bytes]) });
}

function unreadable(path: string, cause: unknown): SicError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new SicError('file', `"${path}" cannot be read: ${reason}.`, {
    hint: 'Check the disk or network share it is on.',
    cause,
  });
}

function emptyFile(field: string, { name }: RowFile): Problem {
  return {
    field,
    value: name,
    code: 'file-empty',
    message: `The file "${name}" is empty.`,
    tip: 'Check the program that writes it: perhaps it was not done yet.',
  };
}

function tooLarge(field: string, { name, size }: RowFile, limit: number): Problem {
  return {
    field,
    value: name,
    code: 'file-too-large',
    message: `The file "${name}" has ${inMegabytes(size)}; SuperOffice takes ${inMegabytes(limit)} at most.`,
    tip: 'Make it smaller, or raise "maxMegabytes" under "documents" in the config where your SuperOffice takes more.',
  };
}

function tooMuch(field: string, files: readonly RowFile[], total: number): Problem {
  return {
    field,
    value: files.map(({ name }) => name).join('|'),
    code: 'file-too-large',
    message: `The attachments have ${inMegabytes(total)} together; SuperOffice takes ${inMegabytes(attachmentsLimit)} per message at most.`,
    tip: 'Spread them over several messages, or make them smaller.',
  };
}

function inMegabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toLocaleString('en', { maximumFractionDigits: 1 })} MB`;
}
