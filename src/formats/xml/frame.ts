import type { SicError } from '../../problems/sic-error.ts';
import { longestName } from '../longest-name.ts';
import { wholeCharacters } from '../utf8.ts';
import { sameBytes } from './bytes.ts';
import * as faults from './faults.ts';
import type { Markup } from './markup.ts';

/** The element around all rows. */
export interface Root {
  /** As spelled, with its prefix. */
  readonly name: string;
  /** The name's bytes. */
  readonly bytes: Buffer;
  /** Its whole start tag, from `<` to `>`: it declares the namespaces that rows may use. */
  readonly startTag: Buffer;
}

const excerptLength = 40;

/**
 * Follows what stands around the rows: declaration, comments, the root's tags. Throws SicError 'file' for what has no
 * place there.
 */
export class Frame {
  root: Root | null = null;
  readonly #places: faults.Places;
  readonly #text: (bytes: Buffer) => string;
  #bytes: Buffer = Buffer.alloc(0);
  #base = 0;
  #rootAt = 0;
  #begun = false;
  #closed = false;

  constructor(places: faults.Places, text: (bytes: Buffer) => string) {
    this.#places = places;
    this.#text = text;
  }

  /** As behind the root's start tag. */
  enter(root: Root): void {
    this.root = root;
    this.#begun = true;
  }

  /** Positions mean these bytes from now on, the first of which is at `base` of the whole text. */
  moveTo(bytes: Buffer, base: number): void {
    this.#bytes = bytes;
    this.#base = base;
  }

  /** True between the root's tags, where a start tag begins a row. */
  get takesRows(): boolean {
    return this.root !== null && !this.#closed;
  }

  /** Takes note of markup that is no row. */
  pass(at: number, markup: Markup): void {
    const { kind, nameEnd, end } = markup;
    if (kind === 'doctype') throw faults.documentType(this.#places, this.#base + at, this.#excerpt(at));
    if (kind === 'instruction') this.#passInstruction(at, end);
    else if (kind === 'end') this.#closeRoot(at, nameEnd);
    else if (kind !== 'comment') this.#openRoot(at, markup);
    this.#begun = true;
  }

  #openRoot(at: number, { kind, nameEnd, end }: Markup): void {
    if (this.root !== null || (kind !== 'start' && kind !== 'empty')) throw this.stray(at);
    const bytes = Buffer.from(this.#bytes.subarray(at + 1, nameEnd));
    const name = this.#text(bytes);
    if (name.length > longestName) throw faults.nameTooLong(this.#places, name, this.#base + at);
    this.root = {
      name,
      bytes,
      startTag: Buffer.from(this.#bytes.subarray(at, end)),
    };
    this.#rootAt = this.#base + at;
    this.#closed = kind === 'empty';
  }

  #closeRoot(at: number, nameEnd: number): void {
    const { root } = this;
    if (root === null || this.#closed) throw this.stray(at);
    if (!sameBytes(this.#bytes, at + 2, nameEnd, root.bytes, 0, root.bytes.length)) {
      const found = this.#text(this.#bytes.subarray(at + 2, nameEnd));
      throw faults.wrongEnd(this.#places, found, this.#base + at, root.name, this.#rootAt);
    }
    this.#closed = true;
  }

  #passInstruction(at: number, end: number): void {
    const isDeclaration = /^<\?xml[\s?]/.test(this.#bytes.toString('latin1', at, Math.min(end, at + 6)));
    if (isDeclaration && this.#begun) throw faults.secondDeclaration(this.#places, this.#base + at);
  }

  /** For what stands where nothing may stand. */
  stray(at: number): SicError {
    const position = this.#base + at;
    const excerpt = this.#excerpt(at);
    if (this.root === null) return faults.notXml(this.#places, position, excerpt);
    return this.#closed
      ? faults.afterRoot(this.#places, position, excerpt, this.root.name)
      : faults.textOutside(this.#places, position, excerpt);
  }

  /** Why the row that begins at `row` cannot be read to its end. */
  rowStopped(stop: 'root-closed' | 'too-deep' | 'doctype', at: number, row: number): SicError {
    const position = this.#base + at;
    if (stop === 'too-deep') return faults.tooDeep(this.#places, position);
    if (stop === 'doctype') return faults.documentType(this.#places, position, this.#excerpt(at));
    const name = this.root?.name ?? '';
    return faults.rowNotClosed(this.#places, this.#nameAt(row), this.#base + row, name, position);
  }

  /** Throws unless the file may end here. `unfinished`: markup or a row begins at `at` and is not complete. */
  finish(at: number, unfinished: boolean): void {
    if (!unfinished && this.#closed) return;
    const { root } = this;
    if (!unfinished)
      throw root === null
        ? faults.emptyFile(this.#places)
        : faults.cutOff(this.#places, root.name, this.#rootAt);
    const row = this.takesRows ? this.#nameAt(at) : '';
    throw faults.cutOffIn(this.#places, row === '' ? null : row, this.#base + at);
  }

  /** For what begins at `at` and is above 16 MiB. */
  tooLong(at: number): SicError {
    const row = this.takesRows ? this.#nameAt(at) : '';
    return faults.tooLong(this.#places, row === '' ? null : row, this.#base + at);
  }

  /** The name in the start tag at `at`; blank when there is none, as in a comment. */
  #nameAt(at: number): string {
    const head = this.#bytes.subarray(at, at + 200).toString('latin1');
    const name = /^<([\w:\x80-\xff][\w:.\-\x80-\xff]*)/.exec(head)?.[1] ?? '';
    return this.#text(Buffer.from(name, 'latin1'));
  }

  #excerpt(at: number): string {
    const rest = this.#bytes.subarray(at, at + excerptLength);
    const line = rest.findIndex(byte => byte === 10 || byte === 13);
    return this.#text(line < 0 ? rest.subarray(0, wholeCharacters(rest)) : rest.subarray(0, line)).trimEnd();
  }
}
