import type { Answer } from '../http/exchange.ts';
import { escapeHtml, page } from './html.ts';
import type { LoginUser } from './users.ts';

/** The page that stands for SuperID's: choose a user and consent. The form goes back to the address of the page. No scripts. */
export function signInPage(tenant: string, users: readonly LoginUser[], hint: LoginUser | undefined): Answer {
  const options = users.map(({ name, isAdministrator, associateId }) => {
    const chosen = associateId === hint?.associateId ? ' selected' : '';
    const note = isAdministrator ? ' (administrator)' : '';
    return `<option value="${escapeHtml(name)}"${chosen}>${escapeHtml(name)}${note}</option>`;
  });
  return page(
    200,
    'Sign in to the sandbox',
    `<p>An application wants to use SuperOffice tenant ${escapeHtml(tenant)} as you.</p>
<form method="post">
<p><label>User <select name="user">${options.join('')}</select></label></p>
<p><button name="consent" value="yes">Sign in</button> <button name="consent" value="no">Cancel</button></p>
</form>`,
  );
}
