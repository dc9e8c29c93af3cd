import { appointment } from './appointment.ts';
import { company } from './company.ts';
import type { Datatype } from './datatype.ts';
import { document } from './document.ts';
import { message } from './message.ts';
import { person } from './person.ts';
import { project } from './project.ts';
import { sale } from './sale.ts';
import { ticket } from './ticket.ts';

/** Every datatype, parents before children: the order in which the files of one run are imported. */
export const datatypes: readonly Datatype[] = [
  company,
  person,
  project,
  sale,
  appointment,
  document,
  ticket,
  message,
];

/** The datatype of that name, letter case aside; a plural or other file-name word will do too. */
export function datatypeNamed(name: string): Datatype | null {
  const word = name.trim().toLowerCase();
  return datatypes.find(datatype => datatype.fileWords.includes(word)) ?? null;
}
