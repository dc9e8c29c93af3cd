import { tooLong } from '../http/body.ts';
import { type BodyRule, type Exchange, ok, type Route, SandboxError } from '../http/exchange.ts';
import { isObject, pick } from '../http/names.ts';
import { base64Limit, decodeBase64 } from '../http/upload.ts';
import { setContent, writableRow } from './document-content.ts';
import { archiveName, fileNameLength } from './document-names.ts';
import { badArgumentErrorType, documentLimit, tooLongErrorType } from './open-points.ts';
import { updatedStamp } from './stamps.ts';
import { numberOf, textOf, toBoolean, toInteger, toText } from './values.ts';

const agent = '/v1/Agents/Document';
const streamRule: BodyRule = { as: 'value', limit: base64Limit(documentLimit) };

/** What the document agent can do beside the verbs that all agents have (writing.md, section 4). */
export const documentAgentRoutes: Route[] = [
  [
    'POST',
    `${agent}/SetDocumentStreamFromId`,
    exchange => setStream(exchange, toInteger(pick(exchange.body, 'DocumentId'))),
    streamRule,
  ],
  [
    'POST',
    `${agent}/SetDocumentStream`,
    exchange => {
      const { body } = exchange;
      const entity = pick(body, 'DocumentEntity');
      const id = isObject(entity) ? toInteger(pick(entity, 'DocumentId')) : undefined;
      const overwrites = toBoolean(pick(body, 'OverwriteExistingData')) === true;
      return setStream(exchange, id, overwrites);
    },
    streamRule,
  ],
  [
    'POST',
    `${agent}/RenameDocument`,
    exchange => {
      const { database, body, now, user } = exchange;
      const row = writableRow(exchange, toInteger(pick(body, 'DocumentId')) ?? 0);
      const wanted = toText(pick(body, 'NewFilename') ?? '') ?? '';
      if (wanted === '') throw refusal('NewFilename is required');
      if (wanted.length > fileNameLength)
        throw new SandboxError(
          400,
          tooLongErrorType,
          `NewFilename has more than ${fileNameLength} characters`,
        );
      const id = numberOf(row.document_id);
      const name = numberOf(row.content_id) > 0 ? archiveName(database, wanted, id) : wanted;
      if (name !== textOf(row.name))
        database.table('document').update(id, { name, ...updatedStamp(row, now, user.associateId) });
      return ok(name);
    },
  ],
];

/** `overwrites`: whether there must be a content already, or must be none; undefined: either will do. */
function setStream(exchange: Exchange, id: number | undefined, overwrites?: boolean) {
  const row = writableRow(exchange, id ?? 0);
  const hasContent = numberOf(row.content_id) > 0;
  if (overwrites !== undefined && overwrites !== hasContent)
    throw refusal(
      overwrites ? 'the document has no content to overwrite' : 'the document has content already',
    );
  const bytes = decodeBase64(pick(exchange.body, 'Stream'));
  if (bytes.length > documentLimit) throw tooLong();
  return setContent(exchange, row, exchange.contents.write(bytes));
}

function refusal(message: string): SandboxError {
  return new SandboxError(400, badArgumentErrorType, message);
}
