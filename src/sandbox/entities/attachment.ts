import type { DbRow } from '../store/table.ts';
import { entityCarrier } from './carrier.ts';
import { defineEntity } from './entity.ts';
import { flag, readOnlyInteger, text } from './properties/scalar.ts';
import type { Reading } from './property.ts';
import { rowsWith } from './rows.ts';
import { stampText } from './stamps.ts';
import { numberOf, textOf } from './values.ts';

const blank: DbRow = {
  name: '',
  content_type: '',
  att_size: 0,
  inline_image: 0,
  content_id: '',
  auth_key: '',
  stored_content: 0,
};

/** Endings that a user should not open unseen. Which ones SuperOffice means is not documented, nor where they are set. */
const unsafeEndings = /\.(exe|com|bat|cmd|msi|scr|pif|vbs|vbe|js|jse|wsf|wsh|ps1|hta|cpl|jar|lnk|reg)$/i;

/** File of a message: the record first, its bytes after (writing.md, section 5.4). `stored_content` is the content's id. */
export const attachment = defineEntity({
  name: 'Attachment',
  table: 'attachment',
  idProperty: 'AttachmentId',
  properties: [
    readOnlyInteger('AttachmentId', 'id'),
    text('Name', 'name', 255),
    text('ContentType', 'content_type', 255),
    readOnlyInteger('AttSize', 'att_size'),
    flag('InlineImage', 'inline_image'),
    text('ContentId', 'content_id', 255),
    text('AuthKey', 'auth_key', 255),
    { name: 'IsSafeFileExtension', read: ({ row }) => !unsafeEndings.test(textOf(row.name)) },
  ],
  archives: [],
  blank,
  defaults: () => {},
  complete: () => {},
  stamps: {
    created: now => ({ created_at: stampText(now) }),
    updated: (_, now) => ({ changed_at: stampText(now) }),
  },
});

/** The `AttachmentEntity` carrier; null for no such attachment. */
export function attachmentCarrier(id: number, reading: Reading): Record<string, unknown> | null {
  const row = reading.database.table('attachment').get(id);
  return row ? entityCarrier(attachment, { id, row, reading }, null) : null;
}

/** Ids of the attachments of a message, in the order they were linked. */
export function attachmentsOfMessage(database: Reading['database'], messageId: number): number[] {
  return rowsWith(database.table('ticket_attachment'), 'message_id', messageId)
    .sort((a, b) => numberOf(a.id) - numberOf(b.id))
    .map(row => numberOf(row.attachment_id));
}
