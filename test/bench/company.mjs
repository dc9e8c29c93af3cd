const cities = ['Oslo', 'Tromsø', 'Bodø', 'Ålesund', 'København', 'Århus', 'Malmö', 'Göteborg', 'Bergen'];
const trades = ['Rør', 'Bygg', 'Fisk', 'Transport', 'Regnskap', 'Elektro', 'Møbler', 'Frukt & Grønt'];
const forms = ['AS', 'ASA', 'ApS', 'A/S', 'AB', 'Holding AS'];
const streets = ['Storgata', 'Kirkeveien', 'Åsveien', 'Brøndbyvej', 'Øvre Slottsgate', 'Sjøgata'];
const countries = ['Norway', 'Denmark', 'Sweden'];
const categories = ['Customer', 'Prospect', 'Supplier', 'Partner'];

export const columns = [
  'IntegrationID',
  'CompUserKey01',
  'Name',
  'OrgNo',
  'PostalAddress1',
  'PostalZipcode',
  'PostalCity',
  'CountryName',
  'Phone1',
  'Email1',
  'Category',
  'CompUserText01',
  'CompUserNum01',
  'CompUserDate01',
  'IntegrationIDCheck',
];

/** A number from 0 to 2³² − 1 that looks random and is always the same for a row and a purpose. */
export function dice(row, purpose) {
  let hash = 0x811c9dc5 ^ row;
  for (let at = 0; at < purpose.length; at++) hash = mixed(hash ^ purpose.charCodeAt(at));
  return mixed(hash) >>> 0;
}

/** The dice that come up with this probability are below it. */
export function share(probability) {
  return probability * 2 ** 32;
}

/** What a row holds by column, and which of its columns a CSV file quotes without need. */
export function companyAt(row, isChanged) {
  const of = (list, purpose) => list[dice(row, purpose) % list.length];
  const below = (limit, purpose) => dice(row, purpose) % limit;
  const kind = below(100, 'kind');
  let name = `${of(cities, 'name')} ${of(trades, 'trade')} ${of(forms, 'form')}`;
  let address = `${of(streets, 'street')} ${1 + below(180, 'number')}`;
  let text = below(10, 'text') < 3 ? '' : `Avtale ${below(9000, 'agreement')} / ${of(cities, 'place')}`;
  let phone = 20_000_000 + below(70_000_000, 'phone');
  if (kind < 3) address += '; inngang B';
  else if (kind < 5) name += ' "Nord"';
  else if (kind < 7) text = `Linje én\nLinje to; "sitert" ${row}`;
  if (isChanged) {
    phone += 1;
    text = `Endret ${row}`;
  }
  const values = [
    '17PS01010001',
    `B-${String(row).padStart(8, '0')}`,
    name,
    String(810_000_000 + row),
    address,
    String(1000 + below(8999, 'zipcode')).padStart(4, '0'),
    of(cities, 'city'),
    of(countries, 'country'),
    `+47 ${phone}`,
    `post${row}@firma.example`,
    of(categories, 'category'),
    text,
    below(5, 'has number') === 0 ? '' : String(below(10_000_000, 'amount')),
    `20${String(10 + below(15, 'year'))}-0${1 + below(9, 'month')}-${10 + below(19, 'day')}`,
    '17PS01010001',
  ];
  return { values, quoted: kind >= 7 && kind < 10 ? ['Name', 'PostalAddress1'] : [] };
}

function mixed(hash) {
  let bits = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  bits = Math.imul(bits ^ (bits >>> 15), 0x2c1b3c6d);
  return bits ^ (bits >>> 13);
}
