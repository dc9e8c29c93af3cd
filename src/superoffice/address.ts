import { SicError } from '../problems/sic-error.ts';

/** Where the REST service of one tenant is. */
export interface Address {
  /** Scheme, host and port: `https://crm.example.com`. */
  readonly origin: string;
  /** Path of the REST root: `/SuperOffice/api`. */
  readonly apiPath: string;
  /** `Cust12345` online and on this machine, `crm.example.com/SuperOffice` onsite. */
  readonly tenant: string;
  /** For messages: never holds a secret. */
  readonly shown: string;
}

/**
 * Reads the root of an installation. A trailing slash, `/api` and `/api/v1` are taken off, since people paste what they see.
 * Throws SicError `config` for what is no address, for one that carries a password, and for `http:` to another machine,
 * which would send the password in the clear.
 */
export function readAddress(root: string): Address {
  if (!URL.canParse(root))
    throw new SicError('config', `"${root}" is not the address of a SuperOffice`, {
      hint: 'Write the url of the profile as https://crm.example.com/SuperOffice.',
    });
  const url = new URL(root);
  const path = url.pathname.replace(/\/+$/, '').replace(/\/api(\/v1)?$/i, '');
  const shown = `${url.origin}${path}`;
  if (url.username !== '' || url.password !== '')
    throw new SicError('config', `The address ${shown} carries a user name or password`, {
      hint: 'Take it out of the url of the profile; user and password have their own place under "auth".',
    });
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname)))
    throw new SicError(
      'config',
      `The address ${shown} is not encrypted: the password would travel in the clear`,
      {
        hint: 'Write https:// in the url of the profile. http:// is only allowed for this machine itself (127.0.0.1).',
      },
    );
  return { origin: url.origin, apiPath: `${path}/api`, tenant: tenantName(url, path), shown };
}

/** A sandbox has another port each time, so on this machine the last path segment is the name too. */
function tenantName(url: URL, path: string): string {
  const last = path.slice(path.lastIndexOf('/') + 1);
  const isOnline = /(^|\.)superoffice\.com$/i.test(url.hostname);
  if (last !== '' && (isOnline || isLoopback(url.hostname))) return decodeURIComponent(last);
  return `${url.host}${path}`;
}

export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
