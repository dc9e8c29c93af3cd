import { contentAnswer } from '../../http/content-answer.ts';
import { type Exchange, noContent, type Route, SandboxError } from '../../http/exchange.ts';
import { attachment } from '../attachment.ts';
import { missingContentErrorType } from '../open-points.ts';
import { idIn } from '../rest.ts';
import { requireRow } from '../store.ts';
import { numberOf } from '../values.ts';
import { messageAttachmentLimit, refuseTooMuchAfter } from './links.ts';
import { serviceVerbs } from './verbs.ts';

/** Gives an attachment the bytes of a content that is in the store; its former bytes go. */
export function setContent(exchange: Exchange, attachmentId: number, contentId: number): void {
  const { database, contents } = exchange;
  const row = requireRow(exchange, attachment, attachmentId);
  contents.remove(numberOf(row.stored_content));
  database
    .table('attachment')
    .update(attachmentId, { stored_content: contentId, att_size: contents.size(contentId) ?? 0 });
  refuseTooMuchAfter(exchange, attachmentId);
}

/** `/v1/Attachment` (writing.md, section 5.4): there is no DELETE, and bytes go in by POST. */
export const attachmentRoutes: readonly Route[] = [
  ...serviceVerbs(attachment, { links: 'all' }),
  [
    'POST',
    '/v1/Attachment/{id}/Content',
    (exchange, parameters) => {
      const id = idIn(parameters);
      requireRow(exchange, attachment, id);
      const { upload } = exchange.contents;
      if (upload === null) throw new Error('the route takes contents');
      setContent(exchange, id, exchange.contents.keep(upload));
      return noContent;
    },
    // One attachment alone may fill a message; more fits into none.
    { as: 'content', limit: messageAttachmentLimit },
  ],
  [
    'GET',
    '/v1/Attachment/{id}/Content',
    (exchange, parameters) => {
      const id = idIn(parameters);
      const row = requireRow(exchange, attachment, id);
      const content = exchange.contents.read(numberOf(row.stored_content));
      if (!content)
        throw new SandboxError(404, missingContentErrorType, `Attachment id ${id} has no content`);
      return contentAnswer(content, exchange.headers.accept);
    },
  ],
];
