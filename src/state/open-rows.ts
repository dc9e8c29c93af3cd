import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { SicError } from '../problems/sic-error.ts';
import type { Hash64 } from './accepted.ts';
import { hexOf } from './fingerprint.ts';
import { HashIndex } from './hash-index.ts';
import { readNdjson } from './ndjson.ts';
import { RecordTable } from './record-table.ts';
import { replaceFile } from './replace-file.ts';
import { notUnderstood, systemCode } from './state-error.ts';

/** Records are those of a tenant (with its database) and of a datatype. */
export interface Kind {
  readonly tenant: string;
  readonly datatype: string;
}

/** Rows without a key that one run refused of one file. */
interface Keyless extends Kind {
  readonly run: string;
  /** Tells the file from others: its path, and its name within. */
  readonly file: string;
  readonly count: number;
}

interface Group extends Kind {
  /** By the hash of the key; `raw.lo` is the number of the run that refused the row last. */
  readonly table: RecordTable;
  /** Built when it is first asked. */
  index: HashIndex | null;
}

const formatVersion = 1;
const keysInLine = 500;

/**
 * The rows that were refused and have not been taken since, by the run that refused them last: so each is open in one
 * run, and a run's list gets shorter when later runs take its rows. Hashes of keys alone, a few bytes per open row.
 */
export class OpenRows {
  /** What the list knows begins with this run: what older runs refused, and whether it passed, it cannot tell. */
  readonly since: string;
  readonly #path: string;
  readonly #runs: string[] = [];
  readonly #runNumbers = new Map<string, number>();
  readonly #groups = new Map<string, Group>();
  #keyless: Keyless[] = [];
  #changed: boolean;

  private constructor(path: string, since: string, isNew: boolean) {
    this.#path = path;
    this.since = since;
    this.#changed = isNew;
  }

  /** The list as it is on the disk; null: there is none, or none that can be relied on. For who only shows it. */
  static async read(stateFolder: string): Promise<OpenRows | null> {
    // Damaged: the rest of the history is told all the same.
    return OpenRows.#load(pathIn(stateFolder)).catch(() => null);
  }

  /** The list, or a new one that begins with this run. Throws SicError 'state' for one that would be written over unread. */
  static async open(stateFolder: string, run: string): Promise<OpenRows> {
    const path = pathIn(stateFolder);
    const isThere = await stat(path).then(
      () => true,
      (error: unknown) => systemCode(error) !== 'ENOENT',
    );
    return isThere ? OpenRows.#load(path) : OpenRows.begin(stateFolder, run);
  }

  static async #load(path: string): Promise<OpenRows> {
    let open: OpenRows | null = null;
    for await (const line of readNdjson(path, () => damaged(path))) {
      if (open) {
        if (!open.#take(line)) throw damaged(path);
        continue;
      }
      const since = textIn(line, 'since');
      if (Reflect.get(Object(line), 'formatVersion') !== formatVersion || since === null) break;
      open = new OpenRows(path, since, false);
    }
    if (open === null) throw damaged(path);
    open.#changed = false;
    return open;
  }

  /** A list that begins with this run. */
  static begin(stateFolder: string, run: string): OpenRows {
    return new OpenRows(pathIn(stateFolder), run, true);
  }

  /** True when nothing of this kind is open: a question per row is saved. */
  isEmpty(kind: Kind): boolean {
    return this.#groups.size === 0 || (this.#groups.get(nameOf(kind))?.table.live ?? 0) === 0;
  }

