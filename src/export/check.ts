import type { Config } from '../config/config.ts';
import { datatypeNamed } from '../datatypes/index.ts';
import type { FieldNames } from '../datatypes/udef.ts';
import { SicError } from '../problems/sic-error.ts';
import { type OutputColumn, outputColumns } from './columns.ts';
import { readOrder } from './order/order.ts';
import { parserOf, placeOf } from './plan.ts';
import type { Search } from './search.ts';
import { archiveSource } from './source/archive-source.ts';
import { datatypeSource } from './source/datatype-source.ts';
import type { Source } from './source/source.ts';
import { readCriteria, understood } from './where/criteria.ts';

/** All that is wrong with a search, as far as it can be told without SuperOffice. */
export function searchFaults(search: Search, config: Config, fieldNames: FieldNames): SicError[] {
  const source = sourceOf(search, config, fieldNames);
  if (!source) return [];
  const faults: SicError[] = [];
  const tried = <T>(work: () => T): T | null => {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof SicError)) throw error;
      faults.push(error);
      return null;
    }
  };
  const place = (setting: string) => placeOf(search, setting, `--${setting}`);
  // Whether files are to be saved is said by a flag.
  const withFiles = search.fields?.some(({ expression }) => expression === 'AttachmentNames') ?? false;
  const columns: OutputColumn[] = [];
  for (const field of search.fields ?? []) {
    const options = {
      config,
      place: place('fields'),
      withFiles: withFiles && field.expression === 'AttachmentNames',
    };
    columns.push(...(tried(() => outputColumns([field], source, options)) ?? []));
  }
  // A column that was told already need not be told again where it is used.
  const wrong = new Set(
    search.fields?.map(({ name }) => name).filter(name => !columns.some(each => each.name === name)),
  );
  const parse = parserOf(columns, source);
  for (const text of search.fixed)
    for (const criterion of tried(() => readCriteria([text], place('where'))) ?? [])
      if (!wrong.has(criterion.left)) tried(() => understood(criterion, parse));
  for (const name of search.allowed ?? []) {
    if (wrong.has(name)) continue;
    const parsed = parse(name);
    const { shown, code } = place('criteria');
    if (!parsed.ok) faults.push(new SicError(code, `${shown} names "${name}": ${parsed.why}`));
  }
  for (const text of search.order.flatMap(each => each.split(',')))
    if (!wrong.has(text.trim().replace(/\s+(?:asc|desc)$/i, '')))
      tried(() => readOrder([text], parse, place('order')));
  return faults;
}

function sourceOf({ of }: Search, config: Config, fieldNames: FieldNames): Source | null {
  if (of.kind === 'archive') return archiveSource({ ...of, columns: null });
  const datatype = datatypeNamed(of.datatype);
  const { earningMethod } = config;
  return datatype && datatypeSource(datatype, { layout: null, fieldNames, earningMethod });
}
