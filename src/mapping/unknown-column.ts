import type { Datatype } from '../datatypes/datatype.ts';
import type { Field } from '../datatypes/field.ts';
import { datatypes } from '../datatypes/index.ts';
import { isCustomColumn } from '../datatypes/udef.ts';
import { didYouMean } from '../problems/did-you-mean.ts';

/** What a column that no field answers to is likely to be. */
export interface Guess {
  /** True when only the letter case is wrong. */
  readonly caseOnly: boolean;
  /** The name that was probably meant, or null. */
  readonly name: string | null;
  /** A sentence for people; '' when there is nothing to say. */
  readonly sentence: string;
}

/** Every column name of a datatype that a file may use, aliases too; more-page names are endless and not among them. */
export function columnNames(datatype: Datatype): Map<string, Field> {
  const names = new Map<string, Field>();
  for (const field of datatype.fields)
    for (const name of [field.name, ...(field.aliases ?? [])]) names.set(name, field);
  return names;
}

/** Guesses what `wrong` was meant to be on this datatype. */
export function guessColumn(wrong: string, datatype: Datatype): Guess {
  const known = [datatype.keyField, 'IntegrationID', 'IntegrationIDCheck', ...columnNames(datatype).keys()];
  const sameLetters = known.find(name => name.toLowerCase() === wrong.trim().toLowerCase());
  const spelling = sameLetters ?? respelledUdef(wrong.trim(), datatype);
  if (spelling !== null)
    return { caseOnly: true, name: spelling, sentence: `Its exact spelling is "${spelling}".` };
  const owner = datatypes.find(other => other !== datatype && owns(other, wrong));
  if (owner) return guess(null, `It is a column of ${owner.name}.`);
  const near = didYouMean(wrong, known);
  return near === null ? guess(null, '') : guess(near, `Did you mean "${near}"?`);
}

function guess(name: string | null, sentence: string): Guess {
  return { caseOnly: false, name, sentence };
}

function owns(datatype: Datatype, column: string): boolean {
  return isCustomColumn(datatype, column) || columnNames(datatype).has(column);
}

/** `compusertext01` → `CompUserText01`: the letters after `User` are one word. */
function respelledUdef(wrong: string, datatype: Datatype): string | null {
  if (datatype.custom.kind !== 'udef') return null;
  const { prefix } = datatype.custom;
  const parts = new RegExp(`^${prefix}User([A-Z])([A-Z]*)(\\d{2})$`, 'i').exec(wrong);
  if (!parts) return null;
  const [, first = '', rest = '', digits = ''] = parts;
  return `${prefix}User${first.toUpperCase()}${rest.toLowerCase()}${digits}`;
}
