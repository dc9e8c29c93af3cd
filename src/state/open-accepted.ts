import { join } from 'node:path';
import type { AcceptedStore } from './accepted.ts';
import { type KeptBlocks, noBlocks } from './accepted-blocks.ts';
import { AcceptedFile, writeAccepted } from './accepted-file.ts';
import { TableStore } from './accepted-store.ts';
import { loadFingerprints } from './fingerprint.ts';
import { RecordTable } from './record-table.ts';

function pathIn(folder: string, datatype: string): string {
  return join(folder, `accepted-${datatype}`);
}

/**
 * Opens what a tenant accepted of a datatype. No file, or one of another tenant: empty. Throws SicError 'state' for a
 * damaged file and for one of a newer sic: an unreadable memory must never pass for "nothing changed". Damage among the
 * records shows when they are loaded.
 * @param tenant null when SuperOffice is not asked: whoever's memory is there counts, and nothing can be committed
 */
export async function openAccepted(
  folder: string,
  datatype: string,
  tenant: string | null,
): Promise<AcceptedStore> {
  const path = pathIn(folder, datatype);
  const owner = tenant === null ? null : (await loadFingerprints()).text(tenant);
  let file = await AcceptedFile.open(path);
  if (file && owner && (file.owner.lo !== owner.lo || file.owner.hi !== owner.hi)) {
    file.close();
    file = null;
  }
  return new TableStore({
    size: file?.size ?? 0,
    blocks: file?.blocks ?? noBlocks,
    load: () => file?.records() ?? new RecordTable(),
    close: () => file?.close(),
    save: async (records, order) => {
      if (owner === null) throw new Error('without a tenant nothing can be accepted');
      await writeAccepted(path, owner, records, order);
    },
  });
}

/** The blocks of the last commit, whoever's they are. None where they cannot be read: whoever opens the store says why. */
export async function readAcceptedBlocks(folder: string, datatype: string): Promise<KeptBlocks> {
  const file = await AcceptedFile.open(pathIn(folder, datatype)).catch(() => null);
  file?.close();
  return file?.blocks ?? noBlocks;
}
