import { listTables } from '../lists/tables.ts';
import type { Database } from '../store/database.ts';
import { countries } from './countries.ts';
import { countryNames } from './country-names.ts';
import { currencies } from './currencies.ts';
import { insertItems, multi } from './insert.ts';

/** What every installation has: list definitions, countries, currencies and the lists that carry behaviour. */
export function seedBase(database: Database): void {
  seedDefinitions(database);
  insertItems(
    database,
    'currency',
    currencies.map(([name, tooltip, rate, units]) => ({ name, tooltip, rate, units })),
  );
  seedCountries(database);
  seedTicketLists(database);
  insertItems(database, 'projectstatus', [
    multi('In progress', 'Pågår', 'I gang', 'Pågår'),
    multi('Completed', 'Avsluttet', 'Afsluttet', 'Avslutat'),
  ]);
  insertItems(database, 'priority', [
    multi('High', 'Høy', 'Høj', 'Hög'),
    multi('Normal', 'Normal', 'Normal', 'Normal'),
    multi('Low', 'Lav', 'Lav', 'Låg'),
  ]);
  insertItems(database, 'task', [
    { name: multi('Meeting', 'Møte', 'Møde', 'Möte'), type: 'Appointment' },
    { name: multi('Phone out', 'Telefon ut', 'Telefon ud', 'Telefon ut'), type: 'Phone' },
    { name: multi('To-do', 'Oppgave', 'Opgave', 'Uppgift'), type: 'ToDo' },
  ]);
}

/** Built-in lists have a definition too: that is where `GET /v1/List` and the positive list ids come from. */
function seedDefinitions(database: Database): void {
  for (const list of listTables)
    database.table('udlistdefinition').insert({
      udlistdefinition_id: list.listId,
      name: list.restName ?? list.mdoName,
      tooltip: '',
      deleted: 0,
      rank: list.listId,
      is_custom_list: 0,
      is_mdo_list: 1,
      use_groups_and_headings: 1,
      list_type: list.table,
    });
}

function seedCountries(database: Database): void {
  const currencyIds = new Map([...database.table('currency').rows].map(([id, row]) => [row.name, id]));
  const rows = countries.map(([id, two, three, english, dialIn, zipPrefix = '', currency = '']) => ({
    country_id: id,
    name: rawCountryName(two, english),
    english_name: english,
    two_letter_iso: two,
    three_letter_iso: three,
    dial_in_prefix: dialIn,
    zip_prefix: zipPrefix,
    domain_name: two === 'GB' ? 'uk' : two.toLowerCase(),
    currency_id: currencyIds.get(currency) ?? 0,
  }));
  const nordic = ['NO', 'DK', 'SE', 'FI', 'IS'].flatMap(iso =>
    rows.filter(row => row.two_letter_iso === iso),
  );
  insertItems(database, 'country', [...new Set([...nordic, ...rows])]);
}

function rawCountryName(iso: string, english: string): string {
  const names = countryNames[iso];
  if (!names) return english;
  const [norwegian, british, danish, swedish, finnish, german] = names;
  return `${multi(british, norwegian, danish, swedish)};FI:"${finnish}";GE:"${german}"`;
}

function seedTicketLists(database: Database): void {
  const statuses = insertItems(database, 'ticketstatus', [
    { name: multi('Open', 'Åpen', 'Åben', 'Öppen'), status: 'Active', is_default: 1 },
    { name: multi('Closed', 'Lukket', 'Lukket', 'Stängd'), status: 'Closed', time_counter: 'None' },
    {
      name: multi('Postponed', 'Utsatt', 'Udsat', 'Uppskjuten'),
      status: 'Postponed',
      time_counter: 'Externally',
    },
    { name: multi('Deleted', 'Slettet', 'Slettet', 'Borttagen'), status: 'Deleted', time_counter: 'None' },
    { name: multi('Merged', 'Flettet', 'Flettet', 'Sammanslagen'), status: 'Merged', time_counter: 'None' },
  ]);
  const priorities = insertItems(database, 'ticketpriority', [
    { name: multi('Low', 'Lav', 'Lav', 'Låg'), deadline: 4320 },
    { name: multi('Medium', 'Middels', 'Middel', 'Medel'), deadline: 1440, flags: 'Default' },
    { name: multi('High', 'Høy', 'Høj', 'Hög'), deadline: 240 },
  ]);
  insertItems(database, 'tickettype', [
    {
      name: multi('Request', 'Henvendelse', 'Henvendelse', 'Ärende'),
      is_default: 1,
      default_ticket_status: 1,
      ticket_statuses: statuses.join(','),
      default_ticket_priority: 2,
      ticket_priorities: priorities.join(','),
    },
  ]);
}
