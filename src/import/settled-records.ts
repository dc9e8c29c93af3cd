import { type Status, statuses } from './result.ts';

const pageBits = 12;
const perPage = 1 << pageBits;
const inPage = perPage - 1;

const statusBits = 4;
/** Files are told apart by what a status leaves of 16 bits. */
const mostFiles = 1 << (16 - statusBits);

interface Page {
  /** Of rows, counted from 1; 0: none. */
  readonly ordinals: Uint32Array;
  readonly records: Uint32Array;
  readonly filesAndStatuses: Uint16Array;
}

/** Where a row stood, and what became of it. */
export interface SettledRow {
  readonly file: number;
  readonly ordinal: number;
  readonly status: Status;
  /** Id of its record in SuperOffice; 0: not known. */
  readonly record: number;
}

/**
 * Rows that were looked at and then stand in the store as SuperOffice accepted them, by the indexes of their records there:
 * ten bytes each, since the store knows their keys and bytes.
 */
export class SettledRecords {
  readonly #pages: (Page | undefined)[] = [];

  copy(): SettledRecords {
    const other = new SettledRecords();
    for (const [number, page] of this.#pages.entries())
      other.#pages[number] = page && {
        ordinals: page.ordinals.slice(),
        records: page.records.slice(),
        filesAndStatuses: page.filesAndStatuses.slice(),
      };
    return other;
  }

  get isEmpty(): boolean {
    return this.#pages.length === 0;
  }

  get(index: number): SettledRow | null {
    const page = this.#pages[index >>> pageBits];
    const ordinal = page?.ordinals[index & inPage] ?? 0;
    if (page === undefined || ordinal === 0) return null;
    const fileAndStatus = page.filesAndStatuses[index & inPage] ?? 0;
    const status = statuses[fileAndStatus & ((1 << statusBits) - 1)];
    if (status === undefined) throw new Error('a row without a status was settled');
    return { file: fileAndStatus >>> statusBits, ordinal, status, record: page.records[index & inPage] ?? 0 };
  }

  /** False when it cannot be kept here: so many files are few. */
  put(index: number, { file, ordinal, status, record }: SettledRow): boolean {
    if (file >= mostFiles) return false;
    const number = index >>> pageBits;
    this.#pages[number] ??= {
      ordinals: new Uint32Array(perPage),
      records: new Uint32Array(perPage),
      filesAndStatuses: new Uint16Array(perPage),
    };
    const page = this.#pages[number];
    page.ordinals[index & inPage] = ordinal;
    page.records[index & inPage] = record;
    page.filesAndStatuses[index & inPage] = (file << statusBits) | statuses.indexOf(status);
    return true;
  }

  remove(index: number): void {
    const page = this.#pages[index >>> pageBits];
    if (page) page.ordinals[index & inPage] = 0;
  }
}
