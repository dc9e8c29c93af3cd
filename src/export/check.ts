import type { Config } from '../config/config.ts';
import { datatypeNamed } from '../datatypes/index.ts';
import type { FieldNames } from '../datatypes/udef.ts';
import { SicError } from '../problems/sic-error.ts';
import { outputColumns } from './columns.ts';
import { readOrder } from './order/order.ts';
import { parserOf, placeOf, writtenCriteria } from './plan.ts';
import type { Search } from './search.ts';
import { archiveSource } from './source/archive-source.ts';
import { datatypeSource } from './source/datatype-source.ts';
import { understood } from './where/criteria.ts';

/** What is wrong with a search, as far as it can be told without SuperOffice; null: nothing. */
export function searchFault(search: Search, config: Config, fieldNames: FieldNames): SicError | null {
  const { of } = search;
  const datatype = of.kind === 'datatype' ? datatypeNamed(of.datatype) : null;
  const source =
    of.kind === 'archive'
      ? archiveSource({ ...of, columns: null })
      : datatype &&
        datatypeSource(datatype, { layout: null, fieldNames, earningMethod: config.earningMethod });
  if (!source) return null;
  try {
    const place = placeOf(search, 'fields', '--fields');
    // Whether files are to be saved is said by a flag.
    const withFiles = search.fields?.some(({ expression }) => expression === 'AttachmentNames') ?? false;
    const columns = outputColumns(search.fields, source, { config, place, withFiles });
    const parse = parserOf(columns, source);
    for (const criterion of writtenCriteria(search, [])) understood(criterion, parse);
    for (const name of search.allowed ?? []) {
      const parsed = parse(name);
      if (!parsed.ok)
        throw new SicError(
          'config',
          `${placeOf(search, 'criteria', '--where').shown} names "${name}": ${parsed.why}`,
        );
    }
    readOrder(search.order, parse, placeOf(search, 'order', '--order'));
    return null;
  } catch (error) {
    if (error instanceof SicError) return error;
    throw error;
  }
}
