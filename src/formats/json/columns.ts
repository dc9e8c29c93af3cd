import { SicError } from '../../problems/sic-error.ts';
import { longestName, shownName } from '../longest-name.ts';
import { PropertyWalker } from './properties.ts';
import { recordProperty } from './record-property.ts';

/** More different names than this are no columns but data. */
const mostColumns = 2000;

/**
 * Gathers the names of the properties of all records, in the order of their first use. Names are told by their bytes:
 * behind each name the one is expected that followed it last time, so that where records are alike none is looked up.
 * Only a record with a name not seen before is parsed; if it is no JSON, its names are taken for no columns.
 */
export class Columns {
  readonly #label: string;
  readonly #walker = new PropertyWalker();
  readonly #names = new Set<string>();
  /** The names' bytes in all their spellings, each with its quotes. */
  readonly #spellings: Buffer[] = [];
  readonly #bySpelling = new Map<string, number>();
  /** Per spelling the one that followed it last time. */
  readonly #follower: number[] = [];
  #first = -1;

  constructor(label: string) {
    this.#label = label;
  }

  get names(): readonly string[] {
    return [...this.#names].filter(name => name !== recordProperty);
  }

  /** Takes the names of records that were looked through before. */
  addNames(names: readonly string[]): void {
    for (const name of names) this.#names.add(name);
  }

  /** Takes in one record. Throws SicError 'file' when there are too many names, or one is too long. */
  add(bytes: Buffer, start: number, end: number): void {
    const walker = this.#walker;
    let before = -1;
    let spelling = this.#first;
    for (walker.begin(bytes, start, end); walker.next(); ) {
      if (!this.#isAt(bytes, walker, spelling)) {
        spelling = this.#find(bytes, walker);
        if (spelling < 0) {
          this.#learn(bytes.subarray(start, end));
          spelling = this.#find(bytes, walker);
        }
        if (spelling < 0) return;
        if (before < 0) this.#first = spelling;
        else this.#follower[before] = spelling;
      }
      before = spelling;
      spelling = this.#follower[before] ?? -1;
    }
  }

  #isAt(bytes: Buffer, { nameStart, nameEnd }: PropertyWalker, spelling: number): boolean {
    const expected = this.#spellings[spelling];
    if (expected === undefined || expected.length !== nameEnd - nameStart) return false;
    for (let i = 1; i < expected.length; i++) if (expected[i] !== bytes[nameStart + i]) return false;
    return true;
  }

  #find(bytes: Buffer, { nameStart, nameEnd }: PropertyWalker): number {
    return this.#bySpelling.get(bytes.toString('latin1', nameStart, nameEnd)) ?? -1;
  }

  #learn(record: Buffer): void {
    if (!isJson(record)) return;
    const walker = new PropertyWalker();
    for (walker.begin(record, 0, record.length); walker.next(); ) {
      if (this.#find(record, walker) >= 0) continue;
      const spelling = Buffer.from(record.subarray(walker.nameStart, walker.nameEnd));
      const name = walker.name();
      if (name.length > longestName) throw this.#tooLong(name);
      this.#names.add(name);
      this.#bySpelling.set(spelling.toString('latin1'), this.#spellings.length);
      this.#spellings.push(spelling);
      if (this.#spellings.length > mostColumns) throw this.#tooMany();
    }
  }

  #tooLong(name: string): SicError {
    return new SicError(
      'file',
      `${this.#label}: the property name ${JSON.stringify(shownName(name))} has ${name.length} characters.`,
      { hint: 'Property names are column names. Write data, such as keys, into values.' },
    );
  }

  #tooMany(): SicError {
    const some = [...this.#names].slice(-3).map(name => JSON.stringify(name));
    return new SicError(
      'file',
      `${this.#label}: its records have more than ${mostColumns} different properties, such as ${some.join(', ')}.`,
      { hint: 'Property names are column names. Write data, such as keys, into values.' },
    );
  }
}

function isJson(record: Buffer): boolean {
  try {
    JSON.parse(record.toString('utf8'));
    return true;
  } catch {
    return false;
  }
}
