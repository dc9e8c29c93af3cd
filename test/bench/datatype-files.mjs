import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A file per datatype, parents before children: its columns and how row `row` is written, as new or as `changed`.
 * `create`: requests that a new row may take; what it takes beyond one has its reason. null: the file before it has created
 * the records.
 */
export const datatypeFiles = [
  {
    name: 'companies',
    columns: 'CompUserKey01;Name;Phone1',
    row: (row, changed) => `C-${row};Fjord ${row} AS;+47 ${20_000_000 + row + (changed ? 1 : 0)}`,
    create: 1,
  },
  {
    name: 'persons',
    columns: 'PersUserKey01;CompUserKey01;Lastname;Title',
    row: (row, changed) => `P-${row};C-${row};Dahl ${row};${changed ? 'Director' : 'Buyer'}`,
    create: 1,
  },
  {
    name: 'projects',
    columns: 'ProjUserKey01;Name;ProjectNumber',
    row: (row, changed) => `R-${row};Harbour ${row};${row}${changed ? '-b' : '-a'}`,
    create: 1,
  },
  {
    name: 'sales',
    columns: 'SaleUserKey01;CompUserKey01;Heading;Saledate;Amount',
    row: (row, changed) => `S-${row};C-${row};Cranes;2026-05-01;${1000 + row + (changed ? 1 : 0)}`,
    create: 1,
  },
  {
    name: 'appointments',
    columns: 'AppoUserKey01;CompUserKey01;StartDate;Location',
    row: (row, changed) => `A-${row};C-${row};2026-05-01 09:00;${changed ? 'Bodø' : 'Oslo'}`,
    create: 1,
  },
  {
    // The record, then what its file holds. Later imports read that, to compare it with the file.
    name: 'documents',
    columns: 'DocuUserKey01;CompUserKey01;Name;Heading',
    row: (row, changed) => `D-${row};C-${row};file-${row}.txt;${changed ? 'Offer' : 'Order'}`,
    create: 2,
    readsFiles: true,
  },
  {
    name: 'documents-alone',
    columns: 'DocuUserKey01;CompUserKey01;Heading',
    row: (row, changed) => `D-${row};C-${row};${changed ? 'Second offer' : 'First offer'}`,
    create: null,
  },
  {
    // The record, then the foreign key by which it is found again.
    name: 'tickets',
    columns: 'TickUserKey01;PersUserKey01;Title',
    row: (row, changed) => `T-${row};P-${row};Pump ${row} ${changed ? 'runs' : 'stands'}`,
    create: 2,
  },
  {
    name: 'messages',
    columns: 'MessUserKey01;TickUserKey01;Body',
    row: (row, changed) => `M-${row};T-${row};It ${changed ? 'runs' : 'stands'} since ${row}`,
    create: 2,
  },
];

/** Writes `NAME.csv` and `NAME-changed.csv`, of which every row differs in one field, and what documents hold. */
export function writeDatatypeFiles(folder, rows) {
  for (const { name, columns, row } of datatypeFiles)
    for (const changed of [false, true]) {
      const lines = Array.from({ length: rows }, (_, index) => row(index, changed));
      const file = `${name}${changed ? '-changed' : ''}.csv`;
      writeFileSync(join(folder, file), `${columns}\n${lines.join('\n')}\n`);
    }
  mkdirSync(join(folder, 'documents'));
  for (let row = 0; row < rows; row++)
    writeFileSync(join(folder, 'documents', `file-${row}.txt`), `File ${row}.`);
}
