// Companies in files, always the same ones for the same wishes:
// `node test/bench/companies.mjs FILE ROWS [--change P] [--drop P] [--add N] [--requote P] [--shuffle] [--crlf]`. The ending of FILE
// tells the format. P is the share of the rows (0 to 1) that have another phone and text, are left out, or have all their cells
// quoted in CSV.
import { closeSync, openSync, writeSync } from 'node:fs';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { columns, companyAt, dice, share } from './company.mjs';

/** How each format begins, ends, parts its records, and writes one company. */
const formats = {
  csv: {
    begin: `${columns.join(';')}\n`,
    end: '',
    between: '',
    record: ({ values, quoted }) =>
      `${values.map((value, index) => csvCell(value, quoted.includes(columns[index]))).join(';')}\n`,
  },
  xml: {
    begin: '<?xml version="1.0" encoding="utf-8"?>\n<Companies>\n',
    end: '</Companies>\n',
    between: '',
    record: ({ values }) =>
      `  <Company>\n${values.map((value, index) => `    <${columns[index]}>${xmlText(value)}</${columns[index]}>\n`).join('')}  </Company>\n`,
  },
  json: { begin: '{"Company":[\n', end: '\n]}\n', between: ',\n', record: jsonObject },
  ndjson: { begin: '', end: '', between: '', record: company => `${jsonObject(company)}\n` },
};

/**
 * Writes `rows` companies, a tenth of them with quoted cells. Memory does not grow with them, but for four bytes a row when
 * they are shuffled. `crlf` is for CSV: records end in CRLF, the line breaks in cells stay.
 */
export function writeCompanies(
  path,
  rows,
  { change = 0, drop = 0, add = 0, requote = 0, shuffle = false, crlf = false } = {},
) {
  const { begin, end, between, record } = formats[extname(path).slice(1)];
  const ended = text => (crlf ? text.replace(/\n$/, '\r\n') : text);
  const order = shuffle ? shuffled(rows) : null;
  const file = openSync(path, 'w');
  let text = ended(begin);
  let isFirst = true;
  for (let place = 0; place < rows + add; place++) {
    const row = order !== null && place < rows ? order[place] : place;
    if (row < rows && dice(row, 'drop') < share(drop)) continue;
    const company = companyAt(row, dice(row, 'change') < share(change));
    if (dice(row, 'requote') < share(requote)) company.quoted = columns;
    text += (isFirst ? '' : between) + ended(record(company));
    isFirst = false;
    if (text.length < 1 << 20) continue;
    writeSync(file, text);
    text = '';
  }
  writeSync(file, text + end);
  closeSync(file);
}

function shuffled(rows) {
  const order = Uint32Array.from({ length: rows }, (_, row) => row);
  for (let last = rows - 1; last > 0; last--) {
    const other = dice(last, 'shuffle') % (last + 1);
    [order[last], order[other]] = [order[other], order[last]];
  }
  return order;
}

function csvCell(value, isQuoted) {
  return isQuoted || /[";\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

function xmlText(value) {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

function jsonObject({ values }) {
  return JSON.stringify(Object.fromEntries(columns.map((column, index) => [column, values[index]])));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      change: { type: 'string', default: '0' },
      drop: { type: 'string', default: '0' },
      add: { type: 'string', default: '0' },
      requote: { type: 'string', default: '0' },
      shuffle: { type: 'boolean' },
      crlf: { type: 'boolean' },
    },
  });
  const [file, rows] = positionals;
  const { shuffle, crlf, ...numbers } = values;
  const { change, drop, add, requote } = Object.fromEntries(
    Object.entries(numbers).map(([name, text]) => [name, Number(text)]),
  );
  writeCompanies(file, Number(rows), { change, drop, add, requote, shuffle, crlf });
}
