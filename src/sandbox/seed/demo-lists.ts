import type { Database } from '../store/database.ts';
import { insertItems, multi, type SeedItem } from './insert.ts';

const deleted = 1;

/** Lists that need no more than names. Some items are deleted, as in every installation that is in use. */
const plainLists: Readonly<Record<string, readonly SeedItem[]>> = {
  category: [
    multi('Customer', 'Kunde', 'Kunde', 'Kund'),
    multi('Prospect', 'Emne', 'Emne', 'Prospekt'),
    multi('Supplier', 'Leverandør', 'Leverandør', 'Leverantör'),
    multi('Partner', 'Partner', 'Partner', 'Partner'),
    multi('Competitor', 'Konkurrent', 'Konkurrent', 'Konkurrent'),
    multi('Other', 'Annet', 'Andet', 'Annat'),
    { name: multi('Former customer', 'Tidligere kunde', 'Tidligere kunde', 'Före detta kund'), deleted },
  ],
  business: [
    multi('IT', 'IT', 'IT', 'IT'),
    multi('Retail', 'Varehandel', 'Detailhandel', 'Detaljhandel'),
    multi('Manufacturing', 'Industri', 'Industri', 'Tillverkning'),
    multi('Transport', 'Transport', 'Transport', 'Transport'),
    multi('Building and construction', 'Bygg og anlegg', 'Byggeri og anlæg', 'Bygg och anläggning'),
    multi('Food', 'Næringsmidler', 'Fødevarer', 'Livsmedel'),
    multi('Health', 'Helse', 'Sundhed', 'Hälsa'),
    multi('Fisheries', 'Fiskeri', 'Fiskeri', 'Fiske'),
    { name: multi('Telecom', 'Tele', 'Tele', 'Telekom'), deleted },
  ],
  perspos: [
    multi('Managing director', 'Daglig leder', 'Administrerende direktør', 'Verkställande direktör'),
    multi('Sales manager', 'Salgssjef', 'Salgschef', 'Försäljningschef'),
    multi('Purchasing manager', 'Innkjøpssjef', 'Indkøbschef', 'Inköpschef'),
    multi('Accountant', 'Regnskapsfører', 'Bogholder', 'Ekonom'),
    multi('IT manager', 'IT-sjef', 'IT-chef', 'IT-chef'),
    multi('Consultant', 'Konsulent', 'Konsulent', 'Konsult'),
  ],
  mrmrs: [multi('Mr', 'Herr', 'Hr.', 'Herr'), multi('Ms', 'Fru', 'Fru', 'Fru')],
  salutation: [
    multi('Dear', 'Kjære', 'Kære', 'Bästa'),
    multi('Hello', 'Hei', 'Hej', 'Hej'),
    'Dr.',
    'Professor',
  ],
  contint: [
    multi('Newsletter', 'Nyhetsbrev', 'Nyhedsbrev', 'Nyhetsbrev'),
    multi('Christmas card', 'Julekort', 'Julekort', 'Julkort'),
    multi('Trade fair', 'Messe', 'Messe', 'Mässa'),
    { name: multi('Fax news', 'Faksnytt', 'Faxnyt', 'Faxnytt'), deleted },
  ],
  persint: [
    multi('Newsletter', 'Nyhetsbrev', 'Nyhedsbrev', 'Nyhetsbrev'),
    multi('Golf', 'Golf', 'Golf', 'Golf'),
    multi('Sailing', 'Seiling', 'Sejlsport', 'Segling'),
    multi('Skiing', 'Ski', 'Ski', 'Skidor'),
  ],
  source: [
    multi('Web site', 'Nettsted', 'Hjemmeside', 'Webbplats'),
    multi('Trade fair', 'Messe', 'Messe', 'Mässa'),
    multi('Referral', 'Anbefaling', 'Anbefaling', 'Rekommendation'),
    multi('Phone call', 'Telefon', 'Telefon', 'Telefon'),
  ],
  projecttype: [
    multi('Customer project', 'Kundeprosjekt', 'Kundeprojekt', 'Kundprojekt'),
    multi('Internal', 'Internt', 'Internt', 'Internt'),
    multi('Campaign', 'Kampanje', 'Kampagne', 'Kampanj'),
  ],
  pmembtype: [
    multi('Project manager', 'Prosjektleder', 'Projektleder', 'Projektledare'),
    multi('Participant', 'Deltaker', 'Deltager', 'Deltagare'),
  ],
  comptr: ['Fjordsoft', 'Nordlys Data', 'Kontorhuset', { name: 'Papirkompaniet', deleted }],
  credited: [
    multi('Field sales', 'Utesalg', 'Kørende salg', 'Utesälj'),
    multi('Web shop', 'Nettbutikk', 'Webshop', 'E-handel'),
  ],
  reason: [
    multi('Price', 'Pris', 'Pris', 'Pris'),
    multi('Delivery time', 'Leveringstid', 'Leveringstid', 'Leveranstid'),
    multi('No decision', 'Ingen beslutning', 'Ingen beslutning', 'Inget beslut'),
  ],
  reasonsold: [
    multi('Best offer', 'Beste tilbud', 'Bedste tilbud', 'Bästa anbud'),
    multi('Loyalty', 'Lojalitet', 'Loyalitet', 'Lojalitet'),
  ],
  reasonstalled: [
    multi('Budget', 'Budsjett', 'Budget', 'Budget'),
    multi('Reorganisation', 'Omorganisering', 'Omorganisering', 'Omorganisation'),
  ],
  tags: ['VIP', 'Invoice', 'Return', 'Warranty'],
  searchcat: [multi('Mailings', 'Utsendelser', 'Udsendelser', 'Utskick')],
};