  /** The run that refused the row last; null: it is not open. */
  runOf(kind: Kind, key: Hash64): string | null {
    const group = this.#groups.get(nameOf(kind));
    const index = group ? find(group, key) : -1;
    return group && index >= 0 && !group.table.isHole(index)
      ? (this.#runs[group.table.word(index, 2)] ?? null)
      : null;
  }

  refuse(kind: Kind, key: Hash64, run: string): void {
    const group = this.#group(kind);
    const record = { key, raw: { lo: this.#numberOf(run), hi: 0 }, content: { lo: 0, hi: 0 } };
    const index = find(group, key);
    if (index >= 0) group.table.put(index, record);
    else group.index?.add(group.table.append(record));
    this.#changed = true;
  }

  pass(kind: Kind, key: Hash64): void {
    const group = this.#groups.get(nameOf(kind));
    if (!group || group.table.live === 0) return;
    const index = find(group, key);
    if (index < 0 || group.table.isHole(index)) return;
    group.table.makeHole(index);
    this.#changed = true;
  }

  /** A file was read to its end: `count` of its rows were refused and have no key. What it had of those before is over. */
  refuseKeyless(kind: Kind, file: string, run: string, count: number): void {
    const before = this.#keyless.length;
    this.#keyless = this.#keyless.filter(
      each => each.file !== file || each.datatype !== kind.datatype || each.tenant !== kind.tenant,
    );
    if (count > 0) this.#keyless.push({ ...kind, file, run, count });
    if (count > 0 || this.#keyless.length !== before) this.#changed = true;
  }

  /** Rows without a key that are open in a run. */
  keylessIn(run: string): number {
    return this.#keyless.reduce((sum, each) => sum + (each.run === run ? each.count : 0), 0);
  }

  /** How many rows are open, by run. */
  counts(): Map<string, number> {
    const counts = new Map<string, number>();
    const add = (run: string, count: number) => counts.set(run, (counts.get(run) ?? 0) + count);
    for (const { table } of this.#groups.values())
      for (let index = 0; index < table.length; index++)
        if (!table.isHole(index)) add(this.#runs[table.word(index, 2)] ?? '', 1);
    for (const { run, count } of this.#keyless) add(run, count);
    return counts;
  }

  /** Runs that are not there any more take their open rows along. */
  keepRuns(there: ReadonlySet<string>): void {
    const gone = new Set(this.#runs.filter(run => !there.has(run)));
    const keyless = this.#keyless.filter(({ run }) => there.has(run));
    if (gone.size === 0 && keyless.length === this.#keyless.length) return;
    for (const { table } of this.#groups.values())
      for (let index = 0; index < table.length; index++)
        if (!table.isHole(index) && gone.has(this.#runs[table.word(index, 2)] ?? '')) table.makeHole(index);
    this.#keyless = keyless;
    this.#changed = true;
  }

  /** Makes it durable. Does nothing when nothing changed. Throws SicError 'state'. */
  async commit(): Promise<void> {
    if (!this.#changed) return;
    await replaceFile(this.#path, async file => {
      await file.appendFile(`${JSON.stringify({ formatVersion, since: this.since })}\n`);
      for (const line of this.#lines()) await file.appendFile(`${JSON.stringify(line)}\n`);
    });
    this.#changed = false;
  }

  *#lines(): Generator<object, void, void> {
    for (const { tenant, datatype, table } of this.#groups.values()) {
      let held: { run: number; keys: string[] } = { run: -1, keys: [] };
      const line = () => ({ tenant, datatype, run: this.#runs[held.run], keys: held.keys });
      for (let index = 0; index < table.length; index++) {
        if (table.isHole(index)) continue;
        const run = table.word(index, 2);
        if (held.keys.length > 0 && (run !== held.run || held.keys.length === keysInLine)) {
          yield line();
          held = { run, keys: [] };
        }
        held.run = run;
        held.keys.push(hexOf(table.at(index).key));
      }
      if (held.keys.length > 0) yield line();
    }
    for (const { tenant, datatype, run, file, count } of this.#keyless)
      yield { tenant, datatype, run, file, withoutKey: count };
  }

  /** False: it is no such line. */
  #take(line: unknown): boolean {
    const [tenant, datatype, run] = ['tenant', 'datatype', 'run'].map(name => textIn(line, name));
    if (tenant == null || datatype == null || run == null) return false;
    const keys: unknown = Reflect.get(Object(line), 'keys');
    if (Array.isArray(keys)) {
      for (const key of keys) {
        if (typeof key !== 'string' || !/^[0-9a-f]{16}$/.test(key)) return false;
        this.refuse({ tenant, datatype }, hashOf(key), run);
      }
      return true;
    }
    const file = textIn(line, 'file');
    const count: unknown = Reflect.get(Object(line), 'withoutKey');
    if (file === null || typeof count !== 'number') return false;
    this.#keyless.push({ tenant, datatype, run, file, count });
    return true;
  }

  #group({ tenant, datatype }: Kind): Group {
    const name = nameOf({ tenant, datatype });
    const group = this.#groups.get(name) ?? {
      tenant,
      datatype,
      table: new RecordTable(),
      index: null,
    };
    this.#groups.set(name, group);
    return group;
  }

  #numberOf(run: string): number {
    const number = this.#runNumbers.get(run) ?? this.#runs.push(run) - 1;
    this.#runNumbers.set(run, number);
    return number;
  }
}

function damaged(path: string): SicError {
  return notUnderstood(path, 'what is told as still open then begins with the next import.');
}

function pathIn(stateFolder: string): string {
  return join(stateFolder, 'open-rows.ndjson');
}

function nameOf({ tenant, datatype }: Kind): string {
  return `${tenant}\n${datatype}`;
}

/** Index of a key, holes included, or -1. */
function find(group: Group, key: Hash64): number {
  group.index ??= new HashIndex(group.table, 0);
  return group.index.find(key.lo, key.hi);
}

function hashOf(hex: string): Hash64 {
  return { hi: Number.parseInt(hex.slice(0, 8), 16) >>> 0, lo: Number.parseInt(hex.slice(8), 16) >>> 0 };
}

function textIn(value: unknown, name: string): string | null {
  const text: unknown = Reflect.get(Object(value), name);
  return typeof text === 'string' ? text : null;
}
