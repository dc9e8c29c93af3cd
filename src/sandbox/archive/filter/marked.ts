import { badRequest } from '../refusal.ts';
import type { Literal } from './syntax.ts';

const invariantDate = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?: (\d{2}:\d{2}:\d{2})(?:\.\d+)?)?$/;

/** Values of an encoded text `[I:10]`, `[A:3,4]`, `[D:11/30/2011]` (reading.md, section 11.2). */
export function decodeMarked(marker: string, value: string): readonly Literal[] {
  switch (marker) {
    case 'I':
    case 'F':
    case 'M':
    case 'TS':
      return [{ kind: 'number', text: value }];
    case 'A':
      return value
        .split(',')
        .filter(text => text.trim() !== '')
        .map(text => ({ kind: 'number', text: text.trim() }));
    case 'D':
    case 'DT': {
      const match = invariantDate.exec(value);
      if (!match) throw badRequest(`'[${marker}:${value}]' is not a date; month/day/year was expected.`);
      const [, month = '', day = '', year = '', time = '00:00:00'] = match;
      return [{ kind: 'text', text: `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}T${time}` }];
    }
    default:
      throw badRequest(`Values marked '[${marker}:' cannot be used in a filter.`);
  }
}

/** A value of the array form: always a text, encoded or plain. */
export function decodeValue(text: string): readonly Literal[] {
  const match = /^\[([A-Z]{1,2}):([^\]]*)\]$/.exec(text);
  return match ? decodeMarked(match[1] ?? '', match[2] ?? '') : [{ kind: 'text', text }];
}
