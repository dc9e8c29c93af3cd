import type { Datatype } from '../datatype.ts';
import { datatypes } from '../index.ts';
import { customPattern } from '../udef.ts';
import { type CatalogueLine, catalogueFields, catalogueLines } from './catalogue.ts';
import { readFrom, writtenTo } from './place.ts';
import { csvTable, markdownTable, textTable } from './text-table.ts';

export type FieldFormat = 'table' | 'csv' | 'markdown';

/** The columns of a datatype, or without one the datatypes, ready to be written out; ends with a line break. */
export function renderFields(datatype: Datatype | null, format: FieldFormat | 'json'): string {
  return datatype === null ? renderDatatypes(format) : renderColumns(datatype, format);
}

function renderDatatypes(format: FieldFormat | 'json'): string {
  if (format === 'json')
    return json({ kind: 'sic.datatypes', formatVersion: 1, datatypes: datatypes.map(describe) });
  const header = ['Datatype', 'Key', 'SuperOffice', 'Columns', 'Meaning'];
  const rows = datatypes.map(datatype => [
    datatype.name,
    datatype.keyField,
    datatype.entity,
    String(catalogueFields(datatype).length),
    datatype.meaning,
  ]);
  switch (format) {
    case 'table':
      return textTable(header, rows);
    case 'csv':
      return csvTable(header, rows);
    case 'markdown':
      return `# Datatypes\n\n${markdownTable(header, rows)}`;
  }
}

/** A terminal is too narrow for the places in SuperOffice; the documents have them. */
const documentColumns: readonly (readonly [title: string, cell: (line: CatalogueLine) => string])[] = [
  ['Column', withAliases],
  ['Type', line => line.type],
  ['Length', line => line.length],
  ['List', line => line.list],
  ['Needed', line => line.needed],
  ['Written to', line => line.writtenTo],
  ['Read from', line => line.readFrom],
  ['Meaning', line => line.meaning],
];
const terminalColumns = documentColumns.filter(
  ([title]) => !['Needed', 'Written to', 'Read from'].includes(title),
);

function withAliases({ column, aliases }: CatalogueLine): string {
  return aliases === '' ? column : `${column} (or ${aliases})`;
}

function renderColumns(datatype: Datatype, format: FieldFormat | 'json'): string {
  if (format === 'json') return json(columnsAsData(datatype));
  const shown = format === 'table' ? terminalColumns : documentColumns;
  const header = shown.map(([title]) => title);
  const rows = catalogueLines(datatype).map(line => shown.map(([, cell]) => cell(line)));
  switch (format) {
    case 'table':
      return textTable(header, rows);
    case 'csv':
      return csvTable(header, rows);
    case 'markdown':
      return `${markdownIntroduction(datatype)}\n${markdownTable(header, rows)}`;
  }
}

function markdownIntroduction({ name, meaning, keyField }: Datatype): string {
  return `# Field mapping: ${name}

${meaning}

A file has one record a row and these column names, in any order, spelled exactly so. Only ${keyField} is needed in
every file. A column that is left out, and an empty cell, leave what SuperOffice has.
`;
}

function columnsAsData(datatype: Datatype): object {
  return {
    kind: 'sic.fields',
    formatVersion: 1,
    datatype: describe(datatype),
    fields: catalogueFields(datatype).map(field => ({
      name: field.name,
      aliases: field.aliases ?? [],
      type: field.kind,
      length: field.length ?? null,
      list: field.list ?? null,
      choices: field.choices?.map(({ name }) => name) ?? null,
      missing: field.missing ?? null,
      parent: field.parent ?? null,
      needed: field.needed === true ? 'always' : (field.needed ?? null),
      readOnly: field.slot.at === 'readonly',
      writtenTo: writtenTo(datatype, field.slot) || null,
      readFrom: readFrom(datatype, field.slot),
      meaning: field.meaning,
    })),
    morePageColumns: customPattern(datatype),
  };
}

function describe({ name, keyField, entity, fileWords, neededToCreate, meaning }: Datatype): object {
  return { name, key: keyField, entity, fileWords, neededToCreate, meaning };
}

function json(document: object): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
