import type { Config, ListPolicy } from '../../config/config.ts';
import type { Field } from '../../datatypes/field.ts';
import { didYouMean } from '../../problems/did-you-mean.ts';
import { SicError } from '../../problems/sic-error.ts';
import { type Names, readNames } from '../../records/names.ts';
import { matchAssociate } from '../../superoffice/associates.ts';
import type { Associate, Principal, SuperOffice, SuperOfficeList } from '../../superoffice/superoffice.ts';

/** What an import knows of names: also who signed in, and what is done about names that SuperOffice does not have. */
export interface Directory extends Names {
  readonly principal: Principal;
  /** Stands in for unknown associates. */
  readonly fallback: Associate | null;
  policy(field: Field): ListPolicy;
}

/** Reads what these fields need, and no more. */
export async function readDirectory(
  superoffice: SuperOffice,
  config: Config,
  fields: readonly Field[],
): Promise<Directory> {
  const [principal, associates, names] = await Promise.all([
    superoffice.principal(),
    superoffice.associates(),
    readNames(superoffice, fields),
  ]);
  const fallback =
    config.fallbackAssociate === null
      ? associates.find(associate => associate.id === principal.associateId)
      : configuredFallback(associates, config.fallbackAssociate);
  requireTemplate(config, names.lists.get('DocumentTemplate'));
  return {
    ...names,
    associates,
    principal,
    fallback: fallback ?? null,
    policy: field => policyOf(config, field),
  };
}

/**
 * By the column, else by the list. Several datatypes have a Category: that values are added to the one of companies says
 * nothing of the one of requests, which people keep in SuperOffice.
 */
function policyOf({ lists }: Config, field: Field): ListPolicy {
  const own: ListPolicy = { missing: field.missing ?? 'reject', default: null };
  const byList = lists.get(field.list ?? '');
  const byColumn = lists.get(field.name);
  const isKept = field.missing === 'reject' && field.list !== field.name;
  return (isKept && byColumn?.missing === 'add' ? byList : (byColumn ?? byList)) ?? own;
}

/** Passed over in silence, every document would get SuperOffice's own default instead, and with it another archive. */
function requireTemplate({ documents: { template } }: Config, list: SuperOfficeList | undefined): void {
  if (template === null || list === undefined || list.find(template)) return;
  const near = didYouMean(
    template,
    list.items.filter(({ deleted }) => !deleted).map(({ name }) => name),
  );
  throw new SicError(
    'config',
    `"template" under "documents" in the config names "${template}", which SuperOffice does not have.`,
    {
      hint:
        near === null
          ? 'Write the name of a document template as SuperOffice shows it.'
          : `Did you mean "${near}"?`,
    },
  );
}

function configuredFallback(associates: readonly Associate[], name: string): Associate {
  const match = matchAssociate(associates, name, false);
  if (match.kind === 'one') return match.item;
  throw new SicError(
    'config',
    `"fallbackAssociate" names "${name}", which ${match.kind === 'none' ? 'is no user' : 'fits several users'} in SuperOffice.`,
    {
      hint: 'Write the user id of an active user.',
    },
  );
}
