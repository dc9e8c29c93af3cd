import type { ValidateFunction } from 'ajv';
import schema from '../../sic.schema.json' with { type: 'json' };
import { openAjv } from './ajv.ts';
import type { ConfigFile } from './config-file.ts';

let check: ValidateFunction<ConfigFile> | null = null;

/**
 * Whether a value is as sic.schema.json wants it. The build has the schema compiled beforehand and puts that in the place of
 * this module (build/compiled-schema.mjs): ajv alone would take longer than an import in which nothing changed.
 */
export function isConfig(value: unknown): value is ConfigFile {
  check ??= openAjv().compile<ConfigFile>(schema);
  return check(value);
}
