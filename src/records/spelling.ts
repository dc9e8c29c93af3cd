import type { Field } from '../datatypes/field.ts';
import { matchAssociate } from '../superoffice/associates.ts';
import { matchCountry } from '../superoffice/countries.ts';
import type { Associate, Country, ListItem, SuperOfficeList } from '../superoffice/superoffice.ts';
import { fileLine } from './file-text.ts';
import type { Names } from './names.ts';

/** Worked out once per user, country or list item, whatever the number of rows that name it. */
const known = new WeakMap<object, string>();

function once(thing: object, work: () => string): string {
  const before = known.get(thing);
  if (before !== undefined) return before;
  const spelling = work();
  known.set(thing, spelling);
  return spelling;
}

/**
 * How a file names a user, so that an import finds the same one: a column of full names has the full name where nobody
 * shares it, else the user id.
 */
export function associateSpelling(
  { name: column }: Field,
  associate: Associate,
  { associates }: Names,
): string {
  if (!column.endsWith('FullName')) return associate.name;
  return once(associate, () => {
    const match = matchAssociate(associates, associate.fullName, true);
    return match.kind === 'one' && match.item.id === associate.id ? associate.fullName : associate.name;
  });
}

/** How a file names a country: in English where that means no other one. */
export function countrySpelling(country: Country, { countries }: Names): string {
  const { englishName, name, iso2, iso3 } = country;
  return once(country, () => {
    const exact = [englishName, name, iso2, iso3].find(text => {
      const match = matchCountry(countries, text);
      return match.kind === 'one' && match.item.id === country.id;
    });
    return exact ?? (englishName || name);
  });
}

/** How a file names a list item: as people read it, or as SuperOffice stores it where two items read alike. */
export function itemSpelling(item: ListItem, list: SuperOfficeList): string {
  return once(item, () =>
    fileLine(
      !item.deleted && list.find(item.name)?.id !== item.id && list.find(item.raw)?.id === item.id
        ? item.raw
        : item.name,
    ),
  );
}
