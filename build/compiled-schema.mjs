import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** Puts in the place of src/config/is-config.ts what ajv makes of sic.schema.json: a function that says yes or no. */
export const compiledSchema = {
  name: 'compiled schema',
  setup(build) {
    build.onLoad({ filter: /[\\/]src[\\/]config[\\/]is-config\.ts$/ }, async () => {
      const { Ajv } = await import('ajv');
      const { default: standalone } = await import('ajv/dist/standalone/index.js');
      const ajv = new Ajv({
        discriminator: true,
        allowUnionTypes: true,
        keywords: ['allowComments'],
        // Mistakes are told by ajv itself.
        messages: false,
        code: { source: true, esm: true },
      });
      const schema = JSON.parse(await readFile(new URL('../sic.schema.json', import.meta.url), 'utf8'));
      const code = standalone.default(ajv, { isConfig: ajv.addSchema(schema, 'config') && 'config' });
      return { contents: code, resolveDir: fileURLToPath(new URL('..', import.meta.url)) };
    });
  },
};
