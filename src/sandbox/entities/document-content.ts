import { contentAnswer } from '../http/content-answer.ts';
import { type Answer, type Exchange, ok, type Route, SandboxError } from '../http/exchange.ts';
import { isObject } from '../http/names.ts';
import { translate } from '../lists/text.ts';
import type { DbRow } from '../store/table.ts';
import { entityCarrier, selectionOf } from './carrier.ts';
import { document } from './document.ts';
import { assertWritable } from './document-lock.ts';
import { archiveName } from './document-names.ts';
import { checkedOutErrorType, documentLimit, missingContentErrorType } from './open-points.ts';
import { idIn } from './rest.ts';
import { succeeded } from './return-info.ts';
import { updatedStamp } from './stamps.ts';
import { labelOf, requireRow, savedRecord } from './store.ts';
import { numberOf, textOf, toText } from './values.ts';

const content = '/v1/Document/{documentId}/Content';

/** The file of a document (writing.md, section 4). Whoever changes it gets the document with the name its file has now. */
export const documentContentRoutes: Route[] = [
  ['GET', content, (exchange, parameters) => read(exchange, idIn(parameters, 'documentId'))],
  [
    'PUT',
    content,
    (exchange, parameters) => {
      const { contents } = exchange;
      const row = writableRow(exchange, idIn(parameters, 'documentId'));
      refuseReplacing(exchange, row);
      if (contents.upload === null) throw new Error('a route for contents was called without one');
      return setContent(exchange, row, contents.keep(contents.upload));
    },
    { as: 'content', limit: documentLimit },
  ],
  [
    'POST',
    content,
    (exchange, parameters) => {
      const row = writableRow(exchange, idIn(parameters, 'documentId'));
      const bytes = Buffer.from(textFromTemplate(exchange, row));
      return setContent(exchange, withTemplateName(exchange, row), exchange.contents.write(bytes));
    },
  ],
  [
    'DELETE',
    content,
    (exchange, parameters) => {
      const { database, contents, now, user } = exchange;
      const row = writableRow(exchange, idIn(parameters, 'documentId'));
      contents.remove(numberOf(row.content_id));
      if (numberOf(row.content_id) > 0)
        database
          .table('document')
          .update(numberOf(row.document_id), { content_id: 0, ...updatedStamp(row, now, user.associateId) });
      return ok(succeeded());
    },
  ],
  [
    'GET',
    '/v1/Document/{documentId}/Length',
    (exchange, parameters) => {
      const row = requireRow(exchange, document, idIn(parameters, 'documentId'));
      return ok(exchange.contents.size(numberOf(row.content_id)) ?? 0);
    },
  ],
];

/** The row of a document whose file may be changed now. Throws 404 and, when a colleague has it checked out, 400. */
export function writableRow(exchange: Exchange, id: number): DbRow {
  const row = requireRow(exchange, document, id);
  assertWritable(exchange, row);
  return row;
}

/** Whether PUT takes the place of a file that is there is the installation's matter (quirks.ts). */
function refuseReplacing({ database }: Exchange, row: DbRow): void {
  if (database.quirks['content-put-replaces'] === 'no' && numberOf(row.content_id) > 0)
    throw new SandboxError(
      400,
      checkedOutErrorType,
      `Document ${numberOf(row.document_id)} has its content already`,
    );
}

/** Gives the document another content, its first one with the name that the archive makes of it. */
export function setContent(exchange: Exchange, row: DbRow, contentId: number): Answer {
  const { database, contents, now, user } = exchange;
  const id = numberOf(row.document_id);
  const before = numberOf(row.content_id);
  const wanted = textOf(row.name);
  contents.remove(before);
  database.table('document').update(id, {
    content_id: contentId,
    contentSetCount: numberOf(row.contentSetCount) + 1,
    name: before > 0 ? wanted : archiveName(database, wanted, id),
    ...updatedStamp(row, now, user.associateId),
  });
  return ok(entityCarrier(document, savedRecord(exchange, document, id), selectionOf(exchange)));
}

function read(exchange: Exchange, id: number): Answer {
  const row = requireRow(exchange, document, id);
  const stored = exchange.contents.read(numberOf(row.content_id));
  if (!stored)
    throw new SandboxError(404, missingContentErrorType, `${labelOf(document, id)} has no content`);
  return contentAnswer(stored, exchange.headers.accept);
}

/** A document without a name gets that of its template. */
function withTemplateName(exchange: Exchange, row: DbRow): DbRow {
  return textOf(row.name) === '' ? { ...row, name: textOf(templateOf(exchange, row)?.filename) } : row;
}

/** The sandbox has no template files: a content made from a template says so, with the tags that were sent. */
function textFromTemplate(exchange: Exchange, row: DbRow): string {
  const { body, language } = exchange;
  const tags = isObject(body) ? Object.entries(body) : [];
  const name = translate(textOf(templateOf(exchange, row)?.name), language);
  return [name, textOf(row.header), ...tags.map(([tag, value]) => `${tag}: ${toText(value) ?? ''}`), '']
    .filter((line, index, lines) => line !== '' || index === lines.length - 1)
    .join('\n');
}

function templateOf({ database }: Exchange, row: DbRow): DbRow | undefined {
  return database.table('doctmpl').get(numberOf(row.task_idx));
}
