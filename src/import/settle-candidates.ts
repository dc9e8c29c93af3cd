import type { ParsedRecord } from '../formats/record.ts';
import { createMapper } from '../mapping/map-row.ts';
import type { Row } from '../mapping/row.ts';
import type { Problem } from '../problems/problem.ts';
import type { Arrangement } from './arrangement.ts';
import { sameHash } from './delta.ts';
import type { FileRunPorts, Item } from './file-run.ts';
import { breathe } from './pace.ts';
import type { Candidate } from './read-file.ts';
import { repeatedKey, superseded } from './repeated-key.ts';
import type { Status } from './result.ts';
import type { Settled } from './results.ts';

/** So many records take about two milliseconds: a whole chunk in one go would leave every connection idle. */
const parsedAtOnce = 50;

/** Parses and maps records, and settles those that need no answer of SuperOffice. */
export function createSettler(
  ports: FileRunPorts,
  arrangement: Arrangement | null,
): (candidates: readonly Candidate[]) => Promise<Item[]> {
  const mapped = createMapper(ports.input.plan);
  const toRow = async (record: ParsedRecord): Promise<Row | Problem> => {
    if (!record.ok) return record.problem;
    const row = mapped(record.cells);
    const faults = ports.check(row);
    const checked = faults.length === 0 ? row : { ...row, problems: [...row.problems, ...faults] };
    return ports.withFiles ? ports.withFiles(checked) : checked;
  };
  let isCurrent = false;
  return async candidates => {
    const items: Item[] = [];
    for (let start = 0; start < candidates.length; start += parsedAtOnce) {
      if (start > 0) await breathe();
      const some = candidates.slice(start, start + parsedAtOnce);
      const parsed = ports.input.records.parse(some.map(candidate => candidate.raw));
      if (parsed.length !== some.length)
        throw new Error('the parser answered fewer records than it was given');
      const rows = await Promise.all(parsed.map(toRow));
      if (!isCurrent && !areAccepted(ports, some, rows)) {
        await ports.current();
        isCurrent = true;
      }
      for (const [index, candidate] of some.entries()) {
        const row = rows[index];
        if (row) items.push(toItem(ports, arrangement, candidate, row));
      }
    }
    return items;
  };
}

/** All of them say what SuperOffice accepted, whatever they look like, and none has the key of another row. */
function areAccepted(
  { delta, seen }: FileRunPorts,
  candidates: readonly Candidate[],
  rows: readonly (Row | Problem)[],
): boolean {
  const keys = new Set<string>();
  return rows.every((row, nth) => {
    if (!('values' in row) || row.key === '' || row.problems.length > 0 || keys.has(row.key)) return false;
    keys.add(row.key);
    const key = delta.key(row.key);
    const index = delta.indexOf(key, candidates[nth]?.near ?? 0);
    return delta.isAccepted(index, delta.content(row)) && seen.getAt(key, index) === null;
  });
}

function toItem(
  ports: FileRunPorts,
  arrangement: Arrangement | null,
  candidate: Candidate,
  row: Row | Problem,
): Item {
  const settled = (
    status: Status,
    key: string,
    said: Partial<Pick<Settled, 'problems' | 'warnings'>> = {},
  ): Item => ({
    candidate,
    key: null,
    content: null,
    near: 0,
    row: null,
    settled: {
      ordinal: candidate.ordinal,
      raw: candidate.raw,
      key,
      status,
      problems: [],
      warnings: [],
      changes: [],
      ...said,
    },
  });
  if (!('values' in row)) return settled('rejected', '', { problems: [row] });
  if (row.key === '') return settled('rejected', '', { problems: row.problems });
  const key = ports.delta.key(row.key);
  const index = ports.delta.indexOf(key, candidate.near);
  const earlier = ports.seen.getAt(key, index);
  if (earlier && (earlier.ordinal !== candidate.ordinal || earlier.file !== ports.fileIndex)) {
    if (sameHash(earlier.raw, candidate.hash)) return settled('unchanged', row.key);
    const place = ports.placeOf(earlier.file, earlier.ordinal);
    const repeated = repeatedKey(ports.input.datatype, row.key, place);
    if (ports.input.mapping?.duplicates !== 'last')
      return settled('rejected', row.key, { problems: [repeated] });
    return settled('unchanged', row.key, { warnings: [superseded(repeated)] });
  }
  if (!earlier) ports.seen.add(key, ports.fileIndex, candidate.ordinal, candidate.hash, index);
  const content = ports.delta.content(row);
  if (candidate.unchanged || (row.problems.length === 0 && ports.delta.isAccepted(index, content))) {
    if (ports.remember) {
      if (!candidate.unchanged) ports.delta.accept(key, candidate.hash, content, index);
      if (index >= 0) note(arrangement, candidate, index);
    }
    ports.seen.settle(key, 'unchanged', 0, index);
    return settled('unchanged', row.key);
  }
  const near = Math.max(0, index);
  if (ports.remember) ports.delta.doubt(key, near);
  const acceptance = (): string => ports.delta.acceptance(key, candidate.hash, content);
  return {
    candidate,
    key,
    content,
    near,
    row: ports.remember ? { ...row, acceptance } : row,
    settled: null,
  };
}

/** Keeps where the record of a candidate is in the store. */
export function note(arrangement: Arrangement | null, { slot }: Candidate, index: number): void {
  if (slot >= 0) arrangement?.put(slot, index);
}
