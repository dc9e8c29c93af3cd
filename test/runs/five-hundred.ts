import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Workplace } from '../support/workplace.ts';

export const rows = 500;

interface FileOfRows {
  /** Where its records are written: `/v1/Contact`. */
  readonly entity: string;
  readonly columns: readonly string[];
  /** Cells of row `n`, which counts from 0. `change`: what a later edition of the file says otherwise. */
  readonly cells: (n: number, change: string) => readonly string[];
}

/** Every row of its own parents, as far as its datatype has any: nothing is saved by chance. */
export const files: Readonly<Record<string, FileOfRows>> = {
  companies: {
    entity: 'Contact',
    columns: [
      'CompUserKey01',
      'Name',
      'Category',
      'CountryName',
      'PostalCity',
      'Phone1',
      'Email1',
      'CompUserNum01',
    ],
    cells: (n, change) => [
      `C-${n}`,
      `Fjordbygg ${n}${change}`,
      'Customer',
      'Norway',
      'Oslo',
      `+47 7${n}`,
      `a${n}@x.example`,
      `${n}`,
    ],
  },
  persons: {
    entity: 'Person',
    columns: ['PersUserKey01', 'Lastname', 'CompUserKey01', 'Position', 'Phone1'],
    cells: (n, change) => [`P-${n}`, `Dahl ${n}${change}`, `C-${n}`, 'CEO', `+47 8${n}`],
  },
  projects: {
    entity: 'Project',
    columns: ['ProjUserKey01', 'Name', 'AssociateName'],
    cells: (n, change) => [`J-${n}`, `Harbour ${n}${change}`, 'INGRIDSOL'],
  },
  sales: {
    entity: 'Sale',
    columns: [
      'SaleUserKey01',
      'Heading',
      'CompUserKey01',
      'PersUserKey01',
      'ProjUserKey01',
      'SaleType',
      'Stage',
      'Saledate',
      'Amount',
      'Currency',
    ],
    cells: (n, change) => [
      `S-${n}`,
      `Cranes ${n}${change}`,
      `C-${n}`,
      `P-${n}`,
      `J-${n}`,
      'Product sale',
      'Negotiation',
      '2026-05-01',
      `${1000 + n}`,
      'NOK',
    ],
  },
  appointments: {
    entity: 'Appointment',
    columns: [
      'AppoUserKey01',
      'Title',
      'CompUserKey01',
      'PersUserKey01',
      'ProjUserKey01',
      'SaleUserKey01',
      'Task',
      'StartDate',
    ],
    cells: (n, change) => [
      `A-${n}`,
      `Visit ${n}${change}`,
      `C-${n}`,
      `P-${n}`,
      `J-${n}`,
      `S-${n}`,
      'Meeting',
      '2026-05-01 09:00',
    ],
  },
  documents: {
    entity: 'Document',
    columns: ['DocuUserKey01', 'Name', 'Heading', 'CompUserKey01', 'PersUserKey01', 'SaleUserKey01'],
    cells: (n, change) => [`D-${n}`, 'offer.txt', `Offer ${n}${change}`, `C-${n}`, `P-${n}`, `S-${n}`],
  },
  tickets: {
    entity: 'Ticket',
    columns: ['TickUserKey01', 'Title', 'PersUserKey01', 'SaleUserKey01', 'Category', 'Priority', 'Status'],
    cells: (n, change) => [
      `T-${n}`,
      `Lamp ${n}${change}`,
      `P-${n}`,
      `S-${n}`,
      'Support/Hardware',
      'High',
      'Open',
    ],
  },
  messages: {
    entity: 'TicketMessage',
    columns: ['MessUserKey01', 'TickUserKey01', 'PersUserKey01', 'Body', 'Important'],
    cells: (n, change) => [`M-${n}`, `T-${n}`, `P-${n}`, `It blinks, ${n}`, change === '' ? 'FALSE' : 'TRUE'],
  },
};

/** Writes `companies.csv` and its like, and the file that documents name. */
export async function writeFiles(place: Workplace, change = ''): Promise<void> {
  await mkdir(path.join(place.cwd, 'documents'), { recursive: true });
  await writeFile(path.join(place.cwd, 'documents', 'offer.txt'), 'Two cranes.\n');
  for (const [name, { columns, cells }] of Object.entries(files)) {
    const lines = Array.from({ length: rows }, (_, n) => cells(n, change).join(';'));
    await place.write(`${name}.csv`, `${[columns.join(';'), ...lines].join('\n')}\n`);
  }
}
