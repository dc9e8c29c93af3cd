const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** What is wrong with the address of an installation, as the rest of a sentence; null: nothing. */
export function urlFault(text: string): string | null {
  if (!URL.canParse(text))
    return `is "${text}": it must be a whole address, such as "https://crm.example.com/SuperOffice".`;
  const url = new URL(text);
  if (url.username !== '' || url.password !== '')
    return 'holds a user name or a password: they belong into "auth".';
  if (url.search !== '' || url.hash !== '')
    return 'goes on after the path, with ? or #: write only the address of SuperOffice, such as "https://crm.example.com/SuperOffice".';
  if (url.protocol === 'https:') return null;
  if (url.protocol !== 'http:') return `is "${text}": it must begin with https://.`;
  return loopback.test(url.hostname)
    ? null
    : `is "${text}": http sends passwords and data readable over the network. Write https://${url.host}${url.pathname === '/' ? '' : url.pathname}.`;
}

/** What is wrong with an address to ping, as the rest of a sentence that does not repeat it; null: nothing. */
export function pingFault(text: string): string | null {
  if (!URL.canParse(text)) return 'is no address: it must begin with https://.';
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return 'holds a user name or a password.';
  if (url.protocol === 'https:' || (url.protocol === 'http:' && loopback.test(url.hostname))) return null;
  return 'must begin with https://: whoever reads it on the way can ping too.';
}
