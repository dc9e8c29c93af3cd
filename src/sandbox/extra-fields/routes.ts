import { ok, type Route, SandboxError } from '../http/exchange.ts';
import { extraFieldInfo } from './carrier.ts';
import { extraField, extraFieldsOf } from './definitions.ts';

/** Entities that have extra fields only, and their tables. */
const owners: readonly (readonly [entity: string, table: string])[] = [
  ['Ticket', 'ticket'],
  ['TicketMessage', 'ej_message'],
];

/** `CustomField` of entities without user-defined fields (reading.md, section 14.1). */
export const extraFieldRoutes: readonly Route[] = owners.flatMap(([entity, table]): Route[] => [
  [
    'GET',
    `/v1/${entity}/CustomField`,
    ({ database }) => ok(extraFieldsOf(database, table).map(field => extraFieldInfo(field))),
  ],
  [
    'GET',
    `/v1/${entity}/CustomField/{name}`,
    ({ database }, { name = '' }) => {
      const field = extraField(database, table, name);
      if (!field) throw new SandboxError(404, 'SoNotFoundException', `${entity} has no custom field ${name}`);
      return ok(extraFieldInfo(field));
    },
  ],
]);
