import { type ErrorCode, SicError } from '../../problems/sic-error.ts';
import type { Existing } from '../../records/current.ts';
import type { Names } from '../../records/names.ts';
import type { Held } from '../../records/value.ts';
import type { Expression } from '../expression/expression.ts';
import type { Parsed } from '../expression/parse.ts';
import { type LookUp, operandOf } from './operand-of.ts';
import { parseCriteria, type WrittenCriterion } from './parse.ts';
import type { Comparison } from './push.ts';
import { testOf } from './test.ts';

/** A criterion as written, and where: in a flag or in the config. */
export interface PlacedCriterion extends WrittenCriterion {
  readonly place: Place;
}

export interface Place {
  /** Begins a sentence: `--where`, `searches.TestData.where`. */
  readonly shown: string;
  readonly code: Extract<ErrorCode, 'usage' | 'config'>;
}

/** A criterion whose left side is known. */
export interface Criterion extends PlacedCriterion {
  readonly expression: Expression;
}

/** Reads criteria. Throws SicError for the first that is not one. */
export function readCriteria(texts: readonly string[], place: Place): PlacedCriterion[] {
  return texts.flatMap(text => {
    const parsed = parseCriteria(text);
    if ('message' in parsed) throw refused(place, parsed.message, parsed.hint);
    return parsed.map(criterion => ({ ...criterion, place }));
  });
}

/** Finds out what the left side means. Throws SicError for a field that is not there. */
export function understood(criterion: PlacedCriterion, parse: (left: string) => Parsed): Criterion {
  const { left, text, place, isJoined } = criterion;
  const parsed = parse(left);
  if (!parsed.ok)
    throw refused(
      place,
      `"${text}" names "${left}": ${parsed.why}`,
      'A ; that belongs to a value is written \\; or the value stands in quotes.',
      isJoined,
    );
  return { ...criterion, expression: parsed.expression };
}

/** Reads the value. Throws SicError for one that the field cannot have, SuperOfficeError. */
export async function comparison(criterion: Criterion, lookUp: LookUp): Promise<Comparison> {
  const { expression, operator, text, place } = criterion;
  const found = await operandOf(criterion, expression, lookUp);
  if (!found.ok) throw refused(place, `"${text}": ${found.why}.`, found.hint);
  const { operand } = found;
  return { expression, operator, operand, test: testOf(expression, operator, operand) };
}

/** Does a record satisfy all of them? */
export function satisfies(comparisons: readonly Comparison[], record: Existing, names: Names): boolean {
  return comparisons.every(({ expression, test }) => {
    const held: Held = expression.valueOf(record, names);
    return test(held);
  });
}

function refused({ shown, code }: Place, what: string, hint: string, hintFits = true): SicError {
  return new SicError(code, `${shown}: ${what}`, hintFits ? { hint } : {});
}
