import type { Config, SearchField } from '../config/config.ts';
import { SicError } from '../problems/sic-error.ts';
import type { Expression } from './expression/expression.ts';
import { fieldExpression } from './expression/field-expression.ts';
import { constantExpression, parseExpression } from './expression/parse.ts';
import type { Source } from './source/source.ts';
import type { Place } from './where/criteria.ts';

/** One column of an export. */
export interface OutputColumn {
  readonly name: string;
  readonly expression: Expression;
}

/**
 * The columns that were asked for; without any, all that an import takes back. Throws SicError for a field that is not
 * there or that nothing can be read of.
 */
export function outputColumns(
  fields: readonly SearchField[] | null,
  source: Source,
  config: Config,
  place: Place,
): OutputColumn[] {
  const { integrationId } = config;
  if (fields === null) {
    const columns = source.everything.map(field => ({
      name: field.name,
      expression: fieldExpression(field, field.name),
    }));
    // An import of the file would ask for them.
    return integrationId === null
      ? columns
      : [control('IntegrationID', integrationId), ...columns, control('IntegrationIDCheck', integrationId)];
  }
  return fields.map(({ name, expression }) => {
    if (isControl(expression)) return control(name, integrationId ?? '');
    const parsed = parseExpression(expression, source.find);
    if (parsed.ok) return { name, expression: parsed.expression };
    throw new SicError(place.code, `${place.shown} names "${expression}": ${parsed.why}`);
  });
}

function isControl(expression: string): boolean {
  return /^IntegrationID(?:Check)?$/.test(expression);
}

/** The customer's id, first and last in every row. */
function control(name: string, integrationId: string): OutputColumn {
  return { name, expression: constantExpression(name, integrationId) };
}
