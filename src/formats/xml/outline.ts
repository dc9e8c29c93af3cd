import { longestName } from '../longest-name.ts';
import { isHarmless, readAttributes } from './attributes.ts';
import { sameBytes } from './bytes.ts';
import { attributeWithData, namelessElement, nameTooLong, otherRowName, type Places } from './faults.ts';
import { localStart, type RowWatcher } from './row-walker.ts';

/** The name of an element as spelled, with its prefix, and without. */
export interface ElementName {
  readonly spelled: string;
  readonly local: string;
}

/**
 * What the first reading of a file finds out: the names of root, rows and fields. Refuses rows of different names and
 * attributes that hold data. A field is nearly always the one that came next in the row before, so its name is compared
 * and not looked up.
 */
export class Outline implements RowWatcher {
  row: ElementName | null = null;
  readonly columns: string[] = [];
  readonly #places: Places;
  readonly #text: (bytes: Buffer) => string;
  readonly #known: Buffer[] = [];
  readonly #indexes = new Map<string, number>();
  #rowBytes: Buffer = Buffer.alloc(0);
  #rowAt = 0;
  #bytes: Buffer = Buffer.alloc(0);
  #base = 0;
  #next = 0;

  constructor(places: Places, text: (bytes: Buffer) => string) {
    this.#places = places;
    this.#text = text;
  }

  /** Positions mean these bytes from now on, the first of which is at `base` of the whole text. */
  moveTo(bytes: Buffer, base: number): void {
    this.#bytes = bytes;
    this.#base = base;
  }

  /** Takes the columns of rows that were looked through before. */
  addColumns(names: readonly string[]): void {
    for (const name of names) if (!this.columns.includes(name)) this.columns.push(name);
  }

  opened(depth: number, nameStart: number, nameEnd: number, tagEnd: number): void {
    if (depth > 1) return;
    const local = localStart(this.#bytes, nameStart, nameEnd);
    if (depth === 0) this.#openRow(nameStart, local, nameEnd);
    else this.#openField(nameStart, local, nameEnd);
    if (tagEnd - 1 > nameEnd) this.#checkAttributes(nameStart, nameEnd, tagEnd);
  }

  #openRow(nameStart: number, local: number, nameEnd: number): void {
    this.#next = 0;
    if (this.row !== null && sameBytes(this.#bytes, local, nameEnd, this.#rowBytes, 0, this.#rowBytes.length))
      return;
    const name = this.#name(nameStart, local, nameEnd);
    const at = this.#base + nameStart - 1;
    if (this.row !== null) throw otherRowName(this.#places, name.spelled, at, this.row.spelled, this.#rowAt);
    this.row = name;
    this.#rowAt = at;
    this.#rowBytes = Buffer.from(this.#bytes.subarray(local, nameEnd));
  }

  #openField(nameStart: number, local: number, nameEnd: number): void {
    const expected = this.#known[this.#next];
    if (expected && sameBytes(this.#bytes, local, nameEnd, expected, 0, expected.length)) {
      this.#next++;
      return;
    }
    const key = this.#bytes.toString('latin1', local, nameEnd);
    let index = this.#indexes.get(key);
    if (index === undefined) {
      const { local: name } = this.#name(nameStart, local, nameEnd);
      this.addColumns([name]);
      index = this.#known.length;
      this.#known.push(Buffer.from(this.#bytes.subarray(local, nameEnd)));
      this.#indexes.set(key, index);
    }
    this.#next = index + 1;
  }

  #name(nameStart: number, local: number, nameEnd: number): ElementName {
    const spelled = this.#text(this.#bytes.subarray(nameStart, nameEnd));
    if (spelled.length > longestName) throw nameTooLong(this.#places, spelled, this.#base + nameStart - 1);
    if (local === nameEnd) throw namelessElement(this.#places, spelled, this.#base + nameStart - 1);
    return { spelled, local: this.#text(this.#bytes.subarray(local, nameEnd)) };
  }

  #checkAttributes(nameStart: number, nameEnd: number, tagEnd: number): void {
    const text = this.#text(this.#bytes.subarray(nameEnd, tagEnd - 1));
    // What is not well-formed rejects its row later.
    for (const attribute of readAttributes(text)?.keys() ?? [])
      if (!isHarmless(attribute)) {
        const element = this.#text(this.#bytes.subarray(nameStart, nameEnd));
        throw attributeWithData(this.#places, element, attribute, this.#base + nameStart - 1);
      }
  }
}
