import type { Answer } from '../http/exchange.ts';
import type { AuthorizationFault, ReturnAddress } from './authorization-request.ts';
import { escapeHtml, hiddenFields, page } from './html.ts';
import { errorPageStatus, type LoginOpenPoints } from './open-points.ts';

/** Sends the browser back to the application, with what `response_mode` asks for (reading.md, section 2.2). */
export function sendBack(
  { redirectUri, mode, state }: ReturnAddress,
  result: Readonly<Record<string, string>>,
): Answer {
  const fields = state === null ? result : { ...result, state };
  if (mode === 'form_post') return postBack(redirectUri, fields);
  const mark = mode === 'fragment' ? '#' : '?';
  return {
    status: 302,
    headers: {
      location: `${redirectUri}${mark}${new URLSearchParams(fields).toString()}`,
      'cache-control': 'no-store',
    },
  };
}

/** A fault goes back to the application, or stays on a page of the login host where nobody can be trusted with it. */
export function refuse(fault: AuthorizationFault, { authorizeErrors }: LoginOpenPoints): Answer {
  const { error, description, returnTo } = fault;
  if (returnTo !== null && authorizeErrors === 'redirect')
    return sendBack(returnTo, { error, error_description: description });
  return page(
    errorPageStatus,
    'The application cannot sign you in',
    `<p>${escapeHtml(error)}: ${escapeHtml(description)}</p>`,
  );
}

/** A form that sends itself; the button is for browsers that run no scripts. */
function postBack(redirectUri: string, fields: Readonly<Record<string, string>>): Answer {
  return page(
    200,
    'Back to the application',
    `<form method="post" action="${escapeHtml(redirectUri)}">${hiddenFields(fields)}<button>Continue</button></form><script>document.forms[0].submit()</script>`,
  );
}
