import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { temporaryFolder } from '../support/folders.ts';

/** A folder with a sic.config.json of this content. */
export async function configFolder(content: unknown): Promise<string> {
  const folder = await temporaryFolder();
  const text = typeof content === 'string' ? content : JSON.stringify(content, null, 2);
  await writeFile(path.join(folder, 'sic.config.json'), text);
  return folder;
}
