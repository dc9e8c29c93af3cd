import type { ChangeSet, Database, UdefLayout, UdefOwner } from './database.ts';
import { udefOwners } from './database.ts';
import type { DbRow } from './table.ts';

const format = 'sic-sandbox';
const version = 1;
/** In place of a table name: the line holds a layout of user-defined fields. */
const layoutMark = '#layout';

interface Header {
  readonly format: typeof format;
  readonly version: number;
  readonly serial: number;
  /** Next id per table, so that the id of a deleted row is never given again. */
  readonly nextIds: Readonly<Record<string, number>>;
}

/** Lines for what one request changed. The empty line ends the unit: lines behind the last one are a torn write. */
export function linesOfChanges(database: Database, changes: ChangeSet): string {
  let text = '';
  for (const owner of changes.layouts) text += layoutLine(owner, database.layout(owner));
  for (const [table, ids] of changes.rows)
    for (const id of ids) text += rowLine(table.name, id, table.get(id) ?? null);
  return text === '' ? '' : `${text}\n`;
}

/** The whole content as a new file has it, line by line. */
export function* linesOfDatabase(database: Database): Generator<string> {
  const nextIds: Record<string, number> = {};
  for (const table of database.tables.values()) if (table.nextId > 1) nextIds[table.name] = table.nextId;
  const header: Header = { format, version, serial: database.serial, nextIds };
  yield `${JSON.stringify(header)}\n`;
  for (const [owner, layout] of database.layouts) yield layoutLine(owner, layout);
  for (const table of database.tables.values())
    for (const [id, row] of table.rows) yield rowLine(table.name, id, row);
  yield '\n';
}

function rowLine(table: string, id: number, row: DbRow | null): string {
  return `${JSON.stringify([table, id, row])}\n`;
}

function layoutLine(owner: UdefOwner, layout: UdefLayout): string {
  return `${JSON.stringify([layoutMark, owner, layout])}\n`;
}

/** Applies the first line. Throws a plain Error that completes "FILE …". */
export function readHeader(database: Database, line: string): void {
  const header = parse(line);
  if (!isRecord(header) || header.format !== format) throw new Error('is not a data file of the sandbox');
  if (typeof header.version !== 'number' || header.version > version)
    throw new Error(
      `has format version ${String(header.version)}; this sic reads version ${version}. Use a newer sic`,
    );
  const { nextIds, serial } = header;
  if (typeof serial === 'number') database.serial = serial;
  if (!isRecord(nextIds)) throw new Error('is damaged in line 1');
  for (const [name, nextId] of Object.entries(nextIds))
    if (typeof nextId === 'number') database.table(name).nextId = nextId;
}

/** Applies any other line. Throws what the line does not make sense for. */
export function applyLine(database: Database, line: string): void {
  const entry = parse(line);
  if (!Array.isArray(entry) || entry.length !== 3) throw new Error('not a change');
  const [name, id, content]: unknown[] = entry;
  if (name === layoutMark) applyLayout(database, id, content);
  else if (typeof name === 'string' && typeof id === 'number') applyRow(database, name, id, content);
  else throw new Error('not a change');
}

function applyRow(database: Database, name: string, id: number, content: unknown): void {
  const table = database.table(name);
  table.delete(id);
  table.nextId = Math.max(table.nextId, id + 1);
  if (content === null) return;
  if (!isRow(content) || content[table.primaryKey] !== id) throw new Error('not a row');
  table.insert(content);
}

function applyLayout(database: Database, name: unknown, content: unknown): void {
  const owner = udefOwners.find(candidate => candidate === name);
  if (!owner || !isLayout(content)) throw new Error('not a layout');
  database.setLayout(owner, content);
}

function isRow(value: unknown): value is DbRow {
  return (
    isRecord(value) &&
    Object.values(value).every(cell => cell === null || typeof cell === 'string' || typeof cell === 'number')
  );
}

function isLayout(value: unknown): value is UdefLayout {
  return isRecord(value) && [value.draft, value.published].every(isFieldList);
}

function isFieldList(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every(
      field => isRecord(field) && typeof field.progId === 'string' && typeof field.column === 'string',
    )
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
