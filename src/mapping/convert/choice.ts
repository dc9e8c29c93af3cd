import type { Choice } from '../../datatypes/field.ts';
import { orList } from '../../problems/or-list.ts';
import { type Conversion, fault, shown } from './conversion.ts';

/** The word that SuperOffice has for it; letter case does not count, since these words are nobody's data. */
export function toChoice(cell: string, choices: readonly Choice[]): Conversion<string> {
  const wanted = cell.toLowerCase();
  const found = choices.find(({ name, aliases = [] }) =>
    [name, ...aliases].some(word => word.toLowerCase() === wanted),
  );
  if (found) return { ok: true, value: found.name };
  return fault(
    'not-a-choice',
    `${shown(cell)} is none of the words this field knows.`,
    `Write ${orList(choices.flatMap(({ name, aliases = [] }) => [name, ...aliases]))}.`,
  );
}
