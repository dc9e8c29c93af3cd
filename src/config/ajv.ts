import { createRequire } from 'node:module';
import type { Ajv } from 'ajv';

const require = createRequire(import.meta.url);

/** Loads ajv, set to tell all mistakes at once, with the values and schemas they are about. */
export function openAjv(): Ajv {
  const { Ajv: Checker }: typeof import('ajv') = require('ajv');
  return new Checker({
    allErrors: true,
    verbose: true,
    discriminator: true,
    allowUnionTypes: true,
    // A word of editors, not of JSON Schema: it lets them take comments.
    keywords: ['allowComments'],
  });
}
