import { createHash } from 'node:crypto';
import { readSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { SicError } from '../../problems/sic-error.ts';
import { type Fingerprints, loadFingerprints } from '../../state/fingerprint.ts';
import { linesOf, parsed } from '../../state/ndjson.ts';
import { systemCode } from '../../state/state-error.ts';
import { difference, type Fresh } from './compare.ts';
import {
  endText,
  headText,
  isEnd,
  isHead,
  isRow,
  type PlanHead,
  type PlanRow,
  planVersion,
  rowText,
} from './format.ts';
import { RowIndex } from './row-index.ts';

export interface FreshRow extends Fresh {
  readonly datatype: string;
  readonly key: string;
}

/** A plan that was found whole. Its rows stay on disk. */
export interface ShownPlan {
  /** As typed. */
  readonly shown: string;
  readonly head: PlanHead;
  /** What would now be done otherwise, as a sentence; null: nothing. */
  difference(fresh: FreshRow): string | null;
  close(): Promise<void>;
}

/**
 * Opens a plan and reads it to its end, so that a damaged one is refused before anything is done. Throws SicError 'plan',
 * or 'usage' when there is no such file.
 */
export async function openShownPlan(path: string, shown: string): Promise<ShownPlan> {
  // The open file stays the same one, whatever takes its name meanwhile.
  const file = await open(path, 'r').catch((cause: unknown) => {
    throw unreadable(shown, cause);
  });
  try {
    const fingerprints = await loadFingerprints();
    const { head, index } = await readThrough(file, shown, fingerprints);
    const rowOf = (datatype: string, key: string): PlanRow | null => {
      const found = index.get(hashOf(datatype, key, fingerprints));
      const row = found && parsed(textAt(file, found.offset, found.length));
      return isRow(row) && row.datatype === datatype && row.key === key ? row : null;
    };
    return {
      shown,
      head,
      difference: fresh => difference(rowOf(fresh.datatype, fresh.key), fresh, head),
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error instanceof SicError || systemCode(error) === '' ? error : unreadable(shown, error);
  }
}

async function readThrough(
  file: FileHandle,
  shown: string,
  fingerprints: Fingerprints,
): Promise<{ head: PlanHead; index: RowIndex }> {
  await refuseStrangers(file, shown);
  const sum = createHash('sha256');
  const index = new RowIndex();
  let head: PlanHead | null = null;
  let isComplete = false;
  let offset = 0;
  for await (const { text, isWhole } of linesOf(file, Number.POSITIVE_INFINITY)) {
    const end = endText(text);
    if (isComplete) throw damaged(shown);
    if (end !== null && head !== null) {
      const told = parsed(end);
      isComplete = isWhole && isEnd(told) && told.rows === index.size && told.sha256 === sum.digest('hex');
      if (!isComplete) throw damaged(shown);
      continue;
    }
    const line = Buffer.from(`${text}\n`, 'utf8');
    sum.update(line);
    if (head === null) {
      const first = parsed(headText(text) ?? '');
      if (!isHead(first)) throw damaged(shown);
      head = first;
    } else {
      const row = parsed(rowText(text));
      if (!isRow(row)) throw damaged(shown);
      index.add(hashOf(row.datatype, row.key, fingerprints), offset, Buffer.byteLength(rowText(text)));
    }
    offset += line.length;
  }
  if (head === null || !isComplete) throw damaged(shown);
  return { head, index };
}

/** A file that is no plan, or one of a later version, need not have our lines. */
async function refuseStrangers(file: FileHandle, shown: string): Promise<void> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(1024), 0, 1024, 0);
  const start = buffer.toString('utf8', 0, bytesRead);
  if (!/^\s*\{\s*"kind"\s*:\s*"sic\.plan"/.test(start))
    throw new SicError('plan', `${shown} is no plan.`, {
      hint: 'sic validate FILE… --out plan.json makes one.',
    });
  const version = Number(/"formatVersion"\s*:\s*(\d+)/.exec(start)?.[1] ?? 0);
  if (version <= planVersion) return;
  const by = /"sic"\s*:\s*"([^"]*)"/.exec(start)?.[1];
  throw new SicError('plan', `${shown} was made by a newer sic${by === undefined ? '' : ` (${by})`}.`, {
    hint: 'Install that version here, or make the plan with this one: sic validate FILE… --out plan.json',
  });
}

function textAt(file: FileHandle, offset: number, length: number): string {
  const buffer = Buffer.allocUnsafe(length);
  return buffer.toString('utf8', 0, readSync(file.fd, buffer, 0, length, offset));
}

function hashOf(datatype: string, key: string, fingerprints: Fingerprints) {
  return fingerprints.text(`${datatype}\n${key}`);
}

function damaged(shown: string): SicError {
  return new SicError('plan', `${shown} is not as it was written: it was cut off, changed or reformatted.`, {
    hint: 'Make a new plan: sic validate FILE… --out plan.json',
  });
}

function unreadable(shown: string, cause: unknown): SicError {
  const code = systemCode(cause);
  if (code === 'ENOENT')
    return new SicError('usage', `There is no plan ${shown}.`, {
      hint: 'sic validate FILE… --out plan.json makes one.',
      cause,
    });
  if (code === 'EISDIR')
    return new SicError('usage', `${shown} is a folder, not a plan.`, {
      hint: 'Name the file that sic validate FILE… --out plan.json has written.',
      cause,
    });
  return new SicError('plan', `${shown} cannot be read${code ? ` (${code})` : ''}.`, {
    hint: 'Check the disk it is on, and whether you may read it.',
    cause,
  });
}
