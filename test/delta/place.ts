import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConfigFile } from '../../src/config/config-file.ts';
import { normalise } from '../../src/config/normalise.ts';
import { defaultFieldNames } from '../../src/datatypes/udef.ts';
import { type Inputs, openInputs } from '../../src/import/inputs.ts';
import { knownBlocks } from '../../src/import/known-blocks.ts';

const everywhere = { datatype: 'Company', unknownColumns: 'ignore' } as const;
const config: ConfigFile = {
  mappings: [
    { ...everywhere, match: '*-last-latin.*', duplicates: 'last', csv: { encoding: 'windows-1252' } },
    { ...everywhere, match: '*-last.*', duplicates: 'last' },
    { ...everywhere, match: '*-latin.*', csv: { encoding: 'windows-1252' } },
    everywhere,
  ],
};

/** A folder with data files, and the state folder of what was imported of them. */
export class Place {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async make(): Promise<Place> {
    const place = new Place(await mkdtemp(join(tmpdir(), 'sic-delta-')));
    await mkdir(place.state);
    return place;
  }

  get state(): string {
    return join(this.folder, 'state');
  }

  async put(name: string, bytes: Uint8Array): Promise<void> {
    await writeFile(join(this.folder, name), bytes);
  }

  /** As an import does it, or as if nothing had been imported before. */
  async open(files: readonly string[], isPlain = false): Promise<Inputs> {
    return openInputs(
      { files, datatype: null, filesFolder: null },
      {
        config: normalise(config, null, this.folder),
        cwd: this.folder,
        names: defaultFieldNames,
        zipPassword: async () => null,
        ...(!isPlain && { blocks: await knownBlocks(this.state) }),
      },
    );
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}
