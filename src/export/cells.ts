import type { OutputCell } from '../formats/write/row-writer.ts';
import type { Held } from '../records/value.ts';
import type { Expression } from './expression/expression.ts';

/** A value in both its forms: as a file says it, and with its real type. */
export function cellOf({ type, field }: Expression, { text, value }: Held): OutputCell {
  if (text === null) return { text: '', typed: field?.needed || isHeld(value) ? '' : null };
  if (type === 'number') return { text, typed: Number(value) };
  if (type === 'boolean') return { text, typed: value === true };
  return { text, typed: text };
}

/**
 * Something that a file has no words for, such as a parent without a key. A null would say that there is nothing, and an
 * import of the file would clear the field, or refuse to.
 */
function isHeld(value: Held['value']): boolean {
  return value !== null && value !== 0 && value !== '';
}

/** A text that is what it is. */
export function textCell(text: string): OutputCell {
  return { text, typed: text };
}
