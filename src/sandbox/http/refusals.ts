import { type Answer, BindingError, SandboxError } from './exchange.ts';

/** Any error as the answer SuperOffice or ASP.NET has for it (reading.md, section 6.1). */
export function refusalOf(error: unknown): Answer {
  if (error instanceof SandboxError) {
    const answer = errorAnswer(error.status, error.errorType, error.message);
    return error.status === 401 ? { ...answer, headers: challenge } : answer;
  }
  if (error instanceof BindingError)
    return { status: error.status, json: { Message: error.message, MessageDetail: error.detail } };
  // A caller of the sandbox is its developer: the stack is worth more than a secret it could tell.
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return errorAnswer(500, error instanceof Error ? error.name : 'Error', text);
}

const challenge = { 'www-authenticate': 'Basic realm="SuperOffice", SOTicket, Bearer' };

function errorAnswer(status: number, type: string, message: string): Answer {
  return {
    status,
    json: {
      Error: true,
      ErrorType: type,
      ErrorMessage: message,
      ErrorSource: 'SuperOffice.Services.Implementation',
    },
  };
}

/** Unknown paths and unknown methods of known paths get the same words. */
export function notFound(url: string): Answer {
  return {
    status: 404,
    json: { Message: `No HTTP resource was found that matches the request URI '${url}'.` },
  };
}

/** Another tenant's path, or a login host: the API of this tenant does not live there (reading.md, section 1.1). */
export const wrongSubdomain: Answer = {
  status: 421,
  text: 'Wrong subdomain used to access tenant',
  headers: { 'content-type': 'text/plain; charset=utf-8' },
};

/** A tenant that does not run: a page, as the web servers in front of the API have one (reading.md, section 6.1). */
export function outOfService(state: string, status: number): Answer {
  return {
    status,
    text: `<!DOCTYPE html><html><head><title>SuperOffice is not available</title></head><body><h1>SuperOffice is not available</h1><p>This site is in state ${state}. Please come back later.</p></body></html>`,
    headers: { 'content-type': 'text/html; charset=utf-8' },
  };
}

/** What a throttled caller gets is not documented (reading.md, section 6.2): the standard's own. */
export const tooManyRequests: Answer = {
  status: 429,
  text: 'Too many requests',
  headers: { 'content-type': 'text/plain; charset=utf-8', 'retry-after': '1' },
};
