import type { IncomingMessage } from 'node:http';
import type { ContentStore, Upload } from '../store/contents.ts';
import { collectBody, isJson, mediaType, parseJson, tooLong, unsupportedMediaType } from './body.ts';
import { BindingError } from './exchange.ts';

/**
 * Types whose bytes are the content itself: those that the spec lists for `PUT …/Content` (writing.md, section 4). A PDF or
 * plain text is not among them and goes as `application/octet-stream`.
 */
const rawTypes: ReadonlySet<string> = new Set([
  'application/octet-stream',
  'image/jpeg',
  'image/jpg',
  'image/png',
  'image/gif',
  'image/bmp',
  'image/tiff',
  'application/msword',
  'application/rtf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.ms-excel',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.ms-powerpoint',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
]);

/** Room for quotes, white space, part headers and boundaries around a content, in bytes. */
const wrapping = 64 * 1024;

/**
 * Puts the file that a request brings into the store, as raw bytes, as a base64 text in JSON or as the first part of a form.
 * Only raw bytes go to the disk as they come. Throws BindingError: 413 above `limit` bytes of content, 415 for other
 * types, 400 for a body that holds no content.
 */
export async function receiveUpload(
  request: IncomingMessage,
  limit: number,
  store: ContentStore,
): Promise<Upload> {
  const type = mediaType(request.headers['content-type']);
  if (type === undefined) throw unsupportedMediaType('');
  if (rawTypes.has(type)) {
    if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLong();
    return store.receive(limited(request, limit));
  }
  if (!isJson(type) && type !== 'multipart/form-data') throw unsupportedMediaType(type);
  const body = await collectBody(request, base64Limit(limit));
  const bytes = isJson(type) ? decodeBase64(parseJson(body)) : await firstFile(body, request);
  if (bytes.length > limit) throw tooLong();
  return store.receive([bytes]);
}

/** Bytes of a body that holds this much content as a base64 text. */
export function base64Limit(contentLimit: number): number {
  return Math.ceil(contentLimit / 3) * 4 + wrapping;
}

/** The bytes of a `string/byte` value. Throws BindingError 400. */
export function decodeBase64(value: unknown): Buffer {
  if (typeof value === 'string' && /^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(value))
    return Buffer.from(value, 'base64');
  throw new BindingError('The content is not a base64 text.');
}

/** The chunks as they come; the request stays usable for its answer when they are too many. */
async function* limited(request: IncomingMessage, limit: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    const bytes: Uint8Array = chunk;
    size += bytes.length;
    if (size > limit) throw tooLong();
    yield bytes;
  }
}

async function firstFile(body: Buffer, request: IncomingMessage): Promise<Buffer> {
  const headers = { 'content-type': request.headers['content-type'] ?? '' };
  const form = await new Response(body, { headers }).formData().catch(() => {
    throw new BindingError('The body is no multipart form.');
  });
  for (const [, part] of form) if (typeof part !== 'string') return Buffer.from(await part.arrayBuffer());
  throw new BindingError('The form holds no file.');
}
