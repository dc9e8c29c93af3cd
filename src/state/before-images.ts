import { stat } from 'node:fs/promises';
import type { SicError } from '../problems/sic-error.ts';
import { type Journal, openJournal } from './journal.ts';
import { readNdjson } from './ndjson.ts';
import { readNdjsonBackwards } from './ndjson-backwards.ts';
import type { RunFolder } from './run-folder.ts';
import { notUnderstood, stateError, systemCode } from './state-error.ts';

/** A value as it can be written again: what `PlainValue` is to records, and of phones and the like the whole array. */
export type KeptValue = string | number | boolean | null | readonly number[] | readonly KeptElement[];

export interface KeptElement {
  readonly value: string;
  readonly description: string;
}

/** One field of one write. */
export interface KeptField {
  /** The column; of an array one of its columns. */
  readonly field: string;
  /** Prog ID and type of a more-page field, since another type would be another field; '' for the others. */
  readonly place: string;
  /** Fields of a group follow from each other, so none of them goes back alone. */
  readonly group?: string;
  /** null too for a new record. */
  readonly before: KeptValue;
  readonly after: KeptValue;
}

/** One write of a run, as it is kept for taking it back. */
export interface BeforeImage {
  /** The number that the write has in the journal of the run. */
  readonly n: number;
  readonly datatype: string;
  readonly key: string;
  readonly does: 'create' | 'update' | 'delete';
  /** Of a record that was there; the journal has the ids of new ones. */
  readonly id: number | null;
  readonly fields: readonly KeptField[];
  /** What nobody can take back. */
  readonly also: readonly Irrevocable[];
}

export interface Irrevocable {
  readonly does: 'replace-file' | 'attach' | 'mail';
  /** A file name; of a mail its receivers. */
  readonly name: string;
}

/** What is said once per run. */
export interface ImagesHead {
  readonly kind: 'sic.import' | 'sic.undo';
  /** Tenant and database, so that no other one is ever written to. */
  readonly tenant: string;
  /** The run that an undo took back; null for an import. */
  readonly undoes: string | null;
}

const formatVersion = 1;

function pathIn(folder: RunFolder): string {
  return folder.file('before.ndjson');
}

/**
 * Keeps what a run overwrites, in `before.ndjson` of its folder: customers' data at rest, readable by their owner alone.
 * The file is made by the first write, so that a run that writes nothing leaves none.
 */
export class BeforeImages {
  readonly #path: string;
  readonly #head: ImagesHead;
  #file: Promise<Journal> | null = null;

  constructor(folder: RunFolder, head: ImagesHead) {
    this.#path = pathIn(folder);
    this.#head = head;
  }

  note(image: BeforeImage): void {
    this.#append(image);
  }

  /** A list value stays in its list, whatever becomes of the records that have it. */
  noteListValue(list: string, name: string): void {
    this.#append({ listValue: { list, name } });
  }

  /** Resolves when all that was noted would survive a power cut. Throws SicError 'state'. */
  async durable(): Promise<void> {
    const file = await this.#file;
    await file?.durable();
  }

  async close(): Promise<void> {
    const file = await this.#file;
    await file?.close();
  }

  #append(entry: object): void {
    this.#file ??= this.#open();
    // Told by whoever waits for it to be durable, or by `close`.
    this.#file.then(file => file.append(entry)).catch(() => {});
  }

  async #open(): Promise<Journal> {
    const file = await openJournal(this.#path);
    file.append({ formatVersion, ...this.#head });
    return file;
  }
}

/** What is kept of a run. */
export interface KeptImages extends ImagesHead {
  /** The last write first, so that a record that was written twice goes back step by step. */
  images(): AsyncGenerator<BeforeImage, void, void>;
  listValues(): Promise<{ readonly list: string; readonly name: string }[]>;
}

/** null: nothing is kept of that run. Throws SicError 'state', also for what is damaged or of a newer sic. */
export async function readBeforeImages(folder: RunFolder): Promise<KeptImages | null> {
  const path = pathIn(folder);
  const isThere = await stat(path).then(
    () => true,
    (error: unknown) => {
      if (systemCode(error) === 'ENOENT') return false;
      throw stateError(path, 'read', error);
    },
  );
  if (!isThere) return null;
  const head = await firstOf(readNdjson(path, () => damaged(path)));
  // A run that was killed before its first entry was written whole.
  if (head === undefined) return null;
  if (!isHead(head)) throw damaged(path);
  const { kind, tenant, undoes } = head;
  return {
    kind,
    tenant,
    undoes,
    async *images() {
      for await (const entry of readNdjsonBackwards(path))
        if (isImage(entry)) yield entry;
        else if (!isHead(entry) && listValueIn(entry) === null) throw damaged(path);
    },
    async listValues() {
      const values = [];
      for await (const entry of readNdjson(path)) {
        const value = listValueIn(entry);
        if (value !== null) values.push(value);
      }
      return values;
    },
  };
}

async function firstOf(entries: AsyncGenerator<unknown, void, void>): Promise<unknown> {
  for await (const entry of entries) return entry;
  return undefined;
}

/** To take back what can be read of it, and say that all was taken back, would be worse than nothing. */
function damaged(path: string): SicError {
  return notUnderstood(path, 'that run cannot be taken back then; nothing else needs it.');
}

function listValueIn(entry: unknown): { readonly list: string; readonly name: string } | null {
  const value = isObject(entry) ? entry.listValue : null;
  if (!isObject(value)) return null;
  const { list, name } = value;
  return typeof list === 'string' && typeof name === 'string' ? { list, name } : null;
}

function isHead(value: unknown): value is ImagesHead {
  if (!isObject(value) || value.formatVersion !== formatVersion) return false;
  const { kind, tenant, undoes } = value;
  return (
    (kind === 'sic.import' || kind === 'sic.undo') &&
    typeof tenant === 'string' &&
    (undoes === null || typeof undoes === 'string')
  );
}

function isImage(value: unknown): value is BeforeImage {
  if (!isObject(value)) return false;
  const { n, datatype, key, does, id, fields, also } = value;
  return (
    typeof n === 'number' &&
    typeof datatype === 'string' &&
    typeof key === 'string' &&
    (does === 'create' || does === 'update' || does === 'delete') &&
    (id === null || typeof id === 'number') &&
    Array.isArray(fields) &&
    fields.every(isField) &&
    Array.isArray(also) &&
    also.every(isIrrevocable)
  );
}

function isField(value: unknown): value is KeptField {
  if (!isObject(value)) return false;
  const { field, place, group, before, after } = value;
  return (
    typeof field === 'string' &&
    typeof place === 'string' &&
    (group === undefined || typeof group === 'string') &&
    isKept(before) &&
    isKept(after)
  );
}

function isKept(value: unknown): value is KeptValue {
  if (Array.isArray(value))
    return value.every(item => typeof item === 'number') || value.every(isKeptElement);
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

export function isKeptElement(value: unknown): value is KeptElement {
  return isObject(value) && typeof value.value === 'string' && typeof value.description === 'string';
}

function isIrrevocable(value: unknown): value is Irrevocable {
  if (!isObject(value)) return false;
  const { does, name } = value;
  return (does === 'replace-file' || does === 'attach' || does === 'mail') && typeof name === 'string';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
