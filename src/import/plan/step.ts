import type { RowFile } from '../../formats/row-file.ts';
import type { Mail } from '../../superoffice/mail.ts';
import type { Change } from '../result.ts';

/** What a row does besides writing fields of its record, once the record is there. */
export type Step =
  /** Gives a document its file. `from`: bytes that it has now; null: none. */
  | { readonly does: 'content'; readonly file: RowFile; readonly from: number | null }
  /** Hangs a file on a message. */
  | { readonly does: 'attach'; readonly file: RowFile }
  | { readonly does: 'mail'; readonly mail: Mail };

/** How a step is told; null for what is no change of a record. */
export function changeBy(step: Step): Change | null {
  switch (step.does) {
    case 'content':
      return {
        field: 'Content',
        from: step.from === null ? null : inBytes(step.from),
        to: step.from === step.file.size ? `${inBytes(step.file.size)}, others` : inBytes(step.file.size),
      };
    case 'attach':
      return { field: 'AttachmentNames', from: null, to: `${step.file.name} (${inBytes(step.file.size)})` };
    case 'mail':
      return { field: 'SendTo', from: null, to: step.mail.to.join(', ') };
  }
}

function inBytes(size: number): string {
  return `${size.toLocaleString('en')} bytes`;
}
