import { createHash } from 'node:crypto';
import { ignoringCase } from '../../superoffice/match.ts';
import type { Change } from '../result.ts';

/**
 * A plan is one JSON document, written and read line by line, so that its size costs no memory:
 *
 *     { …head, "rows": [
 *     { one row }, …
 *     ], "end": { "rows": 2, "sha256": "of all lines before this one" } }
 *
 * Without its end it was cut off, and with another sum it was changed by hand or damaged.
 */
export const planVersion = 1;

export interface PlanHead {
  readonly kind: 'sic.plan';
  readonly formatVersion: typeof planVersion;
  /** Keeps hashes of the same value in two plans apart. */
  readonly id: string;
  /** Version of the program. */
  readonly sic: string;
  /** ISO 8601. */
  readonly madeAt: string;
  /** The validation that showed it. */
  readonly run: string;
  readonly profile: string;
  readonly tenant: string;
  /** Tells one database of a tenant from another; '' when SuperOffice does not say. */
  readonly database: string;
  readonly asked: PlanFlags;
  /** What decides how rows are read and written, by its name in the config: a hash of each. */
  readonly config: Readonly<Record<string, string>>;
  readonly files: readonly PlanInput[];
  readonly counts: { readonly created: number; readonly updated: number };
}

/** Flags that decide what is done. */
export interface PlanFlags {
  readonly datatype: string | null;
  readonly full: boolean;
  readonly limit: number | null;
  readonly onConflict: 'file' | 'crm' | 'report' | null;
  /** Absolute. */
  readonly files: string | null;
}

export interface PlanInput {
  /** As typed, patterns resolved. */
  readonly named: string;
  /** Absolute. */
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
}

/** A row that has something to do. */
export interface PlanRow {
  readonly file: string;
  readonly place: string;
  readonly datatype: string;
  readonly key: string;
  readonly todo: 'create' | 'update';
  /** The record that is updated. */
  readonly id: number | null;
  readonly changes: readonly PlannedChange[];
  /** Files that go along, each with a checksum: `scan.pdf 0f3c…`; or hashes of that. */
  readonly contents: readonly string[];
  /** Fields of the row that a user changed and keeps (`--on-conflict crm`). */
  readonly kept: readonly string[];
}

/** With values, or with a hash of them where the history keeps none. */
export type PlannedChange = Change | { readonly field: string; readonly hash: string };

export interface PlanEnd {
  readonly rows: number;
  readonly sha256: string;
}

const headEnd = ',"rows":[';

export function headLine(head: PlanHead): string {
  return `${JSON.stringify(head).slice(0, -1)}${headEnd}\n`;
}

/** @param isFirst what stands before it is the head, not another row */
export function rowLine(row: PlanRow, isFirst: boolean): string {
  return `${isFirst ? '' : ',\n'}${JSON.stringify(row)}`;
}

/** What closes the rows, for the sum of what is before the end. */
export function rowsEnd(rows: number): string {
  return rows === 0 ? '' : '\n';
}

export function endLine(end: PlanEnd): string {
  return `],"end":${JSON.stringify(end)}}\n`;
}

/** The line without what joins it to the others. */
export function headText(line: string): string | null {
  return line.endsWith(headEnd) ? `${line.slice(0, -headEnd.length)}}` : null;
}

export function endText(line: string): string | null {
  return line.startsWith('],"end":') && line.endsWith('}}') ? line.slice('],"end":'.length, -1) : null;
}

export function rowText(line: string): string {
  return line.endsWith(',') ? line.slice(0, -1) : line;
}

/**
 * What stands for a change whose values are not kept.
 * @param lists fields that hold list values
 */
export function hashOfChange(change: Change, lists: readonly string[], { id }: Pick<PlanHead, 'id'>): string {
  const { field, from, to } = comparable(change, lists);
  return hashOf([id, field, from, to]);
}

/** The same for a file that goes along: its name is a value of the row. */
export function hashOfContent(content: string, { id }: Pick<PlanHead, 'id'>): string {
  return hashOf([id, content]);
}

function hashOf(told: readonly (string | null)[]): string {
  return createHash('sha256').update(JSON.stringify(told)).digest('hex').slice(0, 32);
}

/**
 * Two changes are the same when their comparable forms are equal. List values have no order. One that several rows bring
 * gets its spelling from the first that is written, and is the same for the others: which value a file means cannot change
 * while the file does not.
 */
export function comparable({ field, from, to }: Change, lists: readonly string[]): Change {
  if (!lists.includes(field)) return { field, from, to };
  return { field, from: inOrder(from), to: to === null ? null : inOrder(ignoringCase(to)) };
}

function inOrder(text: string | null): string | null {
  if (text === null) return null;
  const values = text.split(/[|,]/).map(value => value.trim());
  return values.sort().join('|');
}

export function isHead(value: unknown): value is PlanHead {
  if (!isObject(value) || !isObject(value.asked) || !isObject(value.config)) return false;
  const { asked, config, files, profile, tenant, database, id, sic } = value;
  return (
    [profile, tenant, database, id, sic, ...Object.values(config)].every(isText) &&
    (asked.datatype === null || isText(asked.datatype)) &&
    typeof asked.full === 'boolean' &&
    (asked.limit === null || typeof asked.limit === 'number') &&
    [null, 'file', 'crm', 'report'].some(policy => policy === asked.onConflict) &&
    (asked.files === null || isText(asked.files)) &&
    Array.isArray(files) &&
    files.every(file => isObject(file) && isText(file.named) && isText(file.path) && isText(file.sha256))
  );
}

export function isRow(value: unknown): value is PlanRow {
  return (
    isObject(value) &&
    isText(value.place) &&
    isText(value.datatype) &&
    isText(value.key) &&
    (value.todo === 'create' || value.todo === 'update') &&
    Array.isArray(value.changes) &&
    value.changes.every(change => isObject(change) && isText(change.field)) &&
    Array.isArray(value.contents) &&
    Array.isArray(value.kept)
  );
}

export function isEnd(value: unknown): value is PlanEnd {
  return isObject(value) && typeof value.rows === 'number' && isText(value.sha256);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
