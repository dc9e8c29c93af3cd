import { pick } from '../../http/names.ts';
import type { Database } from '../../store/database.ts';
import type { DbRow } from '../../store/table.ts';
import { listItemName } from '../carriers/list-item.ts';
import { personName } from '../carriers/names.ts';
import { phoneTypes, primaryEmail } from '../carriers/primary.ts';
import type { Draft, Writing } from '../draft.ts';
import type { Property, Reading } from '../property.ts';
import { rowsWith } from '../rows.ts';
import { createdStamp, noDate, updatedStamp } from '../stamps.ts';
import { numberOf, shown, textOf, toInteger } from '../values.ts';
import { elementRows, phoneStore } from './elements.ts';
import { insertNote, noteLength, textTypes } from './note.ts';
import { objectsIn } from './objects.ts';
import { checkedText } from './scalar.ts';

interface Member {
  readonly contactId: number;
  readonly personId: number;
  readonly typeId: number;
  readonly comment: string;
}

/**
 * The persons of a project. The array replaces the members; one that stays keeps its id and its date (writing.md,
 * sections 1.5 and 2).
 */
export function projectMembers(name: string): Property {
  return {
    name,
    empty: [],
    field: { type: 'SuperOffice.CRM.Services.ProjectMember[]', length: 0 },
    read: ({ id, reading }) =>
      id === 0 ? [] : memberRows(reading.database, id).map(row => carrier(row, reading)),
    write: (draft, value) => {
      const sent = parse(draft, name, value);
      if (sent) draft.parts.set(name, id => replaceMembers(draft.writing, id, sent));
    },
  };
}

/** Removes every member of a project that is being deleted. */
export function removeMembers(database: Database, projectId: number): void {
  for (const row of memberRows(database, projectId)) removeMember(database, row);
}

function memberRows(database: Database, projectId: number): DbRow[] {
  return rowsWith(database.table('projectmember'), 'project_id', projectId).sort(
    (a, b) => numberOf(a.rank) - numberOf(b.rank),
  );
}

/** A member is a person, of its own company unless another is sent; without a person a company. */
function parse(draft: Draft, name: string, value: unknown): readonly Member[] | undefined {
  const items = objectsIn(draft, name, value);
  if (!items) return undefined;
  const { database } = draft.writing;
  const members: Member[] = [];
  for (const [index, item] of items.entries()) {
    const place = `${name}[${index}]`;
    const id = (property: string): number | undefined => toInteger(pick(item, property) ?? 0);
    const personId = id('PersonId');
    const typeId = id('ProjectMemberTypeId');
    const person = database.table('person').get(personId ?? 0);
    const contactId = id('ContactId') || numberOf(person?.contact_id);
    const comment = checkedText(draft, `${place}.Comment`, pick(item, 'Comment') ?? '', noteLength);
    if (comment === undefined) return undefined;
    const isKnown =
      (person !== undefined || personId === 0) &&
      (contactId === 0 || database.table('contact').get(contactId));
    if (personId === undefined || !isKnown || (personId === 0 && contactId === 0)) {
      draft.reject(place, `${shown(item)} is no person or company that exists`);
      return undefined;
    }
    if (typeId === undefined || (typeId !== 0 && !database.table('pmembtype').get(typeId))) {
      draft.reject(place, `there is no item ${shown(pick(item, 'ProjectMemberTypeId'))} in list pmembtype`);
      return undefined;
    }
    members.push({ personId, contactId, typeId, comment });
  }
  return members;
}

/** Makes exactly `sent` the members, in that order. True when anything changed. */
function replaceMembers(writing: Writing, projectId: number, sent: readonly Member[]): boolean {
  const { database, now, associateId } = writing;
  const table = database.table('projectmember');
  const kept = memberRows(database, projectId);
  let changed = false;
  for (const [index, member] of sent.entries()) {
    const place = kept.findIndex(
      row => row.person_id === member.personId && row.contact_id === member.contactId,
    );
    const [row] = place === -1 ? [] : kept.splice(place, 1);
    const columns = { mtype_idx: member.typeId, rank: index + 1 };
    if (row === undefined) {
      const added: DbRow = {
        project_id: projectId,
        contact_id: member.contactId,
        person_id: member.personId,
        event_participant_status: 0,
        text_id: 0,
        ...columns,
        ...createdStamp(now, associateId),
      };
      setComment(database, added, table.insert(added), member.comment);
      changed = true;
      continue;
    }
    const id = numberOf(row.projectmember_id);
    const isOther = table.update(id, columns);
    if (!setComment(database, row, id, member.comment) && !isOther) continue;
    table.update(id, updatedStamp(row, now, associateId));
    changed = true;
  }
  for (const row of kept) removeMember(database, row);
  return changed || kept.length > 0;
}

function setComment(database: Database, row: DbRow, id: number, comment: string): boolean {
  const textId = numberOf(row.text_id);
  if (textId > 0) return database.table('text').update(textId, { text: comment });
  if (comment === '') return false;
  const added = insertNote(database, textTypes.projectMember, id, comment);
  return database.table('projectmember').update(id, { text_id: added });
}

function removeMember(database: Database, row: DbRow): void {
  database.table('text').delete(numberOf(row.text_id));
  database.table('projectmember').delete(numberOf(row.projectmember_id));
}

function carrier(row: DbRow, reading: Reading): unknown {
  const { database } = reading;
  const personId = numberOf(row.person_id);
  const contactId = numberOf(row.contact_id);
  const person = database.table('person').get(personId);
  const contact = database.table('contact').get(contactId);
  const email = primaryEmail(database, 'person_id', personId);
  const [phone] = elementRows(database, phoneStore(phoneTypes.direct), personId);
  const date = (column: string): string => (textOf(row[column]) || noDate) + reading.zone;
  return {
    ProjectmemberId: numberOf(row.projectmember_id),
    ContactId: contactId,
    ProjectId: numberOf(row.project_id),
    ContactName: textOf(contact?.name),
    ContactDepartment: textOf(contact?.department),
    ProjectName: textOf(database.table('project').get(numberOf(row.project_id))?.name),
    EmailId: numberOf(email?.email_id),
    EmailAddress: textOf(email?.email_address),
    CountryId: numberOf((person ?? contact)?.country_id),
    Firstname: textOf(person?.firstname),
    MiddleName: textOf(person?.middleName),
    Lastname: textOf(person?.lastname),
    PersonId: personId,
    Mrmrs: textOf(person?.mrmrs),
    ProjectMemberTypeName: listItemName('pmembtype', numberOf(row.mtype_idx), reading),
    Phone: textOf(phone?.phone),
    PhoneId: numberOf(phone?.phone_id),
    ProjectMemberTypeId: numberOf(row.mtype_idx),
    EmailAddressName: textOf(email?.description),
    Comment: textOf(database.table('text').get(numberOf(row.text_id))?.text),
    FullName: person ? personName(person) : '',
    Registered: date('registered'),
    Updated: date('updated'),
    EventParticipantStatus: 'NotAnEvent',
    TableRight: null,
    FieldProperties: {},
  };
}
