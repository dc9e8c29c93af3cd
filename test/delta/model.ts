import type { Input } from '../../src/import/inputs.ts';
import { writtenPlaces } from '../../src/import/places.ts';
import { repeatedKey, superseded } from '../../src/import/repeated-key.ts';
import type { Status } from '../../src/import/result.ts';
import { createCanonical } from '../../src/mapping/canonical.ts';
import { createMapper } from '../../src/mapping/map-row.ts';
import type { Row } from '../../src/mapping/row.ts';
import { overlap, type Place } from '../../src/state/column-sets.ts';
import { fateOf, isTaken, type Seen, type Told, type Wish } from './run.ts';

/** Where a key was met first in a run. */
export interface Met {
  file: number;
  ordinal: number;
  raw: string;
  status: Status | null;
}

interface Read {
  readonly ordinal: number;
  readonly raw: Buffer;
  readonly row: Row | null;
  readonly problem: string | null;
}

/**
 * What an import has to do, said as plainly as can be: every file is parsed from its first record to its last, and of each key
 * and set of columns the content is remembered that was accepted last.
 */
export class Model {
  /** By set of columns and key. */
  #accepted = new Map<string, string>();
  readonly #sets = new Map<string, readonly Place[]>();
  /** Of the last run. */
  met = new Map<string, Met>();

  get accepted(): ReadonlyMap<string, string> {
    return this.#accepted;
  }

  get sets(): ReadonlyMap<string, readonly Place[]> {
    return this.#sets;
  }

  /** @param inputs opened without blocks; their columns may be planned otherwise than those of `planned` */
  async run(plainly: readonly Input[], planned: readonly Input[], wish: Wish): Promise<Seen> {
    const before = new Map(this.#accepted);
    const limit = { left: wish.limit ?? Number.POSITIVE_INFINITY, isReached: false };
    const told: Told[] = [];
    const worked: string[] = [];
    const announced: { row: Row; remembered: string; content: string }[] = [];
    this.met = new Map();
    for (const [file, input] of plainly.entries()) {
      const { plan, datatype, mapping } = planned[file] ?? input;
      const places = writtenPlaces(datatype, plan.fields);
      const set = JSON.stringify(places);
      const believes = !wish.full && this.#sets.has(set);
      const rivals = [...this.#sets].filter(([other, its]) => other !== set && overlap(its, places));
      if (wish.kind !== 'validate') this.#sets.set(set, places);
      const isLast = mapping?.duplicates === 'last';
      const records = await this.#read(input, plan);
      const meaning = JSON.stringify([input.records.layout, plan.fingerprint, set]);
      const rawOf = (record: Read): string => `${meaning} ${record.raw.toString('latin1')}`;
      const tell = (
        record: Read,
        key: string,
        status: Status,
        said: readonly string[],
        isRejected: boolean,
      ) =>
        told.push({
          file: input.label,
          place: input.records.place(record.ordinal),
          key,
          status,
          said,
          rejected: isRejected ? record.raw.toString('latin1') : null,
        });
      if (isLast)
        for (const record of records) {
          const key = record.row?.key ?? '';
          if (key === '') continue;
          const status = this.met.get(key)?.status ?? null;
          this.met.set(key, { file, ordinal: record.ordinal, raw: rawOf(record), status });
        }
      for (const record of records) {
        limit.isReached = limit.left <= 0;
        if (limit.isReached) break;
        limit.left--;
        const { row, problem } = record;
        if (row === null || row.key === '') {
          const said = row?.problems.map(({ message }) => message) ?? [problem ?? ''];
          tell(record, '', 'rejected', said, true);
          continue;
        }
        const { key } = row;
        const earlier = this.met.get(key);
        if (earlier && (earlier.ordinal !== record.ordinal || earlier.file !== file)) {
          const first = plainly[earlier.file];
          const repeated = repeatedKey(
            datatype,
            key,
            `${first?.label}, ${first?.records.place(earlier.ordinal)}`,
          );
          if (earlier.raw === rawOf(record)) tell(record, key, 'unchanged', [], false);
          else if (isLast) tell(record, key, 'unchanged', [superseded(repeated).message], false);
          else tell(record, key, 'rejected', [repeated.message], true);
          continue;
        }
        const met = earlier ?? { file, ordinal: record.ordinal, raw: rawOf(record), status: null };
        this.met.set(key, met);
        const content = `${wish.policy} ${createCanonical([...row.values.keys()])(row)}`;
        const remembered = `${set} ${key}`;
        if (believes && row.problems.length === 0 && this.#accepted.get(remembered) === content) {
          met.status = 'unchanged';
          tell(record, key, 'unchanged', [], false);
          continue;
        }
        if (wish.kind !== 'validate') {
          this.#accepted.delete(remembered);
          for (const [rival] of rivals) this.#accepted.delete(`${rival} ${key}`);
        }
        worked.push(key);
        announced.push({ row, remembered, content });
        const fate = fateOf(row, wish.mood);
        met.status = fate.status;
        if (wish.kind !== 'validate' && isTaken(fate)) this.#accepted.set(remembered, content);
        const said = row.problems.map(({ message }) => message);
        tell(record, key, fate.status, said, said.length > 0 && fate.status !== 'notReached');
      }
    }
    if (wish.kind === 'killed') {
      // Nothing of it is remembered but what the journal says: what was announced, and what of that was taken.
      this.#accepted = before;
      for (const { row, remembered, content } of announced.slice(0, wish.writes)) {
        for (const set of this.#sets.keys()) this.#accepted.delete(`${set} ${row.key}`);
        if (isTaken(fateOf(row, wish.mood))) this.#accepted.set(remembered, content);
      }
    }
    return { told, worked, isLimited: limit.isReached };
  }

  async #read({ records }: Input, plan: Input['plan']): Promise<Read[]> {
    const toRow = createMapper(plan);
    const found: Read[] = [];
    for await (const batch of records.batches()) {
      const raws = Array.from({ length: batch.count }, (_, i) =>
        Buffer.from(batch.bytes.subarray(batch.start[i], batch.end[i])),
      );
      for (const [i, parsed] of records.parse(raws).entries())
        found.push({
          ordinal: batch.ordinal[i] ?? 0,
          raw: raws[i] ?? Buffer.alloc(0),
          row: parsed.ok ? toRow(parsed.cells) : null,
          problem: parsed.ok ? null : parsed.problem.message,
        });
    }
    return found;
  }
}
