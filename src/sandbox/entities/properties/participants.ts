import { pick } from '../../http/names.ts';
import type { Database } from '../../store/database.ts';
import type { DbRow } from '../../store/table.ts';
import type { Draft } from '../draft.ts';
import type { EntityRecord, Property } from '../property.ts';
import { rowsWith } from '../rows.ts';
import { numberOf, shown, textOf, toBoolean, toInteger, toText } from '../values.ts';
import { objectsIn } from './objects.ts';

/**
 * Who takes part in an appointment, in the order sent. SuperOffice gives each a row of its own in the diary and sends
 * invitations (writing.md, section 2); the sandbox keeps what is sent, in a table of its own. Without anybody it is the
 * owner alone, as the recorded fixture of the official client has it.
 */
export function participants(name: string): Property {
  return {
    name,
    empty: [],
    field: { type: 'SuperOffice.CRM.Services.ParticipantInfo[]', length: 4 },
    read: carriers,
    write: (draft, value) => {
      const sent = parse(draft, name, value);
      if (sent) draft.parts.set(name, id => replace(draft.writing.database, id, sent));
    },
  };
}

/** Removes the participants of an appointment that is being deleted. */
export function removeParticipants(database: Database, appointmentId: number): void {
  replace(database, appointmentId, []);
}

function rowsOf(database: Database, appointmentId: number): DbRow[] {
  return rowsWith(database.table('participant'), 'appointment_id', appointmentId);
}

function carriers({ id, row, reading }: EntityRecord): unknown[] {
  const { database } = reading;
  const rows = id === 0 ? [] : rowsOf(database, id);
  return (rows.length > 0 ? rows : ownerAlone(database, row)).map(participant => ({
    AssociateId: numberOf(participant.associate_id),
    PersonId: numberOf(participant.person_id),
    ContactId: numberOf(participant.contact_id),
    EmailId: numberOf(participant.email_id),
    SendEmail: participant.sendEmail === 1,
    InvitationStatus: 'Accepted',
    EmailAddress: textOf(participant.emailAddress),
    Description: '',
    ExternallyOwnedType: 'Unknown',
    ExternallyOwnedStatus: 'Unknown',
  }));
}

function ownerAlone(database: Database, row: Readonly<DbRow>): DbRow[] {
  const associateId = numberOf(row.associate_id);
  const associate = database.table('associate').get(associateId);
  if (!associate) return [];
  const personId = numberOf(associate.person_id);
  const contactId = numberOf(database.table('person').get(personId)?.contact_id);
  return [{ associate_id: associateId, person_id: personId, contact_id: contactId }];
}

function parse(draft: Draft, name: string, value: unknown): readonly DbRow[] | undefined {
  const items = objectsIn(draft, name, value);
  if (!items) return undefined;
  const { database } = draft.writing;
  const rows: DbRow[] = [];
  for (const item of items) {
    const row = {
      associate_id: toInteger(pick(item, 'AssociateId') ?? 0) ?? -1,
      person_id: toInteger(pick(item, 'PersonId') ?? 0) ?? -1,
      contact_id: toInteger(pick(item, 'ContactId') ?? 0) ?? -1,
      email_id: toInteger(pick(item, 'EmailId') ?? 0) ?? 0,
      sendEmail: toBoolean(pick(item, 'SendEmail')) === true ? 1 : 0,
      emailAddress: toText(pick(item, 'EmailAddress') ?? '') ?? '',
    };
    const points = (table: string, id: number): boolean =>
      id === 0 || database.table(table).get(id) !== undefined;
    const isSomebody = row.associate_id !== 0 || row.person_id !== 0 || row.contact_id !== 0;
    if (
      !isSomebody ||
      !points('associate', row.associate_id) ||
      !points('person', row.person_id) ||
      !points('contact', row.contact_id)
    ) {
      draft.reject(name, `${shown(item)} is nobody: the id of an associate, a person or a company is needed`);
      return undefined;
    }
    rows.push(row);
  }
  return rows;
}

function replace(database: Database, appointmentId: number, wanted: readonly DbRow[]): boolean {
  const kept = rowsOf(database, appointmentId);
  const isSame = (row: DbRow, index: number): boolean =>
    Object.entries(wanted[index] ?? {}).every(([column, value]) => row[column] === value);
  if (kept.length === wanted.length && kept.every(isSame)) return false;
  const table = database.table('participant');
  for (const row of kept) table.delete(numberOf(row.participant_id));
  for (const row of wanted) table.insert({ appointment_id: appointmentId, ...row });
  return true;
}
