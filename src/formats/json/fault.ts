import { printParseErrorCode, visit } from 'jsonc-parser';

/** The first thing that makes a text invalid JSON. */
export interface JsonFault {
  /** Index into the text. */
  readonly offset: number;
  /** A clause: "a comma is missing". */
  readonly what: string;
  /** What to do, as a sentence. */
  readonly tip: string;
  /** Nothing is wrong but that the text ends too early. */
  readonly cutOff: boolean;
}

type Clause = readonly [what: string, tip: string];

const inQuotes = 'Names and texts stand in double quotes; numbers, true, false and null do not.';
const noNumber: Clause = ['this is no JSON number', 'Write digits with a dot, such as 1234.5.'];
const comment: Clause = ['there is a comment', 'Delete it: JSON has no comments.'];
const loneBackslash: Clause = ['a text holds a single backslash', 'Write a backslash inside a text as \\\\.'];
const wrongBracket: Clause = [
  'this bracket closes one of the other kind',
  'Each { is closed by a }, and each [ by a ].',
];
const strayQuote: Clause = [
  'there is more behind a closing quote',
  'Write a double quote inside a text as \\", and a comma between two values.',
];
const trailingComma: Clause = ['a comma has nothing behind it', 'Delete the comma before the bracket.'];
const other: Clause = [
  'it is no JSON',
  'Correct it where the file is made: best by a JSON library, which cannot get it wrong.',
];

/** By the parser's own names. */
const clauses: Readonly<Record<string, Clause>> = {
  InvalidSymbol: ['this is no JSON value', inQuotes],
  InvalidNumberFormat: noNumber,
  UnexpectedEndOfNumber: noNumber,
  PropertyNameExpected: ['a property name in double quotes is missing', inQuotes],
  ValueExpected: ['a value is missing', 'Write the value, "" or null.'],
  ColonExpected: ['a colon is missing', 'Write "name": and then the value.'],
  CommaExpected: [
    'a comma is missing',
    'Write a comma between two values, and a double quote inside a text as \\".',
  ],
  CloseBraceExpected: ['a closing } is missing', other[1]],
  CloseBracketExpected: ['a closing ] is missing', other[1]],
  EndOfFileExpected: ['there is more behind the end', 'Write a comma between two records.'],
  InvalidCommentToken: comment,
  UnexpectedEndOfComment: comment,
  UnexpectedEndOfString: [
    'a text is not closed on its line',
    'Close each text with a double quote, and write a line break inside a text as \\n.',
  ],
  InvalidUnicode: loneBackslash,
  InvalidEscapeCharacter: loneBackslash,
  InvalidCharacter: ['a text holds a tab or control character', 'Write a tab inside a text as \\t.'],
};

class Found extends Error {
  readonly fault: JsonFault;
  constructor(fault: JsonFault) {
    super(fault.what);
    this.fault = fault;
  }
}

/**
 * Looks for what JSON.parse stumbled over: its own messages differ from one release of Node to the next, and not all
 * give a place. The text must not be nested deeply, for the search is by recursion. Null when nothing is found.
 */
export function findFault(text: string): JsonFault | null {
  const length = text.trimEnd().length;
  try {
    visit(
      text,
      {
        onError: (code, offset, size) => {
          const [what, tip] = clauseFor(printParseErrorCode(code), text, offset);
          throw new Found({ offset, what, tip, cutOff: offset + size >= length });
        },
      },
      { disallowComments: true, allowTrailingComma: false },
    );
    return null;
  } catch (error) {
    if (error instanceof Found) return error.fault;
    throw error;
  }
}

/** Some slips have causes that what stands before and behind them tells better than the parser does. */
function clauseFor(name: string, text: string, offset: number): Clause {
  const before = text.slice(0, offset).trimEnd().at(-1);
  if (/[\]}]/.test(text.charAt(offset))) {
    if (before === ',') return trailingComma;
    if (name === 'CommaExpected') return wrongBracket;
  }
  if (name === 'InvalidSymbol' && before === '"') return strayQuote;
  return (name === 'InvalidSymbol' && before === '{' ? clauses.PropertyNameExpected : clauses[name]) ?? other;
}
