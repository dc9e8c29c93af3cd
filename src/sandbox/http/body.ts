import type { IncomingMessage } from 'node:http';
import { BindingError } from './exchange.ts';

/** What IIS allows by default is 30 MB; documents of later issues need more room. */
const bodyLimit = 64 * 1024 * 1024;

/** Collects the body. Rejects with BindingError 413 above the limit, and with the socket's error when the caller goes away. */
export function collectBody(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= bodyLimit) chunks.push(chunk);
      else reject(new BindingError('Maximum request length exceeded.', 413));
    });
    request.on('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    request.on('error', reject);
  });
}

/** JSON with property names as sent, a form as an object of strings, undefined without a body. Throws BindingError. */
export function parseBody(bytes: Buffer, contentType: string | undefined): unknown {
  if (bytes.length === 0) return undefined;
  const type = contentType?.split(';')[0]?.trim().toLowerCase() ?? 'application/json';
  if (type === 'application/x-www-form-urlencoded')
    return Object.fromEntries(new URLSearchParams(bytes.toString('utf8')));
  if (type === 'application/json' || type === 'text/json' || type.endsWith('+json')) return parseJson(bytes);
  throw new BindingError(
    `The request entity's media type '${type}' is not supported for this resource.`,
    415,
  );
}

function parseJson(bytes: Buffer): unknown {
  const text = bytes.toString('utf8');
  try {
    return JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new BindingError(`The body is not valid JSON: ${reason}`);
  }
}
