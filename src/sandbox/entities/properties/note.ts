import type { Property } from '../property.ts';
import { numberOf, textOf } from '../values.ts';
import { checkedText } from './scalar.ts';

/** Types of table `text` (writing.md, section 7.1). */
export const textTypes = { contactInfo: 1, personInfo: 2 } as const;

/** Characters of a note that count, though the column is longer. */
const noteLength = 2047;

/** A long text in table `text`, linked by the owner's `text_id`. */
export function note(name: string, ownerTable: string, type: number): Property {
  return {
    name,
    empty: '',
    field: { type: 'System.String', length: noteLength },
    read: ({ row, reading }) => textOf(reading.database.table('text').get(numberOf(row.text_id))?.text),
    write: (draft, value) => {
      const text = checkedText(draft, name, value, noteLength);
      if (text === undefined) return;
      const { database } = draft.writing;
      draft.parts.set(name, (id, row) => {
        const texts = database.table('text');
        const textId = numberOf(row.text_id);
        if (texts.get(textId)) return texts.update(textId, { text });
        if (text === '') return false;
        const added = texts.insert({ type, owner_id: id, text, lcid: 0, seqno: 1, updatedCount: 0 });
        return database.table(ownerTable).update(id, { text_id: added });
      });
    },
  };
}
