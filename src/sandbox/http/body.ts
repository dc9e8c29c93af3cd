import type { IncomingMessage } from 'node:http';
import { BindingError, type BodyRule } from './exchange.ts';

/** What IIS allows by default is 30 MB; mass operations need more room. */
const valueLimit = 64 * 1024 * 1024;

/** How most bodies are taken in: collected and parsed. */
export const valueRule: BodyRule = { as: 'value', limit: valueLimit };

/** Collects the body. Rejects with BindingError 413 above `limit` bytes, and with the socket's error when the caller goes away. */
export function collectBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else reject(tooLong());
    });
    request.on('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    request.on('error', reject);
  });
}

export function tooLong(): BindingError {
  return new BindingError('Maximum request length exceeded.', 413);
}

/** The media type in lower case, without parameters; undefined when none is named. */
export function mediaType(contentType: string | undefined): string | undefined {
  return contentType?.split(';')[0]?.trim().toLowerCase() || undefined;
}

export function isJson(type: string): boolean {
  return type === 'application/json' || type === 'text/json' || type.endsWith('+json');
}

/** JSON with property names as sent, a form as an object of strings, undefined without a body. Throws BindingError. */
export function parseBody(bytes: Buffer, contentType: string | undefined): unknown {
  if (bytes.length === 0) return undefined;
  const type = mediaType(contentType) ?? 'application/json';
  if (type === 'application/x-www-form-urlencoded')
    return Object.fromEntries(new URLSearchParams(bytes.toString('utf8')));
  if (isJson(type)) return parseJson(bytes);
  throw unsupportedMediaType(type);
}

export function unsupportedMediaType(type: string): BindingError {
  return new BindingError(
    `The request entity's media type '${type}' is not supported for this resource.`,
    415,
  );
}

export function parseJson(bytes: Buffer): unknown {
  const text = bytes.toString('utf8');
  try {
    return JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new BindingError(`The body is not valid JSON: ${reason}`);
  }
}
