import type { Database } from '../../store/database.ts';
import type { Property } from '../property.ts';
import { numberOf, textOf } from '../values.ts';
import { checkedText } from './scalar.ts';

/** Types of table `text` (writing.md, section 7.1). */
export const textTypes = {
  contactInfo: 1,
  personInfo: 2,
  appointmentText: 4,
  documentText: 5,
  projectText: 6,
  saleText: 7,
  projectInfo: 11,
  projectMember: 13,
  saleInfo: 25,
} as const;

/** `postitText_id`: the second note of projects and sales. Appointments have four texts. */
export type NoteLink =
  | 'text_id'
  | 'postitText_id'
  | 'title_text_id'
  | 'agenda_text_id'
  | 'internal_notes_text_id';

/** Characters of a note that count, though the column is longer. */
export const noteLength = 2047;

/** A long text in table `text`, linked by a column of the owner. */
export function note(name: string, ownerTable: string, type: number, link: NoteLink = 'text_id'): Property {
  return {
    name,
    empty: '',
    field: { type: 'System.String', length: noteLength },
    read: ({ row, reading }) => textOf(reading.database.table('text').get(numberOf(row[link]))?.text),
    write: (draft, value) => {
      const text = checkedText(draft, name, value, noteLength);
      if (text === undefined) return;
      const { database } = draft.writing;
      draft.parts.set(name, (id, row) => {
        const texts = database.table('text');
        const textId = numberOf(row[link]);
        if (texts.get(textId)) return texts.update(textId, { text });
        if (text === '') return false;
        return database.table(ownerTable).update(id, { [link]: insertNote(database, type, id, text) });
      });
    },
  };
}

/** Adds a row to table `text` and answers its id. */
export function insertNote(database: Database, type: number, ownerId: number, text: string): number {
  return database.table('text').insert({ type, owner_id: ownerId, text, lcid: 0, seqno: 1, updatedCount: 0 });
}
