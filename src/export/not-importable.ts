import type { Field } from '../datatypes/field.ts';
import { toNames } from '../mapping/convert/list.ts';
import type { Existing } from '../records/current.ts';
import type { Names } from '../records/names.ts';
import type { OutputColumn } from './columns.ts';
import type { Source } from './source/source.ts';

/** Counts rows that an import of the file could not take back, so that whoever exports learns of it, and not who imports. */
export class NotImportable {
  readonly #source: Source;
  readonly #columns: readonly OutputColumn[];
  readonly #blank = new Map<Field, number>();
  readonly #torn = new Map<Field, number>();
  #padded = 0;

  /** @param columns those of an export that names none: others are made for people and programs of all kinds */
  constructor(source: Source, columns: readonly OutputColumn[]) {
    this.#source = source;
    this.#columns = columns.filter(
      ({ expression: { field } }) => field?.kind === 'key' || field?.kind === 'lists' || isNeeded(field),
    );
  }

  look(record: Existing, names: Names): void {
    for (const { expression } of this.#columns) {
      const { field } = expression;
      if (field === null) continue;
      const { text, value } = expression.valueOf(record, names);
      if (field.kind === 'lists') {
        const ids = Array.isArray(value) ? value.length : 0;
        if (ids > 0 && toNames(text ?? '', field.separator).length > ids) count(this.#torn, field);
      } else if (text === null) count(this.#blank, field);
      else if (field.kind === 'key' && typeof value === 'string' && value !== value.trim()) this.#padded++;
    }
  }

  /** A sentence for each fault. */
  notes(): string[] {
    const what = this.#source.row.toLowerCase();
    const notes = [...this.#blank].map(([{ name, kind, parent }, rows]) =>
      kind === 'key'
        ? `${counted(rows, what)} without a user key: an import rejects such rows. To leave them out: --where '${name}<>""'`
        : `${counted(rows, what)} of a ${(parent ?? 'parent').toLowerCase()} without a user key: an import rejects such rows. Without the column ${name} it can still change the records.`,
    );
    for (const [{ name, separator = '|' }, rows] of this.#torn)
      notes.push(
        `${counted(rows, what)} with a value of ${name} that holds "${separator}": another SuperOffice would take it for several. Rename it in the list.`,
      );
    if (this.#padded > 0)
      notes.push(
        `${counted(this.#padded, what)} with blanks around the user key in SuperOffice: an import does not find such records by their key, and makes them anew. Take the blanks away there.`,
      );
    return notes;
  }
}

function count(rows: Map<Field, number>, field: Field): void {
  rows.set(field, (rows.get(field) ?? 0) + 1);
}

function isNeeded(field: Field | null): boolean {
  return field?.kind === 'relation' && field.needed !== undefined;
}

function counted(rows: number, what: string): string {
  return `${rows.toLocaleString('en')} row${rows === 1 ? '' : 's'} (${what})`;
}
