import { type Exchange, type Route, SandboxError } from '../http/exchange.ts';
import type { Filter } from './filter/syntax.ts';
import {
  archiveAgentMethods,
  findRows,
  getAvailableColumns,
  getAvailableEntities,
  getProviderNames,
} from './requests/agents.ts';
import {
  listProviders,
  readArchive,
  readArchiveByForm,
  readCollection,
  readMetadata,
} from './requests/odata.ts';

/** What belongs to the record in the path. Throws 404 for one that does not exist. */
function of(owner: 'Contact' | 'Person', column: string) {
  return ({ database }: Exchange, { id = '' }: Readonly<Record<string, string>>): Filter => {
    const row = database.table(owner).get(Number(id));
    if (!row || row.deleted === 1)
      throw new SandboxError(404, 'SoNotFoundException', `${owner} id ${id} not found`);
    return { kind: 'condition', column, operator: 'eq', values: [{ kind: 'number', text: id }] };
  };
}

/** What belongs to the ticket in the path. Throws 404 for one that does not exist. */
function ofTicket({ database }: Exchange, { id = '' }: Readonly<Record<string, string>>): Filter {
  if (!database.table('ticket').get(Number(id)))
    throw new SandboxError(404, 'SoNotFoundException', `Ticket id ${id} not found`);
  return { kind: 'condition', column: 'ticketId', operator: 'eq', values: [{ kind: 'number', text: id }] };
}

const everything = (): null => null;

/** Reading through archives (reading.md, sections 7 to 11). */
export const archiveRoutes: Route[] = [
  ['GET', '/v1/Archive', listProviders],
  ['GET', '/v1/Archive/{provider}', readArchive],
  ['POST', '/v1/Archive/{provider}', readArchiveByForm],
  ['GET', '/v1/Archive/{provider}/$metadata', readMetadata],
  ['GET', '/v1/Appointment', readCollection('FindAppointment', everything)],
  ['GET', '/v1/Contact', readCollection('SimpleContact', everything)],
  ['GET', '/v1/Contact/{id}/Persons', readCollection('Person', of('Contact', 'contactId'))],
  ['GET', '/v1/Contact/{id}/Sales', readCollection('FindSale', of('Contact', 'contactId'))],
  ['GET', '/v1/Contact/{id}/Appointments', readCollection('Appointment', of('Contact', 'contactId'))],
  ['GET', '/v1/Contact/{id}/Documents', readCollection('Document', of('Contact', 'contactId'))],
  ['GET', '/v1/Document', readCollection('FindDocument', everything)],
  ['GET', '/v1/Contact/{id}/Tickets', readCollection('Ticket', of('Contact', 'contactId'))],
  ['GET', '/v1/Person', readCollection('Person', everything)],
  ['GET', '/v1/Person/{id}/Sales', readCollection('FindSale', of('Person', 'personId'))],
  ['GET', '/v1/Person/{id}/Appointments', readCollection('Appointment', of('Person', 'personId'))],
  ['GET', '/v1/Person/{id}/Documents', readCollection('Document', of('Person', 'personId'))],
  ['GET', '/v1/Person/{id}/Tickets', readCollection('Ticket', of('Person', 'personId'))],
  ['GET', '/v1/Project', readCollection('FindProject', everything)],
  ['GET', '/v1/Sale', readCollection('FindSale', everything)],
  ['GET', '/v1/Ticket', readCollection('Ticket', everything)],
  ['GET', '/v1/Ticket/{id}/Messages', readCollection('TicketMessage', ofTicket)],
  ['GET', '/v1/TicketMessage', readCollection('TicketMessage', everything)],
  ['GET', '/v1/ForeignApp', readCollection('ForeignKeys', everything)],
  ['GET', '/v1/User', readCollection('AllUsers', everything)],
  ...archiveAgentMethods.map(([name, handler]): Route => ['POST', `/v1/Agents/Archive/${name}`, handler]),
  ['POST', '/v1/Agents/Archive/GetAvailableColumns', getAvailableColumns],
  ['POST', '/v1/Agents/Archive/GetAvailableEntities', getAvailableEntities],
  ['POST', '/v1/Agents/Archive/GetProviderNames', getProviderNames],
  ['POST', '/v1/Agents/Find/FindFromRestrictionsColumns', findRows(false)],
  ['POST', '/v1/Agents/Find/FindFromRestrictionsColumnsOrderBy', findRows(false)],
  ['POST', '/v1/Agents/Find/FindFromRestrictionsColumns2', findRows(true)],
  ['POST', '/v1/Agents/Find/FindFromRestrictionsColumnsOrderBy2', findRows(true)],
];
