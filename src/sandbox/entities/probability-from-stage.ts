import { ok, type Route } from '../http/exchange.ts';
import { pick } from '../http/names.ts';
import { probabilityOf } from './sale-rules.ts';
import { toInteger } from './values.ts';

/** Percent of a stage; 0 for one that does not exist (writing.md, section 2). */
export const probabilityFromStageRoute: Route = [
  'POST',
  '/v1/Agents/Sale/GetProbabilityFromStage',
  ({ database, body }) => ok(probabilityOf(database, toInteger(pick(body, 'StageId')) ?? 0)),
];
