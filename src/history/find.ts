import { didYouMean } from '../problems/did-you-mean.ts';
import { SicError } from '../problems/sic-error.ts';

/** How many ids a message names. */
const mostNamed = 5;

/**
 * The id that is meant by the beginning of one, or by `last`: the newest, unless `last` finds another. `ids`: oldest first.
 * Throws SicError 'usage' where there is none, or more than one.
 */
export async function findRun(
  wanted: string,
  ids: readonly string[],
  profile: string,
  last?: () => Promise<string>,
): Promise<string> {
  const newest = ids.at(-1);
  if (newest === undefined)
    throw new SicError('usage', `Nothing is known of runs with the profile "${profile}".`, {
      hint: 'Runs are kept per profile: name another one with --profile, or another folder with --state-dir.',
    });
  if (wanted === 'last') return last ? last() : newest;
  const found = wanted === '' ? [] : ids.filter(id => id.startsWith(wanted.toLowerCase()));
  const [only, ...more] = found;
  if (only !== undefined && more.length === 0) return only;
  if (only !== undefined)
    throw new SicError('usage', `${found.length} runs begin with "${wanted}": ${named(found)}.`, {
      hint: 'Write more of the id.',
    });
  const near = didYouMean(wanted, [...ids, 'last']);
  throw new SicError('usage', `There is no run "${wanted}" with the profile "${profile}".`, {
    hint: `${near === null ? '' : `Did you mean ${near}? `}Known are: ${named(ids)}. Or write: last`,
  });
}

/** The newest first. */
function named(ids: readonly string[]): string {
  const newest = ids.slice(-mostNamed).reverse();
  const more = ids.length - newest.length;
  return `${newest.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
