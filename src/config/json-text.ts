import { type JSONVisitor, visit } from 'jsonc-parser';
import { withoutComments } from './comments.ts';
import { JsonSlip, slipAt } from './json-slips.ts';

/** The first thing that makes a text invalid JSON. `message` never repeats a value of the file: it may be a secret. */
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

const deepest = 100;

/** One part of a JSON pointer (RFC 6901). */
export function pointerPart(name: string | number): string {
  return `/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/**
 * JSON (RFC 8259) for files that people write, strict but for comments, which count as spaces. Unlike JSON.parse it
 * knows where every value stands, refuses a name that comes twice, and tells the usual slips (trailing commas, single
 * quotes, Windows paths) by name.
 */
export function parseJsonText(text: string): JsonText {
  const bare = withoutComments(text);
  try {
    const places = findPlaces(bare);
    return { ok: true, value: parseStrictly(bare), places };
  } catch (error) {
    if (error instanceof JsonSlip) return { ok: false, fault: error.fault };
    throw error;
  }
}

/** Walks the text and throws the first slip. */
function findPlaces(text: string): Map<string, number> {
  const places = new Map<string, number>();
  const open: number[] = [];
  let last = { before: '', at: 0, name: '' };
  const place = (path: readonly (string | number)[], offset: number) => {
    const pointer = path.map(pointerPart).join('');
    if (!places.has(pointer)) places.set(pointer, offset);
  };
  const begin: JSONVisitor['onObjectBegin'] = (offset, _length, _line, _column, path) => {
    if (open.length > deepest) throw new JsonSlip(offset, 'deep');
    place(path(), offset);
    open.push(offset);
    last = { before: text.charAt(offset), at: offset, name: '' };
  };
  const end: JSONVisitor['onObjectEnd'] = (offset, length) => {
    const opened = open.pop() ?? 0;
    if (offset >= text.length) throw new JsonSlip(opened, 'unclosed', text.charAt(opened));
    last = { before: 'value', at: offset + length, name: '' };
  };
  visit(
    text,
    {
      onObjectBegin: begin,
      onArrayBegin: begin,
      onObjectEnd: end,
      onArrayEnd: end,
      onObjectProperty: (name, offset, _length, _line, _column, path) => {
        const pointer = [...path(), name].map(pointerPart).join('');
        if (places.has(pointer)) throw new JsonSlip(offset, 'twice', name);
        places.set(pointer, offset);
        last = { before: 'name', at: offset, name };
      },
      onLiteralValue: (_value, offset, length, _line, _column, path) => {
        place(path(), offset);
        last = { before: 'value', at: offset + length, name: '' };
      },
      onSeparator: (before, at) => {
        last = { before, at, name: '' };
      },
      onError: (_code, offset) => {
        throw slipAt(text, offset, { ...last, opened: open.at(-1) ?? null });
      },
    },
    { disallowComments: true, allowTrailingComma: false },
  );
  return places;
}

/** JSON.parse has the last word on what is JSON; its own message would repeat text of the file. */
function parseStrictly(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new JsonSlip(0, 'invalid');
  }
}
