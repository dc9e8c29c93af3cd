/** A record of a file that is written and changed by a test. */
export interface Entry {
  /** '' for a row without a key. */
  readonly key: string;
  /** What it says: another one is another content. */
  readonly version: number;
  /** What else stands in it, in a column that is not imported. */
  readonly aside: number;
  /** Bytes of that, about. */
  readonly size: number;
  /** How it is written. */
  readonly style: Style;
}

export interface Style {
  readonly quoted: boolean;
  /** Line breaks within a cell, or between the properties of a record. */
  readonly broken: boolean;
  /** White space around the key, which means nothing. */
  readonly padded: boolean;
  /** Blank lines behind it. */
  readonly blanks: number;
  /** It cannot be parsed. */
  readonly isBad: boolean;
}

export const formats = ['csv', 'xml', 'json', 'ndjson'] as const;
export type Format = (typeof formats)[number];

/** A file as a test sees it: whatever can be changed about it. */
export interface Sheet {
  readonly format: Format;
  readonly encoding: 'utf-8' | 'marked' | 'windows-1252' | 'utf-16';
  readonly lineEnd: '\n' | '\r\n' | '\r';
  readonly separator: ';' | ',';
  /** Fields besides the key, in their order. */
  readonly columns: readonly string[];
  /** The last line ends, too. */
  readonly isClosed: boolean;
  readonly entries: readonly Entry[];
}

export const plain: Style = { quoted: false, broken: false, padded: false, blanks: 0, isBad: false };

/** Not imported: what stands in it makes other bytes of the same content. */
const aside = 'Filler';
const words = ['Ærø', 'og', 'Bådværft', 'sønn', 'Øst', 'AS', 'fjord', 'é', 'x'];

function cell(entry: Entry, column: string): string {
  const { key, version, style } = entry;
  switch (column) {
    case 'CompUserKey01':
      return style.padded ? ` ${key} ` : key;
    case 'Name':
      return `Company ${key} ${version}`;
    case 'Department':
      return `Øst ${version % 3}`;
    case 'Stop':
      // Not a boolean: the row has a problem.
      return version % 11 === 7 ? 'maybe' : 'true';
    case aside:
      return filling(entry);
    default:
      return `${version}`;
  }
}

function filling({ key, aside: number, size, style }: Entry): string {
  const parts: string[] = [];
  let length = 0;
  for (let n = number + key.length; length < size; n++) {
    const word = words[n % words.length] ?? '';
    parts.push(style.broken && n % 5 === 0 ? `${word}\n"` : word);
    length += word.length + 1;
  }
  return `${number} ${parts.join(' ')}`;
}

/** The columns of a record, where not all have the same: some lack the last one. */
function ownColumns({ version }: Entry, columns: readonly string[]): readonly string[] {
  return version % 4 === 1 ? columns.filter((_, n) => n !== columns.length - 2) : columns;
}

/** The file's bytes. */
export function bytesOf(sheet: Sheet): Buffer {
  const text = textOf(sheet);
  switch (sheet.encoding) {
    case 'windows-1252':
      return Buffer.from(text, 'latin1');
    case 'marked':
      return Buffer.from(`\ufeff${text}`, 'utf8');
    case 'utf-16':
      return Buffer.from(`\ufeff${text}`, 'utf16le');
    case 'utf-8':
      return Buffer.from(text, 'utf8');
  }
}

function textOf(sheet: Sheet): string {
  const columns = ['CompUserKey01', ...sheet.columns, aside];
  const { entries, lineEnd, isClosed } = sheet;
  const blanks = ({ style }: Entry): string => lineEnd.repeat(style.blanks);
  switch (sheet.format) {
    case 'csv': {
      const lines = entries.map(entry => `${csvRecord(entry, columns, sheet)}${lineEnd}${blanks(entry)}`);
      const text = `${columns.join(sheet.separator)}${lineEnd}${lines.join('')}`;
      return isClosed ? text : text.replace(/[\r\n]+$/, '');
    }
    case 'ndjson': {
      const text = entries
        .map(entry => `${jsonRecord(entry, columns, false)}${lineEnd}${blanks(entry)}`)
        .join('');
      return isClosed ? text : text.replace(/[\r\n]+$/, '');
    }
    case 'json': {
      const records = entries.map(
        entry => `${blanks(entry)}${jsonRecord(entry, columns, entry.style.broken)}`,
      );
      const list = `[${lineEnd}${records.join(`,${lineEnd}`)}${lineEnd}]`;
      return isClosed ? `{"Company":${list}}${lineEnd}` : list;
    }
    case 'xml': {
      const rows = entries.map(entry => `${xmlRecord(entry, columns)}${lineEnd}${blanks(entry)}`);
      return `<?xml version="1.0"?>${lineEnd}<Companies>${lineEnd}${rows.join('')}</Companies>${isClosed ? lineEnd : ''}`;
    }
  }
}

function csvRecord(entry: Entry, columns: readonly string[], { separator, lineEnd }: Sheet): string {
  const cells = columns.map(column => {
    const text = cell(entry, column);
    return entry.style.quoted || /[";,\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  });
  if (entry.style.isBad) cells.push('too many');
  return cells.join(separator).replaceAll('\n', lineEnd);
}

function jsonRecord(entry: Entry, columns: readonly string[], isBroken: boolean): string {
  const cells = ownColumns(entry, columns).map(column => [column, cell(entry, column)]);
  const text = JSON.stringify(Object.fromEntries(cells), null, isBroken ? 1 : 0);
  return entry.style.isBad ? text.replace(/^\{/, '{"Name":nothing,') : text;
}

function xmlRecord(entry: Entry, columns: readonly string[]): string {
  const { quoted, broken, isBad } = entry.style;
  const gap = broken ? '\n ' : '';
  const cells = ownColumns(entry, columns).map(column => {
    const text = cell(entry, column);
    const content = quoted
      ? `<![CDATA[${text}]]>`
      : text.replace(/[&<>"]/g, sign => `&#${sign.charCodeAt(0)};`);
    return `${gap}<${column}>${content}</${column}>`;
  });
  return `<Company>${cells.join('')}${isBad ? '<Name><Name/></Name>' : ''}</Company>`;
}
