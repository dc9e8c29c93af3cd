import type { Field } from '../../datatypes/field.ts';
import { fileText } from '../../records/file-text.ts';
import { numberText, type PlainValue } from '../../records/value.ts';
import type { SuperOfficeList } from '../../superoffice/superoffice.ts';

/** What the file wants a field to be. */
export interface Wanted {
  readonly field: Field;
  readonly value: PlainValue;
  /** For people; null = empty. */
  readonly text: string | null;
  /** List values that have to be added first; their ids then join (`lists`) or become (`list`) the value. */
  readonly add: readonly { readonly list: SuperOfficeList; readonly name: string }[];
  /** A parent that this run would create: the value is its id only once it exists (dry run). */
  readonly planned?: true;
  /** Values of one group are written together as soon as one of them differs: SuperOffice works one out of another. */
  readonly group?: string;
  /** Follows from what the row says: alone it is no reason to write, only with its group or a new record. */
  readonly follows?: true;
  /** The user who stands in for one that SuperOffice does not know. */
  readonly standIn?: true;
}

/**
 * Two values are the same when their comparable forms are equal. SuperOffice keeps no difference between an empty
 * number and 0, an unticked and a never-ticked box, no list item and item 0, CRLF and LF.
 */
export function comparable(field: Field, value: PlainValue): string {
  if (Array.isArray(value)) return [...value].sort((a, b) => a - b).join(',');
  switch (field.kind) {
    case 'boolean':
      return value === true ? 'true' : 'false';
    case 'decimal':
      // What is worked out of other numbers differs from what was typed in the last binary digits.
      return numberText(Number(Number(value ?? 0).toPrecision(14)));
    case 'integer':
    case 'list':
    case 'associate':
    case 'country':
    case 'relation':
      return String(value ?? 0);
    default:
      // What a file cannot say of a text is no difference, whatever SuperOffice holds.
      return fileText(String(value ?? ''));
  }
}

/** Items of a list are only ever added to those that are there: both together, each once. */
export function idsTogether(before: PlainValue, wanted: PlainValue): readonly number[] {
  const ids = (value: PlainValue): readonly number[] => (Array.isArray(value) ? value : []);
  return [...new Set([...ids(before), ...ids(wanted)])];
}
