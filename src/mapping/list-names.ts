import { datatypes } from '../datatypes/index.ts';
import { isCustomColumn } from '../datatypes/udef.ts';
import { didYouMean } from '../problems/did-you-mean.ts';
import { SicError } from '../problems/sic-error.ts';

/**
 * Refuses a policy for a list that no column has: mistyped, it would silently let values be added that should not be.
 * @param names the keys of "lists" in the config: columns, or lists as SuperOffice names them
 * @throws SicError `config`
 */
export function requireKnownLists(names: Iterable<string>): void {
  const columns = datatypes.flatMap(datatype => datatype.fields).filter(field => field.list !== undefined);
  const known = new Set(columns.flatMap(field => [field.name, field.list ?? field.name]));
  for (const name of names) {
    if (known.has(name) || /^udlist\d+$/.test(name)) continue;
    if (datatypes.some(datatype => isCustomColumn(datatype, name))) continue;
    const near = didYouMean(name, known);
    throw new SicError('config', `"lists" in the config names "${name}", but no column has such a list.`, {
      hint: `${near === null ? '' : `Did you mean "${near}"? `}Write the column: ${[...new Set(columns.map(field => field.name))].join(', ')}, or a more-page column such as CompUserList01.`,
    });
  }
}
