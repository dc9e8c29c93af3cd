import { pick } from '../../http/names.ts';
import type { Database } from '../../store/database.ts';
import type { DbRow } from '../../store/table.ts';
import type { Property } from '../property.ts';
import { rowsWith } from '../rows.ts';
import { numberOf, shown, textOf, toText } from '../values.ts';
import { objectsIn } from './objects.ts';
import { checkedText } from './scalar.ts';

const stdItems = [
  'None',
  'Forward',
  'UnnamedAttachmentBlocked',
  'NoAutoReply',
  'SentAutoReplyToCustomersA',
  'SentAutoReplyToCustomersB',
  'CustomerReadFAQ',
  'ReplyTemplate',
];
const stdItemColumns = ['None', 'Name', 'Value'];

/** Lengths are not documented; the table's texts are as long as other names and addresses. */
const lengths = { Name: 255, Value: 4000 };

/** `To`, `Cc` and the like, as a message shows them: nothing is sent to whom they name (writing.md, section 5.3). */
export function messageHeadersProperty(name: string): Property {
  return {
    name,
    empty: [],
    read: ({ id, reading }) => (id === 0 ? [] : messageHeaders(reading.database, id)),
    write: (draft, value) => {
      const items = objectsIn(draft, name, value);
      if (!items) return;
      const rows: DbRow[] = [];
      for (const item of items) {
        const header = checkedText(draft, name, pick(item, 'Name') ?? '', lengths.Name);
        const text = checkedText(draft, name, pick(item, 'Value') ?? '', lengths.Value);
        const stdItem = toText(pick(item, 'StdItem') ?? '') || 'None';
        const stdItemColumn = toText(pick(item, 'StdItemCol') ?? '') || 'None';
        if (header === undefined || text === undefined) return;
        if (!stdItems.includes(stdItem) || !stdItemColumns.includes(stdItemColumn)) {
          draft.reject(name, `${shown(item)} names a standard text that does not exist`);
          return;
        }
        rows.push({ name: header, value: text, std_item: stdItem, std_item_col: stdItemColumn });
      }
      draft.parts.set(name, id => replace(draft.writing.database, id, rows));
    },
  };
}

/** Carriers of a message's headers, in the order they were sent in. */
export function messageHeaders(database: Database, messageId: number): unknown[] {
  return headerRows(database, messageId).map(row => ({
    Id: numberOf(row.id),
    Name: textOf(row.name),
    Value: textOf(row.value),
    StdItem: textOf(row.std_item),
    StdItemCol: textOf(row.std_item_col),
    TableRight: null,
    FieldProperties: {},
  }));
}

/** Forgets the headers of a message that is being deleted. */
export function removeHeaders(database: Database, messageId: number): void {
  replace(database, messageId, []);
}

function headerRows(database: Database, messageId: number): DbRow[] {
  return rowsWith(database.table('message_header'), 'message_id', messageId).sort(
    (a, b) => numberOf(a.id) - numberOf(b.id),
  );
}

function replace(database: Database, messageId: number, wanted: readonly DbRow[]): boolean {
  const kept = headerRows(database, messageId);
  const isSame = (row: DbRow, index: number): boolean =>
    Object.entries(wanted[index] ?? {}).every(([column, value]) => row[column] === value);
  if (kept.length === wanted.length && kept.every(isSame)) return false;
  const table = database.table('message_header');
  for (const row of kept) table.delete(numberOf(row.id));
  for (const row of wanted) table.insert({ message_id: messageId, ...row });
  return true;
}
