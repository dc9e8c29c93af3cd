import { badRequest } from '../refusal.ts';
import { decodeMarked } from './marked.ts';
import type { Literal } from './syntax.ts';

export type Token =
  | { readonly kind: 'word' | 'symbol'; readonly text: string; readonly position: number }
  | { readonly kind: 'literal'; readonly literals: readonly Literal[]; readonly position: number };

/**
 * Characters of a column name. Prog IDs with others, such as `function-1`, may not parse in filters on a real tenant
 * (reading.md, section 9): the sandbox takes the strict side.
 */
const wordCharacter = /[A-Za-z0-9_/:.]/;

const number = /-?\d+(?:\.\d+)?(?![A-Za-z0-9_/:.])/y;
const marked = /\[([A-Z]{1,2}):([^\]]*)\]/y;
const symbol = /<=|>=|!=|<>|[=<>(),]/y;

/** Cuts a `$filter` text into tokens (reading.md, section 8). Throws 400 for what is no filter. */
export function tokenize(filter: string): Token[] {
  const tokens: Token[] = [];
  let position = 0;
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = position;
    return pattern.exec(filter);
  };
  while (position < filter.length) {
    const character = filter.charAt(position);
    if (/\s/.test(character)) {
      position++;
      continue;
    }
    if (character === "'") {
      const { text, end } = readText(filter, position);
      tokens.push({ kind: 'literal', literals: [{ kind: 'text', text }], position });
      position = end;
      continue;
    }
    const numeric = match(number);
    if (numeric) {
      tokens.push({ kind: 'literal', literals: [{ kind: 'number', text: numeric[0] }], position });
      position += numeric[0].length;
      continue;
    }
    if (wordCharacter.test(character)) {
      const end = endOfWord(filter, position);
      tokens.push({ kind: 'word', text: filter.slice(position, end), position });
      position = end;
      continue;
    }
    const encoded = match(marked);
    if (encoded) {
      tokens.push({ kind: 'literal', literals: decodeMarked(encoded[1] ?? '', encoded[2] ?? ''), position });
      position += encoded[0].length;
      continue;
    }
    const sign = match(symbol);
    if (!sign)
      throw badRequest(
        `Unexpected character '${character}' at position ${position + 1} of the filter: ${filter}`,
      );
    tokens.push({ kind: 'symbol', text: sign[0], position });
    position += sign[0].length;
  }
  return tokens;
}

/**
 * A text in single quotes. Backslash escapes the quote; that it also escapes itself is inferred (reading.md, section 8),
 * and before any other character it stands for itself.
 */
function readText(filter: string, start: number): { text: string; end: number } {
  let text = '';
  let position = start + 1;
  while (position < filter.length) {
    const character = filter.charAt(position);
    const next = filter.charAt(position + 1);
    if (character === "'" && next === "'")
      throw badRequest(
        `A quote inside a text is written \\', not '', at position ${position + 1} of: ${filter}`,
      );
    if (character === "'") return { text, end: position + 1 };
    const isEscape = character === '\\' && (next === "'" || next === '\\');
    text += isEscape ? next : character;
    position += isEscape ? 2 : 1;
  }
  throw badRequest(
    `The text that starts at position ${start + 1} of the filter has no closing quote: ${filter}`,
  );
}

/** A word may hold the joins of the dynamic provider: `.(email->person_id)` and `[contact]`. */
function endOfWord(filter: string, start: number): number {
  let position = start;
  while (position < filter.length) {
    const character = filter.charAt(position);
    const isJoin = character === '(' && (filter[position - 1] === '.' || filter[position - 1] === ':');
    if (isJoin && position > start) position = past(filter, ')', position);
    else if (character === '[' && position > start) position = past(filter, ']', position);
    else if (wordCharacter.test(character)) position++;
    else break;
  }
  return position;
}

function past(filter: string, closing: string, from: number): number {
  const end = filter.indexOf(closing, from);
  if (end < 0)
    throw badRequest(`A '${closing}' is missing in the filter after position ${from + 1}: ${filter}`);
  return end + 1;
}
