import type { SearchConfig, SearchField } from '../config/config.ts';
import type { Datatype } from '../datatypes/datatype.ts';
import { didYouMean } from '../problems/did-you-mean.ts';
import { SicError } from '../problems/sic-error.ts';

/** What is to be exported, as it was asked for: by the name of a search, or by flags alone. */
export interface Search {
  /** Names the answer: the search, else its datatype. */
  readonly name: string;
  /** It is one of the config's. */
  readonly isNamed: boolean;
  readonly of: SearchConfig['of'];
  /** null: all that an import takes. */
  readonly fields: readonly SearchField[] | null;
  /** The config's own criteria. */
  readonly fixed: readonly string[];
  /** Fields that `--where` may name; null: any. */
  readonly allowed: readonly string[] | null;
  readonly order: readonly string[];
  readonly cache: string | null;
}

/** The search of that name. Throws SicError 'usage' that names the known ones. */
export function searchNamed(searches: ReadonlyMap<string, SearchConfig>, name: string): Search {
  const config = searches.get(name);
  if (!config) throw unknownSearch(searches, name);
  return {
    name,
    isNamed: true,
    of: config.of,
    fields: config.fields,
    fixed: config.where,
    allowed: config.criteria,
    order: config.order,
    cache: config.cache,
  };
}

/** A datatype without a search. Throws SicError 'usage'. @param fields `--fields`, or null */
export function searchOf(datatype: Datatype, fields: readonly string[] | null): Search {
  const seen = new Set<string>();
  for (const name of fields ?? []) {
    if (seen.has(name)) throw new SicError('usage', `--fields names "${name}" twice.`);
    seen.add(name);
  }
  return {
    name: datatype.name,
    isNamed: false,
    of: { kind: 'datatype', datatype: datatype.name },
    fields: fields?.map(name => ({ name, expression: name })) ?? null,
    fixed: [],
    allowed: null,
    order: [],
    cache: null,
  };
}

function unknownSearch(searches: ReadonlyMap<string, SearchConfig>, name: string): SicError {
  const known = [...searches.keys()];
  if (known.length === 0)
    return new SicError('usage', `There is no search "${name}": the config names none.`, {
      hint: 'Write it under "searches" in sic.config.json, or export without one: sic export --datatype Company',
    });
  const near = didYouMean(name, known);
  return new SicError('usage', `There is no search "${name}".`, {
    hint: `${near === null ? '' : `Did you mean "${near}"? `}Known are: ${known.join(', ')}. sic searches tells more.`,
  });
}
