import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { SicError } from '../../src/problems/sic-error.ts';

/** A folder that is removed after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'sic-config-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A folder with a sic.config.json of this content. */
export async function configFolder(content: unknown): Promise<string> {
  const folder = await temporaryFolder();
  const text = typeof content === 'string' ? content : JSON.stringify(content, null, 2);
  await writeFile(path.join(folder, 'sic.config.json'), text);
  return folder;
}

/** The SicError that an action ends with. */
export async function failure(action: () => unknown): Promise<SicError> {
  try {
    await action();
  } catch (error) {
    if (error instanceof SicError) return error;
    throw error;
  }
  return expect.unreachable('it should have failed');
}
