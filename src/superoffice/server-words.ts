import { isObject, isTrue, type JsonObject, textOf } from './json.ts';

/** What the body of a refusal says, whatever form it came in (reading.md, section 6.1). */
export interface ServerWords {
  /** The server's own sentence, one line; '' when the body said nothing. */
  readonly message: string;
  readonly errorType: string;
  /** A web page: from a proxy, a login form, a maintenance notice, or simply the wrong address. */
  readonly isPage: boolean;
}

const longestMessage = 500;
const longestTitle = 120;

/** Reads an error body: SuperOffice's JSON, ASP.NET's JSON, a web page or plain text. Never throws. */
export function readServerWords(body: string): ServerWords {
  const text = body.trim();
  if (text.startsWith('<')) return { message: pageTitle(text), errorType: '', isPage: true };
  const json = parse(text);
  if (isObject(json)) return wordsOf(json);
  return { message: oneLine(typeof json === 'string' ? json : text), errorType: '', isPage: false };
}

/**
 * The refusal inside an answer with a good status, or null. Agents say no with `null`, with `{"Error":true}` or with an
 * object that holds a `Message` and nothing of what was asked for (reading.md, section 6.4).
 */
export function refusalInside(json: unknown, isAgent: boolean): ServerWords | null {
  if (json === null && isAgent)
    return { message: 'the answer was empty: there is no such record', errorType: '', isPage: false };
  if (!isObject(json)) return null;
  if (isTrue(json, 'Error')) return wordsOf(json);
  // Mass operations say how long they took; whether they went well they say besides (writing.md, section 6.1).
  if (isAgent && textOf(json, 'Message') !== '' && typeof json.Success !== 'boolean') return wordsOf(json);
  return null;
}

function wordsOf(json: JsonObject): ServerWords {
  const said = textOf(json, 'ErrorMessage') || joined(textOf(json, 'Message'), textOf(json, 'MessageDetail'));
  const errorType = textOf(json, 'ErrorType');
  return {
    message: oneLine(said),
    errorType: errorType.slice(errorType.lastIndexOf('.') + 1),
    isPage: false,
  };
}

/** ASP.NET says "The request is invalid." and puts the reason into the detail. */
function joined(message: string, detail: string): string {
  return [message, detail].filter(part => part !== '').join(' ');
}

function pageTitle(html: string): string {
  const title = /<title[^>]*>([^<]*)/i.exec(html)?.[1] ?? /<h[1-3][^>]*>([^<]*)/i.exec(html)?.[1] ?? '';
  return oneLine(title).slice(0, longestTitle);
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > longestMessage ? `${line.slice(0, longestMessage)}…` : line;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
