import type { ArchiveRow } from './archive.ts';
import type { ArchiveReader } from './archive-reader.ts';
import { greaterThan } from './filter.ts';
import { toNumber } from './json.ts';
import { finderOf, ignoringCase, type Match, matchOf, type Reading, sameForm } from './match.ts';
import type { Associate } from './superoffice.ts';

const columns = [
  'associateDbId',
  'assocName',
  'fullName',
  'personId',
  'contactId',
  'userName',
  'personEmail',
  'assocType',
  'isActive',
] as const;

/**
 * Every user who can own records, retired ones included (reading.md, section 13.1). Users of customer centres and the
 * anonymous user are left out: they never are anybody's "our contact".
 */
export async function readAssociates(archive: ArchiveReader): Promise<Associate[]> {
  const rows = await archive.read({
    provider: 'AllUsers',
    entities: 'all',
    columns,
    // A provider without any restriction may answer with nothing (section 7.6).
    filter: greaterThan('associateDbId', 0),
    orderBy: 'associateDbId',
  });
  return rows.filter(row => !isOutsider(row)).map(toAssociate);
}

function toAssociate(row: ArchiveRow): Associate {
  const text = (column: (typeof columns)[number]): string => row.cells.get(column)?.display ?? '';
  const number = (column: (typeof columns)[number]): number =>
    toNumber(row.cells.get(column)?.raw) ?? toNumber(text(column)) ?? 0;
  return {
    id: number('associateDbId') || row.primaryKey,
    name: text('assocName'),
    fullName: text('fullName'),
    userName: text('userName'),
    email: text('personEmail'),
    personId: number('personId'),
    contactId: number('contactId'),
    active: !/^(false|0)$/i.test(String(row.cells.get('isActive')?.raw ?? text('isActive'))),
  };
}

/** By name, or by the number that the database keeps: 4 external, 7 anonymous. */
function isOutsider(row: ArchiveRow): boolean {
  const type = row.cells.get('assocType');
  return [String(type?.raw ?? ''), type?.display ?? ''].some(text =>
    /^(external|anonymous|[47]$)/i.test(text),
  );
}

const byId: readonly ((who: Associate) => string)[] = [
  who => who.name,
  who => who.userName,
  who => who.email,
];
const byFullName = (who: Associate): string => who.fullName;

function readingsIn(order: readonly ((who: Associate) => string)[]): Reading<Associate>[] {
  return order.flatMap(nameOf =>
    [sameForm, ignoringCase].map(form => ({ form, namesOf: (who: Associate) => [nameOf(who)] })),
  );
}

type Find = (text: string) => readonly Associate[];
const findersByFullName = new WeakMap<readonly Associate[], Find>();
const findersById = new WeakMap<readonly Associate[], Find>();

/**
 * Who a text means: user id, then sign-in name, then e-mail address, then full name; the full name first when it was a
 * full-name column. Letter case does not count, but an exact spelling wins. Of namesakes the only active one is meant.
 */
export function matchAssociate(
  associates: readonly Associate[],
  text: string,
  preferFullName: boolean,
): Match<Associate> {
  const finders = preferFullName ? findersByFullName : findersById;
  const order = preferFullName ? [byFullName, ...byId] : [...byId, byFullName];
  const find = finders.get(associates) ?? finderOf(associates, readingsIn(order));
  finders.set(associates, find);
  const fitting = find(text);
  const active = fitting.filter(who => who.active);
  return matchOf(active.length > 0 ? active : fitting);
}
