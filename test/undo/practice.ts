import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect } from 'vitest';
import type { UndoResult, UndoRow } from '../../src/import/undo/result.ts';
import { type Desk, openDesk } from '../behaviours/desk.ts';
import { type Captured, sic } from '../support/sic.ts';

/** The document of `sic undo --json`. */
export interface Undone extends Omit<UndoResult, 'rows'> {
  readonly exitCode: number;
  readonly rows: readonly UndoRow[];
  readonly stderr: string;
}

export interface Practice extends Desk {
  /** `sic undo … --json` */
  undo(...argv: string[]): Promise<Undone>;
  /** Any command, with what it writes. */
  said(...argv: string[]): Promise<Captured>;
  /** Every field that an import takes, of every record of these datatypes. */
  everything(...names: string[]): Promise<unknown>;
  /** Ids of the runs that are kept, the oldest first. */
  runs(): Promise<string[]>;
  /** Lays the files of a behaviour into the folder. */
  borrow(behaviour: string): Promise<void>;
}

export async function openPractice(config: object = {}): Promise<Practice> {
  const desk = await openDesk(config);
  const surroundings = { cwd: desk.folder, env: { SIC_PASSWORD: desk.tenant.sandbox.password } };
  const said = (...argv: string[]) => sic(argv, surroundings);
  return {
    ...desk,
    said,
    undo: async (...argv) => {
      const { stdout, stderr, exitCode } = await said('undo', ...argv, '--json');
      const document: Undone = { ...JSON.parse(stdout), stderr };
      expect(document.exitCode).toBe(exitCode);
      if (document.kind === 'sic.undo') {
        const { records, ...fates } = document.counts;
        expect(Object.values(fates).reduce((sum, count) => sum + count, 0)).toBe(records);
      }
      return document;
    },
    everything: async (...names) => {
      const found: Record<string, unknown> = {};
      for (const name of names) {
        const { stdout, exitCode } = await said('export', '--datatype', name, '--format', 'json');
        expect(exitCode, stdout).toBe(0);
        found[name] = JSON.parse(stdout);
      }
      return found;
    },
    runs: async () => (await readdir(join(desk.folder, '.sic', 'crm', 'runs'))).sort(),
    borrow: async behaviour => {
      // Its own way to say that empty cells clear, for the profile of this folder.
      const own = JSON.parse(await readFile(join(desk.folder, 'sic.config.json'), 'utf8'));
      const clearing = { ...own, mappings: [{ match: '*', empty: 'clear' }] };
      await writeFile(join(desk.folder, 'clear.json'), JSON.stringify(clearing));
      await cp(resolve(import.meta.dirname, '../behaviours', behaviour), desk.folder, {
        recursive: true,
        filter: source => !source.endsWith('sic.config.json') && !source.endsWith('expected.json'),
      });
    },
  };
}

/** The counts that are not 0, of an import or an undo. */
export function counted({ counts }: { readonly counts: Readonly<Record<string, number>> }): object {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0));
}
