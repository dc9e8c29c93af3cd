import type { Config } from './config.ts';
import { readSecret, type SecretSources } from './secrets.ts';

/** Goes before the config, so that one run can open what came with another password. */
const variable = 'SIC_ZIP_PASSWORD';

/**
 * The password of encrypted zip files, or null when none is set. Read again at every call: whoever needs it longer
 * keeps it. Throws SicError 'config', which never holds the password.
 */
export async function zipPassword(config: Config, sources: SecretSources): Promise<string | null> {
  const given = sources.env[variable];
  if (given !== undefined && given !== '') return given;
  return config.zip.password && readSecret(config.zip.password, sources, 'the password of zip files');
}
