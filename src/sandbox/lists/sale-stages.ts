import type { Exchange } from '../http/exchange.ts';
import type { Database } from '../store/database.ts';
import { type MdoItem, selectableJson } from './mdo-item.ts';

interface StageLink {
  readonly linkId: number;
  readonly stageId: number;
  readonly rank: number;
}

function linksOf(database: Database, saleTypeId: number): StageLink[] {
  const links = database.table('saletypestagelink');
  const found: StageLink[] = [];
  for (const linkId of links.find('saletype_id', saleTypeId)) {
    const row = links.get(linkId);
    if (row) found.push({ linkId, stageId: Number(row.stage_id), rank: Number(row.rank) });
  }
  return found.sort((a, b) => a.rank - b.rank);
}

/** Ids of the stages of a sale type, in order; none for a type that names none. */
export function stageIdsOf(database: Database, saleTypeId: number): number[] {
  return linksOf(database, saleTypeId).map(link => link.stageId);
}

/** All stages that are not deleted, those of the sale type ticked: `Stages` of SaleTypeEntity. */
export function stagesOf({ database, language }: Exchange, saleTypeId: number): Record<string, unknown>[] {
  const selected = new Set(linksOf(database, saleTypeId).map(link => link.stageId));
  return [...database.table('prob').rows]
    .filter(([, row]) => row.deleted !== 1)
    .map(([id, row]) =>
      selectableJson({ id, name: String(row.name), rank: Number(row.rank) }, language, selected),
    );
}

/** MDO list `salestage`: the stages of one sale type, then the pseudo items (reading.md, section 12.6). */
export function saleStageItems(database: Database, saleTypeId: number): MdoItem[] {
  const items: MdoItem[] = [];
  for (const { linkId, stageId, rank } of linksOf(database, saleTypeId)) {
    const stage = database.table('prob').get(stageId);
    if (!stage) continue;
    const deleted = stage.deleted === 1;
    items.push({
      id: stageId,
      name: String(stage.name),
      rank,
      deleted,
      extraInfo: `IsDeleted=${deleted ? 'True' : 'False'}&Probability=${stage.probability}&SaleTypeStageLinkId=${linkId}&`,
    });
  }
  return [...items, { id: -2, name: 'Sold' }, { id: -1, name: 'Lost' }];
}
