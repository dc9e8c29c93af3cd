import type { RowFile } from '../../formats/row-file.ts';
import { checksumOf } from '../../state/fingerprint.ts';
import type { Receive } from '../../superoffice/contents.ts';

/** Does SuperOffice hold just the bytes of this file? They are read through, not kept. */
export async function holds(file: RowFile, read: (receive: Receive) => Promise<void>): Promise<boolean> {
  let checksum = '';
  await read(async body => {
    checksum = await checksumOf(body);
  });
  return checksum === file.checksum;
}
