import { isTrue, type JsonObject, numberOf, textOf } from './json.ts';
import { finderOf, ignoringCase, type Match, matchOf, sameForm } from './match.ts';
import { allNames, shownName } from './multi-language.ts';
import type { Country } from './superoffice.ts';

/** Countries that are not deleted, from the items of list Country (reading.md, section 12.5). */
export function toCountries(items: readonly JsonObject[]): Country[] {
  return items.filter(item => !isTrue(item, 'Deleted')).map(toCountry);
}

function toCountry(item: JsonObject): Country {
  const raw = textOf(item, 'Name');
  return {
    id: numberOf(item, 'CountryId'),
    name: shownName(raw),
    englishName: textOf(item, 'EnglishName'),
    zipPrefix: textOf(item, 'ZipPrefix'),
    iso2: textOf(item, 'TwoLetterISOCountry'),
    iso3: textOf(item, 'ThreeLetterISOCountry'),
    names: allNames(raw),
  };
}

/** What a country can be called, best first. The dash of a postal prefix (`N-`) may be left out. */
const spellings: readonly ((country: Country) => readonly string[])[] = [
  country => [country.name, ...country.names],
  country => [country.englishName],
  country => [country.iso2],
  country => [country.iso3],
  country => [country.zipPrefix, country.zipPrefix.replace(/-$/, '')],
];

/** First as it is spelled, then ignoring letter case, each in the order of `spellings`. */
const readings = [sameForm, ignoringCase].flatMap(form => spellings.map(namesOf => ({ form, namesOf })));

const finders = new WeakMap<readonly Country[], (text: string) => readonly Country[]>();

/** Which country a text means. */
export function matchCountry(countries: readonly Country[], text: string): Match<Country> {
  const find = finders.get(countries) ?? finderOf(countries, readings);
  finders.set(countries, find);
  return matchOf(find(text));
}
