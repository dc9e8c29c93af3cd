import type { Field } from '../../datatypes/field.ts';
import { didYouMean } from '../../problems/did-you-mean.ts';
import type { Expression } from './expression.ts';
import { fieldExpression } from './field-expression.ts';
import { applied, exportFunctions } from './functions.ts';

/** Either an expression, or why there is none: the end of a sentence that names it. */
export type Parsed = { readonly ok: true; readonly expression: Expression } | ParseFault;

export interface ParseFault {
  readonly ok: false;
  readonly why: string;
}

/** The field of that name, or why there is none. */
export type FindField = (
  name: string,
) => { readonly field: Field } | { readonly field: null; readonly why: string };

/** `CreatedDate`, `year(CreatedDate)`, or a text in single quotes, which is the same in every row. */
export function parseExpression(text: string, find: FindField): Parsed {
  const written = text.trim();
  const [, constant] = /^'(.*)'$/s.exec(written) ?? [];
  if (constant !== undefined) return { ok: true, expression: constantExpression(written, constant) };
  const [, name, argument] = /^([A-Za-z]+)\s*\((.*)\)$/s.exec(written) ?? [];
  if (name === undefined || argument === undefined) {
    const found = find(written);
    return found.field === null
      ? { ok: false, why: found.why }
      : { ok: true, expression: fieldExpression(found.field, written) };
  }
  return functionOf(written, name, argument.trim(), find);
}

function functionOf(written: string, name: string, argument: string, find: FindField): Parsed {
  const known = Object.keys(exportFunctions);
  const made = Object.hasOwn(exportFunctions, name.toLowerCase())
    ? exportFunctions[name.toLowerCase()]
    : undefined;
  if (!made) {
    const near = didYouMean(name, known);
    const advice = near === null ? `Known are ${known.join(', ')}.` : `Did you mean ${near}(${argument})?`;
    return { ok: false, why: `there is no function "${name}". ${advice}` };
  }
  if (argument === '') return { ok: false, why: `${name} takes a field: ${name}(CreatedDate).` };
  const found = find(argument);
  if (found.field === null) return { ok: false, why: found.why };
  const inner = fieldExpression(found.field, argument);
  if (!made.takes.includes(inner.type))
    return { ok: false, why: `${name} cannot be taken of ${argument}: it takes ${made.takesWhat}.` };
  return {
    ok: true,
    expression: {
      text: written,
      type: made.gives,
      field: found.field,
      function: name.toLowerCase(),
      valueOf: (record, names) => applied(made, inner.valueOf(record, names)),
    },
  };
}

/** The same in every row. */
export function constantExpression(written: string, value: string): Expression {
  const held = { value, text: value === '' ? null : value };
  return { text: written, type: 'text', field: null, function: null, valueOf: () => held };
}
