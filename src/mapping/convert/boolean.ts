import { type Conversion, fault, shown } from './conversion.ts';

/** TRUE or FALSE in any letter case, as the hosted service writes them; `1`, `yes`, `ja` are refused, never guessed. */
export function toBoolean(cell: string): Conversion<boolean> {
  const word = cell.toLowerCase();
  if (word === 'true') return { ok: true, value: true };
  if (word === 'false') return { ok: true, value: false };
  return fault(
    'not-a-boolean',
    `${shown(cell)} is neither TRUE nor FALSE.`,
    'Write TRUE or FALSE, or give the column a value table in the config, such as { "Ja": "TRUE", "Nej": "FALSE" }.',
  );
}
