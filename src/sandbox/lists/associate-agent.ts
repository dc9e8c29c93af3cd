import { associateCarrier } from '../entities/carriers/associate.ts';
import { type Exchange, type Handler, ok, type Route } from '../http/exchange.ts';
import { bodyNumber } from './requests.ts';

/** An associate has neither times nor links, so their settings do not matter. */
function carrier({ database, language }: Exchange, id: number): Record<string, unknown> | null {
  return associateCarrier(id, { database, language, zone: '', root: '' });
}

const getAssociate: Handler = exchange =>
  ok(carrier(exchange, Number(exchange.query.get('associateId') ?? 0)));

const getAssociateByPersonId: Handler = exchange => {
  const associates = exchange.database.table('associate');
  const [id = 0] = associates.find('person_id', bodyNumber(exchange.body, 'PersonId'));
  return ok(carrier(exchange, id));
};

/** The body is the array of ids; unknown ones are left out. */
const getAssociateList: Handler = exchange => {
  const ids = Array.isArray(exchange.body) ? exchange.body.map(Number) : [];
  return ok(ids.flatMap(id => carrier(exchange, id) ?? []));
};

/** Internal and resource associates (reading.md, section 13.1): those who have a diary. */
const diaryTypes: readonly unknown[] = [0, 1];

/**
 * `Type` says what kind of diary group `GroupId` is: user-defined, user group or heading of resources. Its numbers are
 * not documented and the sandbox has user groups only, so every type is read as that.
 */
const getAssociatesByGroup: Handler = exchange => {
  const group = bodyNumber(exchange.body, 'GroupId');
  const found = [...exchange.database.table('associate').rows].filter(
    ([, row]) => row.group_idx === group && diaryTypes.includes(row.type) && row.deleted !== 1,
  );
  return ok(found.map(([id]) => carrier(exchange, id)));
};

/** Associate agent (reading.md, section 13.1). */
export const associateAgentRoutes: readonly Route[] = [
  ['POST', '/v1/Agents/Associate/GetAssociate', getAssociate],
  ['POST', '/v1/Agents/Associate/GetAssociateByPersonId', getAssociateByPersonId],
  ['POST', '/v1/Agents/Associate/GetAssociateList', getAssociateList],
  ['POST', '/v1/Agents/Associate/GetAssociatesByGroup', getAssociatesByGroup],
];
