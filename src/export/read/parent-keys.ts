import type { Field } from '../../datatypes/field.ts';
import { datatypeNamed } from '../../datatypes/index.ts';
import type { FieldNames } from '../../datatypes/udef.ts';
import type { Existing } from '../../records/current.ts';
import { idsPerRequest } from '../../records/id-filters.ts';
import { keysOf } from '../../records/keys.ts';
import { inBatches } from '../../superoffice/batches.ts';
import type { SuperOffice } from '../../superoffice/superoffice.ts';

/** Parents whose keys are kept in memory: records that lie together often share theirs. */
const mostRemembered = 100_000;

/** The user keys of parents, for archives that do not have them in a column. Each parent is asked for once, or nearly. */
export class ParentKeys {
  readonly #superoffice: SuperOffice;
  readonly #fieldNames: FieldNames;
  readonly #known = new Map<string, Map<number, string>>();

  constructor(superoffice: SuperOffice, fieldNames: FieldNames) {
    this.#superoffice = superoffice;
    this.#fieldNames = fieldNames;
  }

  /** Fills in the keys of the parents that these records have in this relation. Throws SuperOfficeError. */
  async fill({ parent: name, slot }: Field, records: readonly Existing[]): Promise<void> {
    const parent = datatypeNamed(name ?? '');
    if (!parent || slot.at !== 'reference') return;
    const { column } = slot;
    const known = this.#knownOf(parent.name);
    const wanted = new Set<number>();
    for (const record of records) {
      const id = idIn(record, column);
      if (id > 0 && !known.has(id)) wanted.add(id);
    }
    await Promise.all(
      inBatches([...wanted], idsPerRequest(this.#superoffice)).map(async ids => {
        const found = await keysOf(this.#superoffice, parent, this.#fieldNames, ids);
        for (const id of ids) known.set(id, found.get(id) ?? '');
      }),
    );
    for (const record of records) {
      const key = known.get(idIn(record, column));
      if (key) record.parentKeys.set(column, key);
    }
  }

  #knownOf(name: string): Map<number, string> {
    const before = this.#known.get(name);
    if (before && before.size < mostRemembered) return before;
    const fresh = new Map<number, string>();
    this.#known.set(name, fresh);
    return fresh;
  }
}

function idIn(record: Existing, column: string): number {
  return Number(record.archive.cells.get(column)?.raw ?? 0);
}
