import type { JsonFault } from './json-text.ts';

/** What stands right before a fault. */
export interface Standing {
  /** `{`, `[`, `,`, `:`, `name`, `value`; empty at the beginning. */
  readonly before: string;
  /** Where it stands; where it ends if it is a value. */
  readonly at: number;
  readonly name: string;
  /** Where the innermost open bracket stands. */
  readonly opened: number | null;
}

/** Each: what is wrong, and what to do. `@` stands for a name, a bracket or a word. */
const slips = {
  after: ['there is more after the end of the config', 'Delete it, or look for a bracket closed too early.'],
  backslash: [
    'there is a single backslash inside a text',
    'Double it, as in "C:\\\\Export\\\\companies.csv".',
  ],
  capitals: ['this word is written with capitals', 'Write @.'],
  colon: ['a colon is missing after "@"', 'Write "@": and then the value.'],
  comma: [
    'a comma or @ is missing here',
    'Values are separated by commas, and the last one is followed by @.',
  ],
  comment: ['there is a comment that begins with #', 'Begin it with // instead.'],
  control: ['there is a tab or control character inside a text', 'Write a tab as \\t.'],
  deep: ['brackets are nested too deeply', 'Look for a bracket that is never closed.'],
  empty: ['the file is empty', 'The smallest config file is {}.'],
  ended: ['the file ends where a value should stand', 'Write the value, or delete its name.'],
  invalid: ['the file is not valid JSON', 'Open it in an editor that underlines mistakes in JSON.'],
  name: ['a name in double quotes is missing here', 'Names stand in double quotes, as in "profiles": { … }.'],
  single: ['text stands in single quotes', 'JSON wants double quotes: "…".'],
  trailing: ['this comma is followed by @', 'Delete the comma: JSON has none after the last value.'],
  twice: ['"@" stands twice in the same place', 'Keep one of them: join what both say.'],
  unclosedComment: ['this comment is never closed', 'Put */ at its end, or begin each of its lines with //.'],
  unclosed: ['the file ends before this @ is closed', 'Look for the missing bracket.'],
  unended: ['this text is not closed', 'Put a double quote at its end; a text cannot go over several lines.'],
  value: ['a value is missing here', 'Text stands in double quotes; numbers, true, false and null do not.'],
} as const;

export class JsonSlip extends Error {
  readonly fault: JsonFault;
  constructor(offset: number, slip: keyof typeof slips, what = '') {
    const [message, hint] = slips[slip];
    super(message);
    const say = (sentence: string) => sentence.replace('@', () => what);
    this.fault = { offset, message: say(message), hint: say(hint) };
  }
}

/** Names what is wrong at `offset`, where a strict parser found its first fault. */
export function slipAt(text: string, offset: number, { before, at, name, opened }: Standing): JsonSlip {
  const found = text.charAt(offset);
  const bracket = text.charAt(opened ?? -1);
  if (found === '#') return new JsonSlip(offset, 'comment');
  if (text.startsWith('/*', offset)) return new JsonSlip(offset, 'unclosedComment');
  const slip = found === '"' ? slipInText(text, offset) : null;
  if (slip !== null) return slip;
  if (before === 'name') return new JsonSlip(offset, 'colon', name);
  if (before === 'value') {
    // A parser takes 01 for a 0 with a 1 behind it.
    const start = wordStart(text, offset);
    if (start < offset && wordAt(text, offset) !== '') return slipInValue(text, start);
    if (opened === null) return new JsonSlip(offset, 'after');
    return new JsonSlip(at, 'comma', bracket === '{' ? '}' : ']');
  }
  if (found === '' && opened === null) return new JsonSlip(0, 'empty');
  const nameWanted = bracket === '{' && before !== ':';
  if (found === '' && nameWanted) return new JsonSlip(opened ?? 0, 'unclosed', bracket);
  if (before === ',' && found === (nameWanted ? '}' : ']')) return new JsonSlip(at, 'trailing', found);
  return nameWanted ? new JsonSlip(offset, 'name') : slipInValue(text, offset);
}

/** Null when the text that begins at `offset` is good. */
function slipInText(text: string, offset: number): JsonSlip | null {
  const good = /^"(?:[ !#-[\]-\uffff]+|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/.exec(text.slice(offset));
  const end = offset + (good?.[0].length ?? 0);
  const wrong = text.charAt(end);
  if (wrong === '"') return null;
  if (wrong === '\\') return new JsonSlip(end, 'backslash');
  return ['', '\n', '\r'].includes(wrong) ? new JsonSlip(offset, 'unended') : new JsonSlip(end, 'control');
}

function slipInValue(text: string, offset: number): JsonSlip {
  if (offset >= text.length) return new JsonSlip(offset, 'ended');
  const word = wordAt(text, offset);
  if (word.startsWith("'")) return new JsonSlip(offset, 'single');
  const lower = word.toLowerCase();
  return ['true', 'false', 'null'].includes(lower)
    ? new JsonSlip(offset, 'capitals', lower)
    : new JsonSlip(offset, 'value');
}

/** Where the word begins that ends at `end`; `end` when there is none. */
function wordStart(text: string, end: number): number {
  let start = end;
  while (start > 0 && wordAt(text.charAt(start - 1), 0) !== '') start--;
  return start;
}

function wordAt(text: string, offset: number): string {
  return /^[^\s,:[\]{}"]*/.exec(text.slice(offset))?.[0] ?? '';
}
