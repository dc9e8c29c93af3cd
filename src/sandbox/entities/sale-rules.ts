import { stageIdsOf } from '../lists/sale-stages.ts';
import type { Database } from '../store/database.ts';
import type { DbRow } from '../store/table.ts';
import { firstItem } from './carriers/list-item.ts';
import type { Draft } from './draft.ts';
import { followsAmount, salePersonMustBeOfContact, stageMustBeOfSaleType } from './open-points.ts';
import { numberOf } from './values.ts';

/** The stage a new sale of this type begins with: the first of the type's; of all when the type names none. */
export function firstStage(database: Database, saleTypeId: number): number {
  const stages = stageIdsOf(database, saleTypeId);
  return stages.find(id => isKept(database.table('prob').get(id))) ?? firstItem(database, 'prob');
}

function isKept(item: DbRow | undefined): boolean {
  return item !== undefined && item.deleted !== 1;
}

/** Percent of a stage; 0 for one that does not exist. */
export function probabilityOf(database: Database, stageId: number): number {
  return numberOf(database.table('prob').get(stageId)?.probability);
}

/**
 * A new stage brings its percentage, unless the request has its own; status and completion never follow. Stage and type
 * must fit when either changes; a new sale whose request names a type only begins with the type's first
 * stage. A type without stages takes any.
 */
export function completeStage(draft: Draft): void {
  const { columns, before, sent, writing } = draft;
  const { database } = writing;
  const saleType = draft.number('saleType_id');
  const isDefault = before === null && draft.number('probability_idx') !== 0 && !sent.has('Rating');
  if (isDefault && sent.has('SaleType')) columns.probability_idx = firstStage(database, saleType);
  const followsStage = database.quirks['rating-moves-probability'] === 'yes';
  if (followsStage && draft.changes('probability_idx') && !sent.has('Probability'))
    columns.probability = probabilityOf(database, draft.number('probability_idx'));
  if (!stageMustBeOfSaleType || !(draft.changes('saleType_id') || draft.changes('probability_idx'))) return;
  const stage = draft.number('probability_idx');
  const stages = stageIdsOf(database, saleType);
  if (stage !== 0 && stages.length > 0 && !stages.includes(stage))
    draft.reject('Rating', `stage ${stage} is none of sale type ${saleType}: it has ${stages.join(', ')}`);
}

/**
 * What is sent stands; of earning and percentage the one that is not sent follows. The amount is never worked out. An
 * amount of 0 makes every percentage 0.
 */
export function completeEarning(draft: Draft): void {
  const { columns, writing } = draft;
  const has = (name: string): boolean => draft.sent.has(name);
  if (writing.database.quirks['earning-recalculated'] === 'no' || (has('Earning') && has('EarningPercent')))
    return;
  if (!has('Amount') && !has('Earning') && !has('EarningPercent')) return;
  const follows = has('Earning') ? 'EarningPercent' : has('EarningPercent') ? 'Earning' : followsAmount;
  const amount = draft.number('amount');
  if (follows === 'Earning') columns.earning = (amount * draft.number('earning_percent')) / 100;
  else columns.earning_percent = amount === 0 ? 0 : (draft.number('earning') * 100) / amount;
}

export function checkPerson(draft: Draft): void {
  if (!salePersonMustBeOfContact || !(draft.changes('person_id') || draft.changes('contact_id'))) return;
  const person = draft.writing.database.table('person').get(draft.number('person_id'));
  if (person && numberOf(person.contact_id) !== draft.number('contact_id'))
    draft.reject('Person', `person ${draft.number('person_id')} does not belong to the sale's company`);
}
