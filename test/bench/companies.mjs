import { closeSync, openSync, writeSync } from 'node:fs';

const header =
  'CompUserKey01;Name;OrgNo;PostalAddress1;PostalZipcode;PostalCity;CountryName;Phone1;Email1;Category;CompUserText01;CompUserNum01;CompUserDate01';
const cities = ['Oslo', 'Tromsø', 'Ålesund', 'København', 'Århus', 'Malmö', 'Göteborg', 'Bergen'];
const trades = ['Rør', 'Bygg', 'Fisk', 'Transport', 'Regnskap', 'Elektro', 'Møbler'];
const countries = ['Norway', 'Denmark', 'Sweden'];
const categories = ['Customer', 'Prospect', 'Supplier', 'Partner'];

/** How each format begins, ends, parts its records, and writes one of `[column, value]` pairs. */
const formats = {
  csv: {
    begin: `${header}\n`,
    end: '',
    between: '',
    record: cells => `${cells.map(([, value]) => csvCell(value)).join(';')}\n`,
  },
  xml: {
    begin: '<?xml version="1.0" encoding="utf-8"?>\n<Companies>\n',
    end: '</Companies>\n',
    between: '',
    record: cells =>
      `  <Company>\n${cells.map(([name, value]) => `    <${name}>${xmlText(value)}</${name}>\n`).join('')}  </Company>\n`,
  },
  json: {
    begin: '{"Company":[\n',
    end: '\n]}\n',
    between: ',\n',
    record: cells => JSON.stringify(Object.fromEntries(cells)),
  },
  ndjson: {
    begin: '',
    end: '',
    between: '',
    record: cells => `${JSON.stringify(Object.fromEntries(cells))}\n`,
  },
};

/**
 * Writes `rows` companies, always the same ones; a tenth of them with quotes in their names, some with line breaks. The
 * format is told by the ending of `path`.
 * @param changeEvery every so-manieth row has another phone number (0: none)
 */
export function writeCompanies(path, rows, changeEvery = 0) {
  const { begin, end, between, record } = formats[path.slice(path.lastIndexOf('.') + 1)];
  const names = header.split(';');
  const file = openSync(path, 'w');
  let text = begin;
  for (let row = 0; row < rows; row++) {
    const values = company(row, changeEvery > 0 && row % changeEvery === 0);
    text += (row === 0 ? '' : between) + record(names.map((name, index) => [name, values[index]]));
    if (text.length < 1 << 20) continue;
    writeSync(file, text);
    text = '';
  }
  writeSync(file, text + end);
  closeSync(file);
}

function csvCell(value) {
  const text = String(value);
  return /[";\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function xmlText(value) {
  return String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

function company(row, changed) {
  const of = list => list[(row * 7919) % list.length];
  const plain = `${of(cities)} ${of(trades)} ${row} AS`;
  const name = row % 10 === 0 ? `${plain} "Nord"; avd. 2` : plain;
  const note = row % 20 === 0 ? `Linje én\nLinje to ${row}` : `Avtale ${row % 900}`;
  const day = `20${10 + (row % 15)}-0${1 + (row % 9)}-1${row % 10}`;
  const phone = `+47 ${20_000_000 + row + (changed ? 1 : 0)}`;
  return [
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
}
