import type { Datatype } from '../datatypes/datatype.ts';
import type { Field } from '../datatypes/field.ts';
import { type FieldNames, type UdefLayout, type UdefProblem, udefFields } from '../datatypes/udef.ts';
import type { ColumnFaultKind } from './column-faults.ts';
import { columnNames, guessColumn } from './unknown-column.ts';

/** The field that answers to a name, or why none does. */
export type Lookup =
  | { readonly field: Field }
  | {
      readonly field: null;
      readonly kind: ColumnFaultKind;
      /** Ends a sentence that names the column. */
      readonly why: string;
      /** The name that was probably meant, or null. */
      readonly meant: string | null;
    };

/** Answers for standard fields, their aliases, and those more-page fields that are among `names`. */
export function fieldLookup(
  datatype: Datatype,
  names: Iterable<string>,
  layout: UdefLayout,
  fieldNames: FieldNames,
): (name: string) => Lookup {
  const known = columnNames(datatype);
  const udefs = udefFields(datatype, new Set(names), layout, fieldNames);
  for (const field of udefs.fields) known.set(field.name, field);
  const problems = new Map(udefs.problems.map(problem => [problem.column, problem]));
  return name => {
    const field = known.get(name);
    if (field && field.slot.at !== 'readonly') return { field };
    if (field) return { field: null, kind: 'read-only', why: 'SuperOffice fills it in itself.', meant: name };
    const problem = problems.get(name);
    if (problem) return udefRefusal(datatype, problem);
    const guess = guessColumn(name, datatype);
    return {
      field: null,
      kind: guess.caseOnly ? 'spelling' : 'unknown',
      why: `${datatype.name} has no such column. ${guess.sentence}`,
      meant: guess.name,
    };
  };
}

function udefRefusal(datatype: Datatype, { column, progId, code, nearest }: UdefProblem): Lookup {
  const isKey = column === datatype.keyField;
  const what =
    datatype.custom.kind === 'udef'
      ? `more-page field with the Prog ID "${progId}"`
      : `extra field "${progId}" of a type that sic can write`;
  const why =
    code === 'not-a-key'
      ? `the ${what} is no text field in SuperOffice.`
      : `SuperOffice has no ${what} on ${datatype.entity}.`;
  const near = nearest === null ? '' : ` It has "${nearest}": the letter case differs.`;
  return { field: null, kind: isKey ? 'key-prog-id' : 'prog-id', why: `${why}${near}`, meant: column };
}
