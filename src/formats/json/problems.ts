import type { Problem } from '../../problems/problem.ts';
import { deepest, elementEnd, incomplete, tooDeep } from './element.ts';
import { excerpt, plainExcerpt } from './excerpt.ts';
import { findFault } from './fault.ts';
import { recordProperty } from './record-property.ts';

const objectTip =
  'Write each record as an object of names and values, such as {"CompUserKey01": "C-12", "Name": "Nordic Ltd"}.';

/** The record is no JSON: says where and why. */
export function notValid(text: string, record: Uint8Array): Problem {
  const end = elementEnd(record, 0, record.length, true);
  if (end === tooDeep) return tooNested();
  const fault = findFault(text);
  if (fault === null) return badJson(null, 'The record is no valid JSON.', objectTip);
  if (fault.cutOff && end === incomplete)
    return badJson(
      plainExcerpt(text, Math.max(0, text.length - 20)),
      'The record was cut: it ends before its closing }.',
      'Fetch the file again, or check whether the program that writes it was done. Each record stands whole on one line.',
    );
  return badJson(
    plainExcerpt(text, fault.offset),
    `The record is no valid JSON: ${fault.what}, at ${placeIn(text, fault.offset)}: ${excerpt(text, fault.offset)}.`,
    fault.tip,
  );
}

export function tooNested(): Problem {
  return badJson(null, `The record is nested more than ${deepest} levels deep.`, objectTip);
}

/** "character 17", or "character 5 of its line 3". */
function placeIn(text: string, offset: number): string {
  const lines = text.slice(0, offset).split('\n');
  const character = `character ${(lines.at(-1)?.length ?? 0) + 1}`;
  return lines.length === 1 ? character : `${character} of its line ${lines.length}`;
}

/** The record is JSON, but of another kind. */
export function notAnObject(text: string): Problem {
  const what = text.startsWith('[') ? 'a list' : text.startsWith('"') ? 'a text' : plainExcerpt(text, 0);
  return badJson(plainExcerpt(text, 0), `The record is ${what}, not an object.`, objectTip);
}

/** A record of a reject file that nobody has mended yet. */
export function stillBroken(text: unknown, reason: Problem | null): Problem {
  const why = reason === null ? '' : ` ${reason.message}`;
  return badJson(
    typeof text === 'string' ? plainExcerpt(text, 0) : null,
    `The record still stands in ${recordProperty} as a text.${why}`,
    `Write its properties in place of ${recordProperty}${reason === null ? '.' : `. ${reason.tip}`}`,
  );
}

export function duplicateProperty(name: string): Problem {
  return {
    field: name,
    value: null,
    code: 'duplicate-property',
    message: 'The property stands twice in the record.',
    tip: 'Remove or rename one of them, so that it is clear which value counts.',
  };
}

/** `json`: the value as it stands in the file. */
export function nested(name: string, json: string): Problem {
  const isList = json.startsWith('[');
  return {
    field: name,
    value: plainExcerpt(json, 0),
    code: 'nested-value',
    message: isList
      ? 'The value is a list of more than plain texts and numbers.'
      : 'The value is an object, but a property holds one plain value.',
    tip: isList
      ? 'A list may hold texts without | and numbers: they are taken together, joined by |.'
      : 'Write each value of the inner object as a property of the record itself.',
  };
}

export function halfCharacter(name: string, value: string): Problem {
  return {
    field: name,
    value: null,
    code: 'bad-encoding',
    message: `The text holds half a character: ${excerpt(JSON.stringify(value), 0)}.`,
    tip: 'The text was cut in the middle of an emoji or a rare letter: have the program that writes it cut elsewhere.',
  };
}

function badJson(value: string | null, message: string, tip: string): Problem {
  return { field: null, value, code: 'bad-json', message, tip };
}
