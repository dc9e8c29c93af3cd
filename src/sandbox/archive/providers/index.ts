import { dynamic } from '../dynamic/provider.ts';
import type { Provider } from '../provider.ts';
import { unknownProvider } from '../refusal.ts';
import { appointment, findAppointment, simpleAppointment } from './appointment-providers.ts';
import { findContact, simpleContact } from './contact-providers.ts';
import { document, findDocument, simpleDocument } from './document-providers.ts';
import { foreignKeys } from './foreign-key-provider.ts';
import { person, simplePerson } from './person-providers.ts';
import { findProject, simpleProject } from './project-providers.ts';
import { findSale, simpleSale } from './sale-providers.ts';
import { simpleTicket, ticket, ticketMessage } from './ticket-providers.ts';
import { allUsers, internalUsers } from './user-providers.ts';

/** A new provider is one file and its place here. */
export const providers: readonly Provider[] = [
  allUsers,
  appointment,
  document,
  dynamic,
  findAppointment,
  findContact,
  findDocument,
  findProject,
  findSale,
  foreignKeys,
  internalUsers,
  person,
  simpleAppointment,
  simpleContact,
  simpleDocument,
  simplePerson,
  simpleProject,
  simpleSale,
  simpleTicket,
  ticket,
  ticketMessage,
];

const byName = new Map(providers.map(provider => [provider.name.toLowerCase(), provider]));

/** By name in any case, as samples write it. Throws 404. */
export function providerNamed(name: string): Provider {
  const provider = byName.get(name.toLowerCase());
  if (provider === undefined) throw unknownProvider(name);
  return provider;
}
