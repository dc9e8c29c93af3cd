import { SicError } from '../problems/sic-error.ts';

/** The calls of keytar that are used here. */
export interface Keychain {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  /** False: there was none. */
  deletePassword(service: string, account: string): Promise<boolean>;
}

export const otherPlaces =
  'Or use { "env": "NAME" } or { "file": "PATH" } in the config: they work everywhere, cron included.';

/** `service/account`; the service ends at the first slash, and is `sic` when there is none. */
export function keychainPlace(entry: string): { readonly service: string; readonly account: string } {
  const slash = entry.indexOf('/');
  if (slash === -1) return { service: 'sic', account: entry };
  return { service: entry.slice(0, slash), account: entry.slice(slash + 1) };
}

/** Throws SicError 'config' with what to install where there is no keychain. `what` names the secret. */
export async function openKeychain<Some>(load: () => Promise<Some>, what: string): Promise<Some> {
  try {
    return await load();
  } catch (cause) {
    throw new SicError('config', `The keychain of this machine, which holds ${what}, cannot be opened.`, {
      detail: firstLine(cause),
      hint: `On Linux install libsecret (apt install libsecret-1-0, dnf install libsecret); if sic was installed without optional packages, install it again with them. ${otherPlaces}`,
      cause,
    });
  }
}

/** Throws SicError 'config' where the keychain does not answer. `done`: what was to be done with the secret. */
export async function askKeychain<T>(
  question: () => Promise<T>,
  what: string,
  done: 'read' | 'kept' | 'removed' = 'read',
): Promise<T> {
  try {
    return await question();
  } catch (cause) {
    throw new SicError(
      'config',
      `The keychain of this machine does not answer, so ${what} cannot be ${done}.`,
      {
        detail: firstLine(cause),
        hint: `A keychain needs a signed-in desktop: cron, ssh and containers have none (no D-Bus session or no secret service). ${otherPlaces}`,
        cause,
      },
    );
  }
}

export async function loadKeytar(): Promise<Keychain> {
  const keytar = await import('keytar');
  return keytar.default ?? keytar;
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}
