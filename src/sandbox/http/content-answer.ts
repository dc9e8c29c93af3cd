import { Transform } from 'node:stream';
import type { StoredContent } from '../store/contents.ts';
import { isJson, mediaType } from './body.ts';
import type { Answer } from './exchange.ts';

/**
 * A content in the form that `Accept` asks for first: raw under a binary type, a base64 text for JSON. Which of the two a
 * caller gets that accepts anything is not documented: JSON is what the spec lists first (writing.md, section 4).
 */
export function contentAnswer(content: StoredContent, accept: string | undefined): Answer {
  const asked = (accept ?? '').split(',').map(mediaType);
  const type = asked.find(type => type !== undefined && (isJson(type) || isBinary(type)));
  if (type !== undefined && isBinary(type))
    return { status: 200, content, headers: { 'content-type': type } };
  return {
    status: 200,
    content: asBase64Text(content),
    headers: { 'content-type': 'application/json; charset=utf-8' },
  };
}

function isBinary(type: string): boolean {
  return !isJson(type) && !type.includes('*') && !type.includes('xml');
}

/** The same bytes as a JSON string, made on the way. */
function asBase64Text({ size, stream }: StoredContent): StoredContent {
  let rest = Buffer.alloc(0);
  let isFirst = true;
  const encode = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const bytes = Buffer.concat([rest, chunk]);
      const whole = bytes.length - (bytes.length % 3);
      rest = bytes.subarray(whole);
      const quote = isFirst ? '"' : '';
      isFirst = false;
      done(null, quote + bytes.toString('base64', 0, whole));
    },
    flush(done) {
      done(null, `${isFirst ? '"' : ''}${rest.toString('base64')}"`);
    },
  });
  stream.on('error', error => encode.destroy(error));
  encode.on('close', () => stream.destroy());
  return { size: Math.ceil(size / 3) * 4 + 2, stream: stream.pipe(encode) };
}
