import { withoutComments } from './comments.ts';

export interface TextPlace {
  /** 1 = the first. */
  readonly line: number;
  /** 1 = the first character. */
  readonly column: number;
}

export function placeOf(text: string, offset: number): TextPlace {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return { line, column: offset - (before.lastIndexOf('\n') + 1) + 1 };
}

const widest = 100;

/**
 * The line of a fault and the one before it, with a mark under the place. Values of secrets are starred out; comments are
 * left out, as a secret could stand in them or behind one.
 */
export function excerpt(text: string, offset: number): string {
  const { line, column } = placeOf(text, offset);
  const lines = starSecrets(withoutComments(text)).split('\n');
  const gutter = String(line).length;
  const skipped = Math.max(0, column - widest + 20);
  const shown = (number: number) => {
    const content = (lines[number - 1] ?? '').replace(/\r$/, '').replaceAll('\t', ' ');
    return `${String(number).padStart(gutter)} | ${content.slice(skipped, skipped + widest)}`.trimEnd();
  };
  return [
    ...(line > 1 ? [shown(line - 1)] : []),
    shown(line),
    `${' '.repeat(gutter)} | ${' '.repeat(column - 1 - skipped)}^`,
  ].join('\n');
}

/** A secret should not stand in the file at all; where it does, it must not get on a screen or into a log. */
function starSecrets(text: string): string {
  const words = /\w+/g;
  // From the end of a word on: one expression for both takes time that grows with the square of a long word.
  const value = /["']?\s*(?::\s*|(?=["']))([^\s{},\]][^\n]*)/y;
  let starred = '';
  let done = 0;
  for (let word = words.exec(text); word !== null; word = words.exec(text)) {
    if (!/pass|word|pwd|secret|ticket|token/i.test(word[0])) continue;
    value.lastIndex = words.lastIndex;
    const [all = '', secret] = value.exec(text) ?? [];
    if (secret === undefined) continue;
    const end = words.lastIndex + all.length;
    starred += text.slice(done, end - secret.length) + secret.replace(/[^\r]/g, '*');
    done = end;
    words.lastIndex = end;
  }
  return starred + text.slice(done);
}
