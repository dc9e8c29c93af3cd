/** The comparisons that the hosted service has (integration-cloud.md, section 7). The longest is looked for first. */
export const operators = ['<>', '>=', '<=', '=', '<', '>'] as const;
export type Operator = (typeof operators)[number];

/** A criterion as it was written. */
export interface WrittenCriterion {
  /** All of it: `CreatedYear>=2017`. */
  readonly text: string;
  /** A field's name or a function of one. */
  readonly left: string;
  readonly operator: Operator;
  /** Without quotes around it. */
  readonly value: string;
}

/** What is wrong with a criterion: a sentence, and what to do. */
export interface CriterionFault {
  readonly message: string;
  readonly hint: string;
}

const sign = /<>|>=|<=|=|<|>/;

/** A field, or a function of one, up to its operator: where a criterion begins. */
const beginning = /^\s*[\p{L}_][\p{L}\d_:./-]*(?:\s*\([^()=<>]*\))?\s*(?:<>|>=|<=|=|<|>)/u;

/**
 * Reads `[FieldName][Operator][Value]`, several of them parted by `;`. The value is the rest: blanks around it do not count,
 * and in single or double quotes everything in it does (a quote inside is written twice). A `;` parts only where another
 * criterion begins behind it; `\;` never does.
 */
export function parseCriteria(text: string): WrittenCriterion[] | CriterionFault {
  const parsed: WrittenCriterion[] = [];
  for (const part of partsOf(text)) {
    const one = parseOne(part.trim());
    if ('message' in one) return one;
    parsed.push(one);
  }
  return parsed;
}

function partsOf(text: string): string[] {
  const parts: string[] = [];
  let begun = 0;
  let quote: string | null = null;
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    if (quote !== null) {
      if (character === quote) quote = null;
    } else if (isQuote(character) && sign.test(text.slice(begun, index).trimEnd().slice(-1))) {
      // Only a quote that a value begins with: `Name=Bob's` has none.
      quote = character;
    } else if (character === '\\' && text.charAt(index + 1) === ';') {
      index++;
    } else if (character === ';' && beginning.test(text.slice(index + 1))) {
      parts.push(text.slice(begun, index));
      begun = index + 1;
    }
  }
  parts.push(text.slice(begun));
  return parts;
}

function isQuote(character: string): boolean {
  return character === '"' || character === "'";
}

function parseOne(text: string): WrittenCriterion | CriterionFault {
  const found = sign.exec(text);
  if (text === '')
    return { message: 'The criterion is empty.', hint: 'Write a field, an operator and a value: Name=Oslo' };
  if (!found)
    return {
      message: `"${text}" has no operator.`,
      hint: `Write a field, one of ${operators.join(' ')}, and a value: ${text}=…`,
    };
  const left = text.slice(0, found.index).trim();
  const operator = operators.find(each => each === found[0]) ?? '=';
  const rest = text.slice(found.index + found[0].length).trim();
  if (left === '')
    return {
      message: `"${text}" has no field in front of ${operator}.`,
      hint: 'Write for example: Name=Oslo',
    };
  const doubled = left.endsWith('!') ? '<>' : /^[=<>]/.test(rest) ? operator : null;
  if (doubled !== null)
    return {
      message: `"${text}" has an operator that does not exist.`,
      hint: `There are ${operators.join(' ')}. A value that begins with such a sign stands in quotes: ${left.replace(/!$/, '')}="…"`,
    };
  if (rest === '')
    return {
      message: `"${text}" has no value behind ${operator}.`,
      hint: `Write the value, or "" for an empty field: ${left}${operator}""`,
    };
  return { text, left, operator, value: unquoted(rest) };
}

function unquoted(value: string): string {
  const quote = value.charAt(0);
  if (value.length >= 2 && isQuote(quote) && value.endsWith(quote))
    return value.slice(1, -1).replaceAll(quote + quote, quote);
  return value.replace(/\\([;\\])/g, '$1');
}
