import type { Row } from '../mapping/row.ts';
import { type Existing, readBeyondArchive } from '../records/current.ts';
import type { KnownFields } from '../state/fields/memory.ts';
import type { ChunkPorts } from './chunk.ts';
import type { Directory } from './resolve/directory.ts';
import { type ExistingRecords, readExisting } from './resolve/existing.ts';
import { readPresentParents } from './resolve/parent-keys.ts';
import { type ParentResolver, resolveParents } from './resolve/parents.ts';

/** What is read for rows before they are worked on. */
export interface Resolved {
  readonly existing: ExistingRecords;
  readonly parents: ParentResolver;
  readonly directory: Directory;
  /** What the fields of records were left with, or seen with, last; by their keys. */
  readonly known: ReadonlyMap<string, KnownFields>;
  /** Keys of records that an earlier run left without them. */
  readonly adopted: ReadonlySet<string>;
}

/**
 * Asks SuperOffice about all of these rows together: their records, parents and lists. Throws SuperOfficeError.
 * @param adopted keys by record id, of records that SuperOffice does not find by their key (yet)
 */
export async function resolveRows(
  rows: readonly Row[],
  ports: ChunkPorts,
  adopted: ReadonlyMap<number, string> = new Map(),
): Promise<Resolved> {
  const { superoffice, datatype, fields, names } = ports;
  const [directory, existing, parents] = await Promise.all([
    ports.directory(),
    readExisting(
      superoffice,
      datatype,
      fields,
      names,
      rows.map(row => row.key),
      adopted,
    ),
    resolveParents(superoffice, ports.parents, fields, rows),
  ]);
  const recordOf = (row: Row): Existing | undefined => {
    const records = existing.byKey.get(row.key) ?? [];
    return records.length === 1 ? records[0] : undefined;
  };
  await readPresentParents(superoffice, ports.parents, fields, rows, recordOf, parents);
  const records = rows.flatMap(row => recordOf(row) ?? []);
  const always = datatype.fields.filter(({ name }) => datatype.alwaysRead?.includes(name));
  const [known] = await Promise.all([
    readKnown(
      records.map(({ key }) => key),
      ports,
    ),
    readBeyondArchive(
      superoffice,
      datatype,
      [...fields, ...always],
      new Map(records.map(record => [record.id, record])),
    ),
  ]);
  return { existing, parents, directory, known, adopted: new Set(adopted.values()) };
}

async function readKnown(
  keys: readonly string[],
  { watch: { memory }, fingerprints }: ChunkPorts,
): Promise<ReadonlyMap<string, KnownFields>> {
  const known = await memory.read(keys.map(key => fingerprints.text(key)));
  return new Map(known.flatMap((fields, index) => [[keys[index] ?? '', fields]]));
}
