import type { Config } from '../config/config.ts';
import type { ChosenProfile } from '../config/profiles.ts';
import { defaultFieldNames, type FieldNames } from '../datatypes/udef.ts';
import type { Context } from './context.ts';

/** How this tenant's fields are named: the config says it for all, the profile for requests and messages. */
export function fieldNames(config: Config, chosen: ChosenProfile | null): FieldNames {
  const keyFields = chosen?.kind === 'tenant' ? chosen.profile.keyFields : defaultFieldNames.keyFields;
  return {
    progIdPrefix: config.progIdPrefix,
    keyFields,
    device: config.integrationId ?? defaultFieldNames.device,
  };
}

/** The password of encrypted zip files, or null. */
export async function readZipPassword(config: Config, context: Context): Promise<string | null> {
  const { env, keychain, conceal } = context;
  const { zipPassword } = await import('../config/zip-password.ts');
  const password = await zipPassword(config, { env, ...(keychain ? { keychain } : {}) });
  if (password !== null) conceal(() => [password]);
  return password;
}
