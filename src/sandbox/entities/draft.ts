import { SandboxError } from '../http/exchange.ts';
import { statusAndType } from '../quirks.ts';
import type { Database, UdefField } from '../store/database.ts';
import type { DbRow, DbValue } from '../store/table.ts';
import { badArgumentErrorType } from './open-points.ts';

/** Who writes, when, into what. */
export interface Writing {
  readonly database: Database;
  readonly associateId: number;
  readonly now: Date;
}

export interface Rejection {
  readonly field: string;
  readonly message: string;
  readonly errorType: string;
}

/** Writes rows beside the main one. True when anything changed. */
type PartWrite = (id: number, row: DbRow) => boolean;

/** A save being put together: nothing reaches the tables before all of it is known to be right. */
export class Draft {
  readonly writing: Writing;
  /** The row as it is kept; null for a new record. */
  readonly before: Readonly<DbRow> | null;
  /** Main table columns to be written. */
  readonly columns: DbRow = {};
  /** Properties that the request brings, as the specs spell them: not those that it empties by leaving them out. */
  readonly sent = new Set<string>();
  /** By property: a later write of the same property replaces an earlier one. */
  readonly parts = new Map<string, PartWrite>();
  /** Raw dictionaries; they are told apart together, since one may contradict the other (custom-fields.ts). */
  customFields: unknown;
  userDefinedFields: unknown;
  extraFields: unknown;
  /** What the dictionaries came to. */
  readonly customValues = new Map<UdefField, DbValue>();
  readonly rejections: Rejection[] = [];

  constructor(writing: Writing, before: Readonly<DbRow> | null) {
    this.writing = writing;
    this.before = before;
  }

  /** The column as it will be. */
  value(column: string): DbValue {
    return (Object.hasOwn(this.columns, column) ? this.columns[column] : this.before?.[column]) ?? null;
  }

  /** The column as a number; 0 for anything else. */
  number(column: string): number {
    const value = this.value(column);
    return typeof value === 'number' ? value : 0;
  }

  /** True when the column is new or will differ. */
  changes(column: string): boolean {
    return (
      Object.hasOwn(this.columns, column) &&
      (this.columns[column] ?? null) !== (this.before?.[column] ?? null)
    );
  }

  reject(field: string, message: string, errorType: string = badArgumentErrorType): void {
    this.rejections.push({ field, message, errorType });
  }

  /** Throws the first thing that was wrong, as 400 (quirks.ts). */
  assertAcceptable(): void {
    const [first] = this.rejections;
    if (!first) return;
    const [status, errorType] = statusAndType(this.writing.database.quirks['refusal-of-invalid']);
    const isInvalid = first.errorType === errorType;
    throw new SandboxError(isInvalid ? status : 400, first.errorType, `${first.field}: ${first.message}`);
  }
}
