import { type JSONVisitor, visit } from 'jsonc-parser';
import { JsonSlip, slipAt, unclosed } from './json-slips.ts';

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
 * Strict JSON (RFC 8259) for files that people write. Unlike JSON.parse it knows where every value stands, refuses a
 * name that comes twice, and tells the usual slips (comments, trailing commas, single quotes, Windows paths) by name.
 */
export function parseJsonText(text: string): JsonText {
  try {
    const places = findPlaces(text);
    return { ok: true, value: parseStrictly(text), places };
  } catch (error) {
    if (error instanceof JsonSlip) return { ok: false, fault: error.fault };
    throw error;
  }
}

/** Walks the text and throws the first slip. */
function findPlaces(text: string): Map<string, number> {
  const places = new Map<string, number>();
  const open: number[] = [];
  let before = '';
  let at = 0;
  const moveTo = (kind: string, offset: number) => {
    before = kind;
    at = offset;
  };
  const place = (path: readonly (string | number)[], offset: number) => {
    const pointer = path.map(pointerPart).join('');
    if (!places.has(pointer)) places.set(pointer, offset);
  };
  const begin: JSONVisitor['onObjectBegin'] = (offset, _length, _line, _column, path) => {
    if (open.length > deepest)
      throw new JsonSlip(offset, 'brackets are nested too deeply', 'Look for a bracket that is never closed.');
    place(path(), offset);
    open.push(offset);
    moveTo(text.charAt(offset), offset);
  };
  const end: JSONVisitor['onObjectEnd'] = (offset, length) => {
    const opened = open.pop() ?? 0;
    if (offset >= text.length) throw unclosed(text, opened);
    moveTo('value', offset + length);
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
        if (places.has(pointer))
          throw new JsonSlip(
            offset,
            `"${name}" stands twice in the same place`,
            'Keep one of them: join what both say.',
          );
        places.set(pointer, offset);
        moveTo('name', offset);
      },
      onLiteralValue: (_value, offset, length, _line, _column, path) => {
        place(path(), offset);
        moveTo('value', offset + length);
      },
      onSeparator: moveTo,
      onError: (_code, offset) => {
        throw slipAt(text, offset, { before, at, opened: open.at(-1) ?? null });
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
    throw new JsonSlip(0, 'the file is not valid JSON', 'Open it in an editor that underlines mistakes in JSON.');
  }
}
