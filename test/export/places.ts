import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { datatypes } from '../../src/datatypes/index.ts';
import type { Tenant } from '../sandbox/entities/tenant.ts';
import { type Answer, readAnswer } from '../support/answer.ts';
import { type Captured, sic } from '../support/sic.ts';

const examples = resolve(import.meta.dirname, '../../examples/all');

/** The customer of the examples: every row carries it. */
export const integrationId = '17PS01010001';

/** A folder with a config that leads to a tenant. */
export interface Place {
  readonly folder: string;
  run(...argv: readonly string[]): Promise<Captured>;
  /** Runs an import, and answers its document. */
  import(...argv: readonly string[]): Promise<Answer & Pick<Captured, 'stderr'>>;
  text(file: string): Promise<string>;
}

/** @param url another way to the tenant */
export async function placeAt(folder: string, tenant: Tenant, url = tenant.sandbox.url): Promise<Place> {
  const { username, password } = tenant.sandbox;
  const auth = { type: 'basic', username, password: { env: 'SIC_PASSWORD' } };
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, 'sic.config.json'),
    JSON.stringify({ integrationId, profiles: { crm: { url, rate: 0, auth } } }),
  );
  const run = (...argv: readonly string[]): Promise<Captured> =>
    sic(argv, { cwd: folder, env: { SIC_PASSWORD: password } });
  return {
    folder,
    run,
    import: async (...argv) => {
      const { stdout, stderr, exitCode } = await run('import', ...argv, '--full', '--rows', '--json');
      return { ...readAnswer(stdout), stderr, exitCode };
    },
    text: file => readFile(join(folder, file), 'utf8'),
  };
}

/** Imports the files of examples/all, with the files that belong to them. */
export async function importExamples(place: Place): Promise<Answer> {
  await cp(examples, join(place.folder, 'all'), { recursive: true });
  const names = datatypes.map(({ fileWords }) => `all/${fileWords.find(word => word.endsWith('s'))}.csv`);
  // One after the other, so that SuperOffice numbers them alike every time.
  return place.import(...names, 'all/documents.zip', 'all/attachments.zip', '--concurrency', '1');
}
