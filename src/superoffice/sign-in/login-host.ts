import { SicError } from '../../problems/sic-error.ts';
import { isLoopback } from '../address.ts';

/** Development, stage and production of SuperOffice Online. */
export type Environment = 'sod' | 'stage' | 'online';

/** Where people and programs sign in, and where a tenant's state is told: never the host that keeps its data. */
export interface LoginHost {
  /** Without a trailing slash: `https://online.superoffice.com`. Also the issuer of id_tokens (reading.md, section 2.5). */
  readonly root: string;
  /** For messages: `online.superoffice.com`. */
  readonly host: string;
}

/** Stage is called qaonline there (reading.md, section 1.1). */
const subdomains: Readonly<Record<Environment, string>> = {
  sod: 'sod',
  stage: 'qaonline',
  online: 'online',
};

/**
 * The login host of an environment; `override` (the `login` of a profile) goes before it. Throws SicError 'config' for an
 * override that is no address, or not encrypted on its way to another machine.
 */
export function loginHost(environment: Environment, override: string | null): LoginHost {
  const text = override ?? `https://${subdomains[environment]}.superoffice.com`;
  if (!URL.canParse(text))
    throw new SicError('config', `"login" of the profile is "${text}", which is no address.`, {
      hint: 'Write it as https://host, or leave it out: the environment has its own.',
    });
  const url = new URL(text);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname)))
    throw new SicError('config', `"login" of the profile is not encrypted: secrets would travel readable.`, {
      hint: 'Write https://. http:// is only allowed for this machine itself (127.0.0.1).',
    });
  return { root: `${url.origin}${url.pathname.replace(/\/+$/, '')}`, host: url.host };
}
