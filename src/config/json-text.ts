/** The first thing that makes a text invalid JSON. `message` never repeats text of the file: it may be a secret. */
export interface JsonFault {
  /** Index into the text. */
  readonly offset: number;
  readonly message: string;
  readonly hint: string;
}

export type JsonText =
  | {
      readonly ok: true;
      readonly value: unknown;
      /** Where each value begins, by JSON pointer; the place of a property is that of its name. */
      readonly places: ReadonlyMap<string, number>;
    }
  | { readonly ok: false; readonly fault: JsonFault };

class Fault extends Error {
  readonly fault: JsonFault;
  constructor(offset: number, message: string, hint: string) {
    super(message);
    this.fault = { offset, message, hint };
  }
}

const deepest = 100;
const literals: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);
const escapes: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

/** One part of a JSON pointer (RFC 6901). */
export function pointerPart(name: string | number): string {
  return `/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/**
 * Strict JSON (RFC 8259) for files that people write. Unlike JSON.parse it knows where every value stands, refuses a
 * name that comes twice, and tells the usual slips (comments, trailing commas, single quotes, Windows paths) by name.
 */
export function parseJsonText(text: string): JsonText {
  const reader = new Reader(text);
  try {
    const value = reader.document();
    return { ok: true, value, places: reader.places };
  } catch (error) {
    if (error instanceof Fault) return { ok: false, fault: error.fault };
    throw error;
  }
}

class Reader {
  readonly places = new Map<string, number>();
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  document(): unknown {
    this.space();
    if (this.at >= this.text.length)
      throw new Fault(0, 'the file is empty', 'The smallest config file is {}.');
    const value = this.value('', 0);
    this.space();
    if (this.at < this.text.length)
      throw new Fault(
        this.at,
        'there is more after the end of the config',
        'Delete it, or look for a bracket closed too early.',
      );
    return value;
  }

  private value(pointer: string, depth: number): unknown {
    if (depth > deepest)
      throw new Fault(this.at, 'brackets are nested too deeply', 'Look for a bracket that is never closed.');
    if (!this.places.has(pointer)) this.places.set(pointer, this.at);
    const char = this.text[this.at];
    if (char === '{') return this.object(pointer, depth);
    if (char === '[') return this.array(pointer, depth);
    if (char === '"') return this.string();
    return this.scalar();
  }

  private object(pointer: string, depth: number): unknown {
    const opened = this.at++;
    const entries = new Map<string, unknown>();
    this.space();
    if (this.take('}')) return {};
    for (;;) {
      const nameAt = this.at;
      const name = this.name(opened);
      if (entries.has(name))
        throw new Fault(
          nameAt,
          `"${name}" stands twice in the same place`,
          'Keep one of them: join what both say.',
        );
      this.space();
      if (!this.take(':'))
        throw new Fault(
          this.at,
          `a colon is missing after "${name}"`,
          `Write "${name}": and then the value.`,
        );
      this.space();
      const child = pointer + pointerPart(name);
      this.places.set(child, nameAt);
      entries.set(name, this.value(child, depth + 1));
      if (this.closes('}', opened)) return Object.fromEntries(entries);
    }
  }

  private array(pointer: string, depth: number): unknown[] {
    const opened = this.at++;
    const values: unknown[] = [];
    this.space();
    if (this.take(']')) return values;
    for (;;) {
      values.push(this.value(pointer + pointerPart(values.length), depth + 1));
      if (this.closes(']', opened)) return values;
    }
  }

  /** After a value: true at the closing bracket, false after a comma that is followed by more. */
  private closes(bracket: '}' | ']', opened: number): boolean {
    const end = this.at;
    this.space();
    if (this.take(bracket)) return true;
    const comma = this.at;
    if (!this.take(',')) {
      this.ended(opened);
      throw new Fault(
        end,
        `a comma or ${bracket} is missing here`,
        `Values are separated by commas, and the last one is followed by ${bracket}.`,
      );
    }
    this.space();
    if (this.text[this.at] === bracket)
      throw new Fault(
        comma,
        `this comma is followed by ${bracket}`,
        'Delete the comma: JSON has none after the last value.',
      );
    return false;
  }

  private name(opened: number): string {
    this.ended(opened);
    if (this.text[this.at] === '"') return this.string();
    throw new Fault(
      this.at,
      'a name in double quotes is missing here',
      'Names stand in double quotes, as in "profiles": { … }.',
    );
  }

  private scalar(): unknown {
    const rest = /[^\s,:[\]{}"]*/y;
    rest.lastIndex = this.at;
    const word = rest.exec(this.text)?.[0] ?? '';
    const literal = literals.get(word);
    if (literal !== undefined) {
      this.at += word.length;
      return literal;
    }
    if (/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(word)) {
      this.at += word.length;
      return Number(word);
    }
    if (this.at >= this.text.length)
      throw new Fault(
        this.at,
        'the file ends where a value should stand',
        'Write the value, or delete its name.',
      );
    if (word.startsWith("'"))
      throw new Fault(this.at, 'text stands in single quotes', 'JSON wants double quotes: "…".');
    if (literals.has(word.toLowerCase()))
      throw new Fault(this.at, 'this word is written with capitals', `Write ${word.toLowerCase()}.`);
    throw new Fault(
      this.at,
      'a value is missing here',
      'Text stands in double quotes; numbers, true, false and null do not.',
    );
  }

  private string(): string {
    const opened = this.at++;
    let value = '';
    for (;;) {
      const char = this.text[this.at];
      if (char === undefined || char === '\n' || char === '\r')
        throw new Fault(
          opened,
          'this text is not closed',
          'Put a double quote at its end; a text cannot go over several lines.',
        );
      this.at++;
      if (char === '"') return value;
      if (char === '\\') value += this.escape();
      else if (char < ' ')
        throw new Fault(
          this.at - 1,
          'there is a tab or control character inside a text',
          'Write a tab as \\t.',
        );
      else value += char;
    }
  }

  private escape(): string {
    const char = this.text[this.at] ?? '';
    const plain = escapes.get(char);
    if (plain !== undefined) {
      this.at++;
      return plain;
    }
    const hex = /^u([0-9a-fA-F]{4})/.exec(this.text.slice(this.at, this.at + 5))?.[1];
    if (hex !== undefined) {
      this.at += 5;
      return String.fromCharCode(Number.parseInt(hex, 16));
    }
    throw new Fault(
      this.at - 1,
      'there is a single backslash inside a text',
      'Double it, as in "C:\\\\Export\\\\companies.csv".',
    );
  }

  private space(): void {
    while (/[ \t\r\n]/.test(this.text[this.at] ?? '')) this.at++;
    const two = this.text.slice(this.at, this.at + 2);
    if (two === '//' || two === '/*' || two.startsWith('#'))
      throw new Fault(this.at, 'there is a comment', 'Delete it: JSON files cannot hold comments.');
  }

  private ended(opened: number): void {
    if (this.at >= this.text.length)
      throw new Fault(
        opened,
        `the file ends before this ${this.text[opened] ?? 'bracket'} is closed`,
        'Look for the missing bracket.',
      );
  }

  private take(char: string): boolean {
    if (this.text[this.at] !== char) return false;
    this.at++;
    return true;
  }
}
