import type { JsonFault } from './json-text.ts';

/** What makes a text invalid JSON, thrown out of the walk through it. */
export class JsonSlip extends Error {
  readonly fault: JsonFault;
  constructor(offset: number, message: string, hint: string) {
    super(message);
    this.fault = { offset, message, hint };
  }
}

/** What stands right before a fault. */
export interface Standing {
  /** `{`, `[`, `,`, `:`, `name`, `value`; empty at the beginning. */
  readonly before: string;
  /** Where it stands; where it ends if it is a value. */
  readonly at: number;
  /** Where the innermost open bracket stands. */
  readonly opened: number | null;
}

const goodText = /"(?:[ !#-[\]-\uffff]+|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/y;
const word = /[^\s,:[\]{}"]+/y;

/** Says in a person's words what is wrong at `offset`, where a strict parser found its first fault. */
export function slipAt(text: string, offset: number, { before, at, opened }: Standing): JsonSlip {
  const found = text.charAt(offset);
  const inObject = opened !== null && text[opened] === '{';
  if (/^(?:#|\/[/*])/.test(text.slice(offset, offset + 2)))
    return new JsonSlip(offset, 'there is a comment', 'Delete it: JSON files cannot hold comments.');
  const slip = found === '"' ? slipInText(text, offset) : null;
  if (slip !== null) return slip;
  if (before === 'name') {
    const name = `"${JSON.parse(matchAt(goodText, text, at) + '"')}"`;
    return new JsonSlip(offset, `a colon is missing after ${name}`, `Write ${name}: and then the value.`);
  }
  if (before === 'value') return slipAfterValue(text, offset, at, opened);
  if (found === '' && opened === null)
    return new JsonSlip(0, 'the file is empty', 'The smallest config file is {}.');
  if (found === '' && opened !== null && inObject && before !== ':') return unclosed(text, opened);
  if (before === ',' && found === (inObject ? '}' : ']'))
    return new JsonSlip(
      at,
      `this comma is followed by ${found}`,
      'Delete the comma: JSON has none after the last value.',
    );
  if (inObject && before !== ':')
    return new JsonSlip(
      offset,
      'a name in double quotes is missing here',
      'Names stand in double quotes, as in "profiles": { … }.',
    );
  return missingValue(text, offset);
}

/** The file ends before the bracket at `opened` is closed. */
export function unclosed(text: string, opened: number): JsonSlip {
  return new JsonSlip(
    opened,
    `the file ends before this ${text.charAt(opened)} is closed`,
    'Look for the missing bracket.',
  );
}
