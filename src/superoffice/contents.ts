import type { AwaitedBody } from './call.ts';
import { SuperOfficeError } from './error.ts';
import type { Http } from './http.ts';
import { isObject, numberOf, textOf } from './json.ts';
import { defaultOpenPoints, type OpenPoints } from './open-points.ts';
import type { Upload } from './transport.ts';

/** Is given bytes piece by piece. */
export type Receive = (body: AsyncIterable<Uint8Array>) => Promise<void>;

/** A file that hangs on a message. */
export interface Attachment {
  readonly id: number;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
}

/**
 * What is known of a file before it is read. Without it the page of a gateway, or half of a file, would pass for the file:
 * nothing in an answer with a good status tells.
 */
export interface KnownFile {
  /** As SuperOffice has it. */
  readonly name?: string;
  /** Bytes. */
  readonly size?: number;
}

function awaited({ name, size }: KnownFile): AwaitedBody {
  return { size: size ?? null, mayBePage: name === undefined || /\.(x?html?|mht(ml)?)$/i.test(name) };
}

/** Files of documents and messages (writing.md, sections 4 and 5.4). Every method throws SuperOfficeError. */
export class Contents {
  readonly #http: Http;
  readonly #putReplaces: boolean;

  constructor(http: Http, { contentPutReplaces }: OpenPoints = defaultOpenPoints) {
    this.#http = http;
    this.#putReplaces = contentPutReplaces;
  }

  /**
   * Gives a document its file, in place of the one it has. Answers the name that the archive keeps it under. Where a PUT
   * replaces nothing, the file that is there goes first: when the new one fails then, the next run finds none and sends it.
   * @param completes other things of the record were written before
   */
  async putDocument(id: number, upload: Upload, completes = false): Promise<string> {
    const path = `/v1/Document/${id}/Content`;
    const isInTheWay = !this.#putReplaces && (await this.documentLength(id, completes)) > 0;
    if (isInTheWay) await this.#http.send({ kind: 'repeatable', completes, method: 'DELETE', path });
    const json = await this.#http.send({
      kind: 'repeatable',
      completes: completes || isInTheWay,
      method: 'PUT',
      path,
      upload,
      lacks: answer =>
        isObject(answer) && numberOf(answer, 'DocumentId') === id ? null : `the id of document ${id}`,
    });
    return isObject(json) ? textOf(json, 'Name') : '';
  }

  /** Bytes of a document's file; 0 when it has none. */
  async documentLength(id: number, completes = false): Promise<number> {
    const path = `/v1/Document/${id}/Length`;
    const lacks = (answer: unknown): string | null => (typeof answer === 'number' ? null : 'a length');
    return Number(await this.#http.send({ kind: 'read', completes, method: 'GET', path, lacks }));
  }

  /** @param file what is known of it */
  async readDocument(id: number, receive: Receive, file: KnownFile = {}): Promise<void> {
    const path = `/v1/Document/${id}/Content`;
    await this.#http.send({ kind: 'read', method: 'GET', path, receive, awaits: awaited(file) });
  }

  /**
   * Uploads a file that hangs on nothing yet. Sent anew after a lost answer: what was lost is an attachment that nobody
   * sees, and there is no way to look it up.
   * @param completes other things of the message were written before
   */
  async addAttachment(name: string, contentType: string, upload: Upload, completes = false): Promise<number> {
    const json = await this.#http.send({
      kind: 'repeatable',
      completes,
      method: 'POST',
      path: '/v1/Attachment',
      query: '$select=AttachmentId',
      json: { Name: name, ContentType: contentType, InlineImage: false },
      lacks: answer =>
        isObject(answer) && numberOf(answer, 'AttachmentId') > 0 ? null : 'the id of the attachment',
    });
    const id = isObject(json) ? numberOf(json, 'AttachmentId') : 0;
    const path = `/v1/Attachment/${id}/Content`;
    await this.#http.send({ kind: 'repeatable', completes: true, method: 'POST', path, upload });
    return id;
  }

  /** @param completes something of the message was written before */
  async attachmentsOf(messageId: number, completes = false): Promise<Attachment[]> {
    const json = await this.#http.send({
      kind: 'read',
      completes,
      method: 'GET',
      path: `/v1/TicketMessage/${messageId}/Attachment`,
      lacks: answer => (Array.isArray(answer) ? null : 'a list of attachments'),
    });
    return (Array.isArray(json) ? json.filter(isObject) : []).map(each => ({
      id: numberOf(each, 'AttachmentId'),
      name: textOf(each, 'Name'),
      size: numberOf(each, 'AttSize'),
    }));
  }

  /** @param file what is known of it */
  async readAttachment(id: number, receive: Receive, file: KnownFile = {}): Promise<void> {
    const path = `/v1/Attachment/${id}/Content`;
    await this.#http.send({ kind: 'read', method: 'GET', path, receive, awaits: awaited(file) });
  }

  /** Hangs attachments on a message. After a lost answer the message is asked which ones it has. */
  async attach(messageId: number, attachmentIds: readonly number[]): Promise<void> {
    const path = `/v1/TicketMessage/${messageId}/Attachment`;
    const send = (ids: readonly number[]): Promise<unknown> =>
      this.#http.send({ kind: 'create', completes: true, method: 'POST', path, json: ids });
    try {
      await send(attachmentIds);
    } catch (error) {
      if (!(error instanceof SuperOfficeError) || !error.lost) throw error;
      const there = new Set((await this.attachmentsOf(messageId, true)).map(({ id }) => id));
      const missing = attachmentIds.filter(id => !there.has(id));
      if (missing.length > 0) await send(missing);
    }
  }
}