/** Everything a user of the demo company picks from, besides what `seedBase` adds. */
export function seedDemoLists(database: Database): void {
  for (const [list, items] of Object.entries(plainLists)) insertItems(database, list, items);
  insertItems(database, 'projectstatus', [
    { name: multi('On hold', 'På vent', 'På hold', 'Vilande'), rank: 3 },
  ]);
  insertItems(database, 'task', [
    {
      name: multi('Phone in', 'Telefon inn', 'Telefon ind', 'Telefon in'),
      type: 'Phone',
      direction: 'Incoming',
      rank: 4,
    },
    { name: multi('E-mail out', 'E-post ut', 'E-mail ud', 'E-post ut'), type: 'Email', rank: 5 },
    { name: multi('Fax out', 'Faks ut', 'Fax ud', 'Fax ut'), type: 'Fax', rank: 6, deleted },
  ]);
  insertItems(database, 'doctmpl', [
    { name: multi('Letter', 'Brev', 'Brev', 'Brev'), filename: 'letter.docx', mime_type: docx },
    { name: multi('Quote', 'Tilbud', 'Tilbud', 'Offert'), filename: 'quote.docx', mime_type: docx },
    { name: multi('E-mail', 'E-post', 'E-mail', 'E-post'), filename: 'mail.somail', record_type: 'Email' },
    {
      name: multi('Incoming letter', 'Inngående brev', 'Indgående brev', 'Inkommande brev'),
      direction: 'Incoming',
    },
    { name: multi('Fax', 'Faks', 'Fax', 'Fax'), filename: 'fax.docx', record_type: 'Fax', deleted },
    // For files of any kind that come from elsewhere.
    { name: multi('File', 'Fil', 'Fil', 'Fil'), filename: 'file.bin', direction: 'Incoming' },
  ]);
  seedSaleLists(database);
  seedTicketCategories(database);
  seedTicketTypes(database);
}

const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

function seedSaleLists(database: Database): void {
  const stages = insertItems(database, 'prob', [
    { name: multi('Lead', 'Lead', 'Lead', 'Lead'), probability: 10 },
    { name: multi('First meeting', 'Første møte', 'Første møde', 'Första möte'), probability: 20 },
    { name: multi('Quote sent', 'Tilbud sendt', 'Tilbud sendt', 'Offert skickad'), probability: 40 },
    { name: multi('Negotiation', 'Forhandling', 'Forhandling', 'Förhandling'), probability: 60 },
    { name: multi('Verbal yes', 'Muntlig ja', 'Mundtligt ja', 'Muntligt ja'), probability: 90 },
    { name: multi('Cold call', 'Kald kanvas', 'Kold kanvas', 'Kallt samtal'), probability: 5, deleted },
  ]);
  const types = insertItems(database, 'saletype', [
    {
      name: multi('Product sale', 'Produktsalg', 'Produktsalg', 'Produktförsäljning'),
      duration_unit: 'Month',
      sale_duration: 3,
    },
    {
      name: multi('Service agreement', 'Serviceavtale', 'Serviceaftale', 'Serviceavtal'),
      duration_unit: 'Week',
      sale_duration: 4,
    },
  ]);
  const [product = 0, service = 0] = types;
  const links: readonly (readonly [type: number, stages: readonly number[]])[] = [
    [product, stages.slice(0, 5)],
    [service, [...stages.slice(1, 3), ...stages.slice(4, 5)]],
  ];
  for (const [type, stageIds] of links)
    for (const [index, stage] of stageIds.entries())
      database.table('saletypestagelink').insert({ saletype_id: type, stage_id: stage, rank: index + 1 });
}

/** Beside the type that every installation has: one that starts with a higher priority. */
function seedTicketTypes(database: Database): void {
  insertItems(database, 'tickettype', [
    {
      name: multi('Complaint', 'Klage', 'Klage', 'Klagomål'),
      default_ticket_status: 1,
      default_ticket_priority: 3,
      rank: 2,
    },
  ]);
}

/** A tree; the full name is the path of names, as SuperOffice compiles it. */
function seedTicketCategories(database: Database): void {
  const [support = 0, administration = 0] = insertItems(database, 'ejcategory', [
    { name: 'Support', fullname: 'Support' },
    { name: 'Administration', fullname: 'Administration' },
  ]);
  const [accounting = 0] = insertItems(database, 'ejcategory', [
    { name: 'Accounting', fullname: 'Administration/Accounting', parent_id: administration },
  ]);
  insertItems(database, 'ejcategory', [
    { name: 'Overdue', fullname: 'Administration/Accounting/Overdue', parent_id: accounting },
    { name: 'Hardware', fullname: 'Support/Hardware', parent_id: support },
    { name: 'Software', fullname: 'Support/Software', parent_id: support },
  ]);
}
