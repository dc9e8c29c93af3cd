/** The comparisons that the hosted service has (integration-cloud.md, section 7), as people are told of them. */
export const operators = ['=', '<>', '>', '>=', '<', '<='] as const;
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
  /** A `;` parts it from another one, and may have been meant as part of a value. */
  readonly isJoined: boolean;
}

/** What is wrong with a criterion: a sentence, and what to do. */
export interface CriterionFault {
  readonly message: string;
  readonly hint: string;
}

/** The longest first. */
const sign = /<>|>=|<=|=|<|>/;

/** What ends the words in which another criterion would begin. */
const endOfWords = /[;=<>'"\\]/;

const example = 'Write a field, an operator and a value: Name=Oslo';

/**
 * Reads `[FieldName][Operator][Value]`, several of them parted by `;`. The value is the rest: blanks around it do not count,
 * and in single or double quotes everything in it does (a quote inside is written twice). A `;` parts only where another
 * criterion begins behind it, or nothing does; in a value `\;` never parts, and `\\` is one backslash.
 */
export function parseCriteria(written: string): WrittenCriterion[] | CriterionFault {
  const text = written.trimEnd();
  const parsed: CutCriterion['criterion'][] = [];
  let begun = 0;
  do {
    const one = criterionAt(text, begun);
    if ('message' in one) return one;
    parsed.push(one.criterion);
    begun = one.next;
  } while (begun < text.length);
  return parsed.map(one => ({ ...one, isJoined: parsed.length > 1 }));
}

/** One criterion, and where the next one begins. The text does not end with blanks. */
interface CutCriterion {
  readonly criterion: Omit<WrittenCriterion, 'isJoined'>;
  readonly next: number;
}

function criterionAt(text: string, begun: number): CutCriterion | CriterionFault {
  const rest = text.slice(begun);
  const found = sign.exec(rest);
  if (!found) return withoutOperator(rest.trim());
  const left = rest.slice(0, found.index).trim();
  const operator = operators.find(each => each === found[0]) ?? '=';
  const cut = valueAt(text, begun + found.index + found[0].length);
  const written = text.slice(begun, cut.end).trim();
  if (left === '') return { message: `"${written}" has no field in front of ${operator}.`, hint: example };
  const odd = oddOperator(left, operator, written, cut);
  if (odd) return odd;
  if (cut.fault !== null) return cut.fault(left + operator, written);
  if (cut.value === '' && !cut.isQuoted)
    return {
      message: `"${written}" has no value behind ${operator}.`,
      hint: `Write the value, or "" for an empty field: ${left}="" (in a shell '${left}=""', which keeps the quotes).`,
    };
  return { criterion: { text: written, left, operator, value: cut.value }, next: cut.end + 1 };
}

function withoutOperator(text: string): CriterionFault {
  if (text === '') return { message: 'The criterion is empty.', hint: example };
  const isWord = /^[\p{L}\d_]+$/u.test(text);
  return {
    message: `"${text}" has no operator.`,
    hint: `Write a field, one of ${operators.join(' ')} and a value: ${isWord ? `${text}=…` : 'Name=Oslo'}`,
  };
}

/** `!=`, `==` and `=>`: what other languages have, or a value that looks like it. */
function oddOperator(
  left: string,
  operator: Operator,
  text: string,
  { value, isQuoted }: CutValue,
): CriterionFault | null {
  if (left.endsWith('!'))
    return {
      message: `"${text}" has the operator !${operator}, which does not exist.`,
      hint: `There are ${operators.join(' ')}. Write ${left.slice(0, -1).trim()}<>${value}`,
    };
  const [second = ''] = /^[=<>]+/.exec(value) ?? [];
  if (second === '' || isQuoted) return null;
  const meant = operators.find(each => each === second + operator) ?? operator;
  return {
    message: `"${text}" has the operator ${operator}${second}, which does not exist.`,
    hint: `There are ${operators.join(' ')}. Write ${left}${meant}${value.slice(second.length)}, or ${left}${operator}"${value}" for a value that begins with ${second}.`,
  };
}

/** A value, and where its criterion ends: at a `;`, or at the end of the text. */
interface CutValue {
  readonly value: string;
  readonly isQuoted: boolean;
  readonly end: number;
  /** What is wrong with its quotes; null: nothing. */
  readonly fault: ((front: string, written: string) => CriterionFault) | null;
}

function valueAt(text: string, start: number): CutValue {
  let at = start;
  while (/\s/.test(text.charAt(at))) at++;
  return text.charAt(at) === '"' || text.charAt(at) === "'" ? quotedAt(text, at) : bareAt(text, at);
}

function bareAt(text: string, start: number): CutValue {
  let value = '';
  let at = start;
  for (; at < text.length; at++) {
    const character = text.charAt(at);
    const next = text.charAt(at + 1);
    if (character === '\\' && (next === ';' || next === '\\')) {
      value += next;
      at++;
      continue;
    }
    if (character === ';' && endsAt(text.slice(at + 1))) break;
    value += character;
  }
  return { value: value.trim(), isQuoted: false, end: at, fault: null };
}

/** Whether nothing is behind a `;`, or another criterion: words, one of them with a letter, up to an operator. */
function endsAt(behind: string): boolean {
  if (behind === '') return true;
  const stop = behind.search(endOfWords);
  return stop >= 0 && '=<>'.includes(behind.charAt(stop)) && /[\p{L}_]/u.test(behind.slice(0, stop));
}

function quotedAt(text: string, start: number): CutValue {
  const quote = text.charAt(start);
  const other = quote === '"' ? "'" : '"';
  let value = '';
  for (let at = start + 1; at < text.length; at++) {
    if (text.charAt(at) !== quote) {
      value += text.charAt(at);
      continue;
    }
    if (text.charAt(at + 1) === quote) {
      value += quote;
      at++;
      continue;
    }
    const behind = text.slice(at + 1);
    const blanks = behind.length - behind.trimStart().length;
    const isEnd = behind.trim() === '' || behind.trimStart().startsWith(';');
    return {
      value,
      isQuoted: true,
      end: isEnd ? at + 1 + blanks : text.length,
      fault: isEnd
        ? null
        : (front, written) => ({
            message: `"${written}" has something behind the quote that ends its value.`,
            hint: `Put quotes around all of it: ${front}${other}${text.slice(start).trim()}${other}`,
          }),
    };
  }
  return {
    value,
    isQuoted: true,
    end: text.length,
    fault: (front, written) => ({
      message: `"${written}" opens a quote that never ends.`,
      hint: `Close it, or put the other quotes around a value that begins with one: ${front}${other}${text.slice(start).trim()}${other}`,
    }),
  };
}
