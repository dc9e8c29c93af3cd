import type { OutputCell } from '../formats/write/row-writer.ts';
import type { Held } from '../records/value.ts';
import type { Expression } from './expression/expression.ts';

/** A value in both its forms: as a file says it, and with its real type. */
export function cellOf({ type }: Expression, { text, value }: Held): OutputCell {
  if (text === null) return { text: '', typed: null };
  if (type === 'number') return { text, typed: Number(value) };
  if (type === 'boolean') return { text, typed: value === true };
  return { text, typed: text };
}

/** A text that is what it is. */
export function textCell(text: string): OutputCell {
  return { text, typed: text === '' ? null : text };
}
