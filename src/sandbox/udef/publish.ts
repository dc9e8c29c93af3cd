import { SandboxError } from '../http/exchange.ts';
import type { Database, UdefField, UdefOwner } from '../store/database.ts';
import { allocateColumn, indexColumn } from './allocate.ts';
import { setUdefValue, udefValue } from './columns.ts';
import { nextFieldId } from './new-field.ts';
import { udefStorage } from './storage.ts';
import { decodeCustom, plainText } from './values.ts';

/** True when the draft differs from what is live. With `movesDataOnly`: when a live field gets another column. */
export function isDraftChanged(database: Database, owner: UdefOwner, movesDataOnly: boolean): boolean {
  const { draft, published } = database.layout(owner);
  if (movesDataOnly) return draft.some(field => field.hasBeenPublished && field.column === '');
  return JSON.stringify(draft) !== JSON.stringify(published);
}

/** Throws away what was not published. */
export function revertDraft(database: Database, owner: UdefOwner): void {
  const { published } = database.layout(owner);
  database.setLayout(owner, { draft: published, published });
}

/**
 * Makes the draft live: every field gets a new UDefFieldId, new ones a column, indexed ones an index; values of removed
 * fields go, values of fields with another type are converted where they can be. Answers the new version: the documents
 * do not say what the number of the real server means.
 */
export function publishDraft(database: Database, owner: UdefOwner): number {
  const { draft, published } = database.layout(owner);
  const version = Math.max(0, ...published.map(field => field.version)) + 1;
  let fieldId = nextFieldId(database);
  const live: UdefField[] = [];
  for (const field of draft) {
    const taken = [...live, ...draft];
    live.push({
      ...field,
      udefFieldId: fieldId++,
      lastVersionId: published.find(old => old.udefIdentity === field.udefIdentity)?.udefFieldId ?? 0,
      column: field.column === '' ? allocateColumn(field.type, field.isIndexed, taken) : field.column,
      version,
      hasBeenPublished: true,
    });
  }
  moveValues(database, owner, published, live);
  database.setLayout(owner, { draft: live, published: live });
  for (const field of live) if (field.isIndexed) indexColumn(database, owner, field);
  return version;
}

interface Move {
  readonly from: UdefField;
  /** undefined: the field is gone. */
  readonly to: UdefField | undefined;
}

/** Owners without tables have no values. */
function moveValues(
  database: Database,
  owner: UdefOwner,
  published: readonly UdefField[],
  live: readonly UdefField[],
): void {
  const moves: readonly Move[] = published
    .map(from => ({ from, to: live.find(field => field.udefIdentity === from.udefIdentity) }))
    .filter(({ from, to }) => from.type !== to?.type || from.column !== to.column);
  const main = database.tables.get(udefStorage[owner].main);
  if (moves.length === 0 || !main) return;
  for (const row of main.rows.values()) {
    // Two steps, because a column that one field leaves may be the one that another gets.
    const values = moves.map(({ from }) => udefValue(database, owner, row, from));
    for (const { from } of moves) setUdefValue(database, owner, row, from, null);
    for (const [index, { from, to }] of moves.entries()) {
      const value = values[index] ?? null;
      if (to && value !== null) setUdefValue(database, owner, row, to, converted(from, to, value));
    }
  }
}

function converted(from: UdefField, to: UdefField, value: string | number): string | number | null {
  try {
    return decodeCustom(to, plainText(from, value));
  } catch (error) {
    if (error instanceof SandboxError) return null;
    throw error;
  }
}
