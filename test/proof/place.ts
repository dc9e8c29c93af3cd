import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Workplace, workplace } from '../support/workplace.ts';
import type { Account } from './ask.ts';
import { csvOf, type Delivery } from './rows.ts';

/** Every file of a delivery, in an order that is nobody's. */
export const dataFiles = [
  'messages.csv',
  'documents.csv',
  'sales.csv',
  'companies.csv',
  'tickets.csv',
  'appointments.csv',
  'persons.csv',
  'projects.csv',
];

/** A folder as a user has it, whose profile leads to `url`. New messages are sent by mail. */
export async function proofPlace(account: Account, url: string): Promise<Workplace> {
  return workplace(account, url, { config: { tickets: { sendMail: true } } });
}

export async function deliver({ cwd, write }: Workplace, { tables, files }: Delivery): Promise<void> {
  for (const [name, rows] of tables) await write(name, csvOf(rows));
  for (const [name, content] of files) {
    await mkdir(dirname(join(cwd, name)), { recursive: true });
    await write(name, content);
  }
}
