import type { Config, SearchField } from '../config/config.ts';
import type { Field } from '../datatypes/field.ts';
import { SicError } from '../problems/sic-error.ts';
import type { Expression } from './expression/expression.ts';
import { fieldExpression } from './expression/field-expression.ts';
import { constantExpression, parseExpression } from './expression/parse.ts';
import type { Source } from './source/source.ts';
import type { Place } from './where/criteria.ts';

export interface ColumnOptions {
  readonly config: Config;
  /** Where the fields were named. */
  readonly place: Place;
  readonly withFiles: boolean;
}

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
  { config: { integrationId }, place, withFiles }: ColumnOptions,
): OutputColumn[] {
  const files = source.datatype?.fields.filter(({ kind }) => kind === 'file' || kind === 'files') ?? [];
  if (withFiles && files.length === 0)
    throw new SicError(
      'usage',
      `--with-files saves the files of documents and messages; ${source.row} has none.`,
      {
        hint: 'Leave it out.',
      },
    );
  if (fields === null) {
    const all = withFiles ? new Set([...source.everything, ...files]) : source.everything;
    const columns = [...all].map(field => ({
      name: field.name,
      expression: fieldExpression(field, field.name),
    }));
    // An import of the file would ask for them.
    return integrationId === null
      ? columns
      : [control('IntegrationID', integrationId), ...columns, control('IntegrationIDCheck', integrationId)];
  }
  const isNamed = ({ name }: Field): boolean => fields.some(({ expression }) => expression === name);
  if (withFiles && !files.some(isNamed))
    throw new SicError(
      place.code,
      `${place.shown} lacks ${files[0]?.name}, the column that names the saved files.`,
      {
        hint: `Add ${files[0]?.name}, or leave out --with-files.`,
      },
    );
  const lost = withFiles ? undefined : files.find(field => field.kind === 'files' && isNamed(field));
  if (lost)
    throw new SicError(
      place.code,
      `${place.shown} names "${lost.name}", which is known once the files are saved.`,
      {
        hint: 'Add --with-files and a folder for them.',
      },
    );
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
