import { closeSync, openSync, writeSync } from 'node:fs';

const header =
  'CompUserKey01;Name;OrgNo;PostalAddress1;PostalZipcode;PostalCity;CountryName;Phone1;Email1;Category;CompUserText01;CompUserNum01;CompUserDate01';
const cities = ['Oslo', 'Tromsø', 'Ålesund', 'København', 'Århus', 'Malmö', 'Göteborg', 'Bergen'];
const trades = ['Rør', 'Bygg', 'Fisk', 'Transport', 'Regnskap', 'Elektro', 'Møbler'];
const countries = ['Norway', 'Denmark', 'Sweden'];
const categories = ['Customer', 'Prospect', 'Supplier', 'Partner'];

/**
 * Writes `rows` companies, always the same ones; a tenth of them with quoted cells and line breaks.
 * `changeEvery`: every so-manieth row has another phone number (0: none).
 */
export function writeCompanies(path, rows, changeEvery = 0) {
  const file = openSync(path, 'w');
  let text = `${header}\n`;
  for (let row = 0; row < rows; row++) {
    text += `${company(row, changeEvery > 0 && row % changeEvery === 0)}\n`;
    if (text.length < 1 << 20) continue;
    writeSync(file, text);
    text = '';
  }
  writeSync(file, text);
  closeSync(file);
}

function company(row, changed) {
  const of = list => list[(row * 7919) % list.length];
  const plain = `${of(cities)} ${of(trades)} ${row} AS`;
  const name = row % 10 === 0 ? `"${plain} ""Nord""; avd. 2"` : plain;
  const note = row % 20 === 0 ? `"Linje én\nLinje to ${row}"` : `Avtale ${row % 900}`;
  const day = `20${10 + (row % 15)}-0${1 + (row % 9)}-1${row % 10}`;
  const phone = `+47 ${20_000_000 + row + (changed ? 1 : 0)}`;
  const cells = [
    `B-${row}`,
    name,
    810_000_000 + row,
    `Storgata ${1 + (row % 180)}`,
    String(1000 + (row % 8999)).padStart(4, '0'),
    of(cities),
    of(countries),
    phone,
    `post${row}@firma.example`,
    of(categories),
    note,
    row % 5 === 0 ? '' : row,
    day,
  ];
  return cells.join(';');
}
