/** A cell as a JSON file has it; null clears. */
type Cell = string | number | boolean | null;
export type Rows = readonly Readonly<Record<string, Cell>>[];

/** File name → rows. */
export type Round = Readonly<Record<string, Rows>>;

/** More-page fields of the demo tenant, all types of them. */
function morePage(prefix: string, values: Readonly<Record<string, Cell>>): Record<string, Cell> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${prefix}User${name}`, value]));
}

const more = {
  Text01: "Kai 4, 'øst'",
  Text04: 'A longer text, which has a table of its own',
  Num01: 42,
  Dec01: 12.5,
  Check01: true,
  Date01: '2026-03-01',
  Date02: '1899-12-31',
  // Marked as deleted in the list, so it is taken back.
  List01: 'Rail',
};

const moreChanged = {
  Text01: 'Kai 5',
  Text04: 'Another longer text',
  Num01: -1,
  // JavaScript itself writes this with an exponent.
  Dec01: -0.000000125,
  Check01: false,
  Date01: '2027-03-02',
  Date02: '2100-01-01',
  List01: 'Drone',
};

const extra = {
  x_text01: 'short',
  x_number01: 7,
  x_check01: true,
  x_date01: '2020-05-31',
  x_decimal01: 1.5,
};

const extraChanged = {
  x_text01: 'other',
  x_number01: 8,
  x_check01: false,
  x_date01: '2021-06-30',
  x_decimal01: 2.75,
};

function address(block: string, line: string): Record<string, Cell> {
  return {
    [`${block}Address1`]: `${line} 1`,
    [`${block}Address2`]: '2nd floor',
    [`${block}Address3`]: 'c/o Havn',
    [`${block}Zipcode`]: '6002',
    [`${block}City`]: 'Ålesund',
    [`${block}County`]: 'Møre',
    [`${block}State`]: 'MR',
  };
}

const companies: Rows = [
  {
    CompUserKey01: 'C-1',
    Name: "Fjord & O'Brien AS",
    Department: 'Måløy',
    OrgNo: '914 207 338',
    Number1: 'K-77',
    Number2: 'N-77',
    ...address('Postal', 'Storgata'),
    ...address('Street', 'Kaia'),
    CountryName: 'Norway',
    Phone1: '11',
    Phone2: '22',
    Phone3: '33',
    Fax1: '44',
    Email1: 'a@fjord.example',
    Email2: 'b@fjord.example',
    Email3: 'c@fjord.example',
    Url1: 'https://fjord.example/',
    Url2: 'fjord.example',
    Url3: 'www.fjord.example',
    Category: 'Former customer',
    Business: 'Shipyards',
    AssociateName: 'INGRIDSOL',
    AssociateFullName: 'Ingrid Solbakken',
    Interests: 'Trade fair|Fax news|Regatta',
    Description: 'Ring først',
    Stop: true,
    NoMailing: true,
    ...morePage('Comp', more),
  },
  { CompUserKey01: 'C-2', Name: 'Havn AS' },
];

const persons: Rows = [
  {
    PersUserKey01: 'P-1',
    CompUserKey01: 'C-1',
    Firstname: 'Kari',
    MiddleName: 'Maria',
    Lastname: 'Nordmann',
    Mrmrs: 'Fru',
    Salutation: 'Dr.',
    Title: 'Innkjøper',
    Position: 'Harbour master',
    PersonNumber: '77',
    BirthDate: '1980-02-29',
    ...address('Street', 'Skogstien'),
    CountryName: 'SE',
    UsePersonAddress: true,
    Phone1: '1',
    Phone2: '2',
    Phone3: '3',
    MobilePhone1: '4',
    PrivatePhone1: '5',
    OtherPhone1: '6',
    Fax1: '7',
    Email1: 'kari@fjord.example',
    Email2: 'kari@home.example',
    Email3: 'k@n.example',
    Url1: 'kari.example',
    Category: 'Former customer',
    Business: 'Shipyards',
    AssociateName: 'INGRIDSOL',
    AssociateFullName: 'Ingrid Solbakken',
    Interests: 'Golf|Rowing',
    Description: 'Ring etter kl. 10',
    Retired: false,
    NoMailing: true,
    ...morePage('Pers', more),
  },
  { PersUserKey01: 'P-2', CompUserKey01: 'C-2', Firstname: 'Ola' },
];

const projects: Rows = [
  {
    ProjUserKey01: 'J-1',
    Name: 'New quay',
    ProjectNumber: 'Q-1',
    ProjectType: 'Internal',
    ProjectStatus: 'On hold',
    AssociateName: 'JENSO',
    AssociateFullName: 'Jens Østergård',
    EndDate: '2027-12-31',
    Completed: false,
    Description: 'Concrete',
    Postit: 'Ask the harbour',
    Url1: 'https://quay.example',
    ...morePage('Proj', more),
  },
];

const parents = { CompUserKey01: 'C-1', PersUserKey01: 'P-1', ProjUserKey01: 'J-1' };

const sales: Rows = [
  {
    SaleUserKey01: 'S-1',
    Heading: 'Order 77',
    ...parents,
    AssociateName: 'JENSO',
    AssociateFullName: 'Jens Østergård',
    SaleType: 'Product sale',
    Stage: 'Quote sent',
    Status: 'Open',
    Probability: 45,
    Saledate: '2026-05-17',
    Amount: 15980.27,
    EarningPercent: 40,
    Currency: 'EUR',
    Source: 'Regatta',
    Competitor: 'Papirkompaniet',
    Credited: 'Boat show',
    Number: 'O-77',
    SaleText: 'Ten bollards',
    Postit: 'Before summer',
    ...morePage('Sale', more),
  },
  { SaleUserKey01: 'S-2', Heading: 'Order 78', Amount: 100, Earning: 25, Status: 'Lost', Reason: 'Too slow' },
  { SaleUserKey01: 'S-3', Heading: 'Order 79', Amount: 100, Cost: 60, Status: 'Sold', ReasonSold: 'Friends' },
  {
    SaleUserKey01: 'S-4',
    Heading: 'Order 80',
    Status: 'Stalled',
    ReasonStalled: 'Ice',
    ReopenDate: '2027-01-31',
  },
];

const appointments: Rows = [
  {
    AppoUserKey01: 'A-1',
    ...parents,
    SaleUserKey01: 'S-1',
    AssociateName: 'JENSO',
    AssociateFullName: 'Jens Østergård',
    Task: 'Meeting',
    StartDate: '2026-10-20 15:30',
    EndDate: '2026-10-20 16:00',
    IsAlldayEvent: false,
    Title: 'Kick-off',
    Description: 'note',
    Agenda: 'agenda',
    InternalNotes: 'internal',
    Location: 'Bergen',
    Priority: 'Whenever',
    Completed: 'Started',
    Private: 'PrivateGroup',
    ...morePage('Appo', more),
  },
  { AppoUserKey01: 'A-2', CompUserKey01: 'C-2', StartDate: '2026-10-21', IsAlldayEvent: true },
];

const documents: Rows = [
  {
    DocuUserKey01: 'D-1',
    Name: 'contract.pdf',
    Heading: 'Contract',
    ...parents,
    SaleUserKey01: 'S-1',
    AssociateName: 'JENSO',
    AssociateFullName: 'Jens Østergård',
    DocumentTemplate: 'File',
    Date: '2026-07-01',
    Description: 'note',
    OurRef: 'o-1',
    YourRef: 'y-1',
    Attention: 'Dear Kari',
    Completed: false,
    ...morePage('Docu', more),
  },
  { DocuUserKey01: 'D-2', Name: 'note.txt', Content: Buffer.from('hello').toString('base64') },
];

const tickets: Rows = [
  {
    TickUserKey01: 'T-1',
    Title: "Delivery isn't here",
    PersUserKey01: 'P-1',
    SaleUserKey01: 'S-1',
    ProjUserKey01: 'J-1',
    AssociateName: 'KARIN',
    AssociateFullName: 'Kari Nordmo',
    Category: 'Administration/Accounting',
    Status: 'Open',
    Priority: 'High',
    TicketType: 'Request',
    AddTags: 'VIP,harbour',
    Slevel: 'External',
    Origin: 'Phone',
    Deadline: '2026-12-24 12:00',
    ...extra,
  },
  { TickUserKey01: 'T-2', Title: 'Another' },
];

const messages: Rows = [
  {
    MessUserKey01: 'M-1',
    TickUserKey01: 'T-1',
    PersUserKey01: 'P-1',
    Body: 'Where is it?',
    AttachmentNames: 'photo.png|list.csv',
    Slevel: 'External',
    Important: true,
    CreatedAt: '2026-01-31 14:30',
    SendTo: 'kari@fjord.example; ola@havn.example',
    SendCc: 'cc@fjord.example',
    SendBcc: 'bcc@fjord.example',
    SendSubject: 'Your order',
    ...extra,
  },
  {
    MessUserKey01: 'M-2',
    TickUserKey01: 'T-1',
    Body: 'On its way',
    HtmlBody: '<p>On its way</p>',
    SendTo: 'kari@fjord.example',
  },
];

/** Records of every datatype that belong together; every column of the catalogue that can be written has a value. */
export const created: Round = {
  'companies.json': companies,
  'persons.json': persons,
  'projects.json': projects,
  'sales.json': sales,
  'appointments.json': appointments,
  'documents.json': documents,
  'tickets.json': tickets,
  'messages.json': messages,
};

/** Columns that are the record's own key, and those whose values are made for one round only. */
const kept =
  /UserKey01$|^(Name|Content|Completed|Status|Cost|Earning|EarningPercent|Send\w+|AttachmentNames|CreatedAt)$/;

/** The value that stands for "something else" in the second round. */
const others: Readonly<Record<string, Cell>> = {
  CountryName: 'Denmark',
  Category: 'Partner',
  Business: 'Lighthouses',
  AssociateName: 'MIKKOJ',
  AssociateFullName: 'Mikko Järvinen',
  Interests: 'Newsletter|Sauna',
  Stop: false,
  NoMailing: false,
  UsePersonAddress: false,
  BirthDate: '1981-03-01',
  Retired: true,
  ProjectType: 'Campaign',
  ProjectStatus: 'Completed',
  EndDate: '2028-01-31',
  SaleType: 'Service agreement',
  Stage: 'First meeting',
  Probability: 30,
  Saledate: '2026-06-18',
  Amount: 20000,
  Currency: 'NOK',
  ReopenDate: '2027-02-28',
  Task: 'To-do',
  StartDate: '2026-10-20 16:30',
  IsAlldayEvent: false,
  Private: 'Public',
  DocumentTemplate: 'Incoming letter',
  Date: '2026-08-02',
  Priority: 'Low',
  Slevel: 'Internal',
  Origin: 'Chat',
  Deadline: '2027-01-02 09:15',
  Important: false,
  AddTags: 'Warranty,quay',
};

const lastOfName: Readonly<Record<string, Cell>> = { ...moreChanged, ...extraChanged };

function otherValue(column: string, value: Cell): Cell {
  const suffix = /User([A-Z][a-z]+\d{2})$/.exec(column)?.[1] ?? column;
  return others[column] ?? lastOfName[suffix] ?? `${String(value)}x`;
}

/** The same records with another value in every column that may change. */
export const changed: Round = mapCells(created, (column, value, file) => {
  if (column === 'EndDate' && file === 'appointments.json') return '2026-10-20 17:45';
  if (column === 'Category' && file === 'tickets.json') return 'Support/Hardware';
  if (column === 'TicketType') return value;
  if (column === 'Status') return file === 'tickets.json' ? 'Closed' : value === 'Open' ? 'Stalled' : 'Open';
  if (column === 'Completed') return file === 'projects.json' ? true : 'Completed';
  return kept.test(column) ? value : otherValue(column, value);
});

/** Columns that a file may not or need not empty. */
const neverEmpty =
  /UserKey01$|^(Name|Heading|Title|Content|StartDate|Lastname|Send\w+|AttachmentNames|CreatedAt|Cost|Earning|EarningPercent)$/;

/** The same records with nothing in every column that can be emptied. */
export const cleared: Round = mapCells(changed, (column, value) => (neverEmpty.test(column) ? value : null));

function mapCells(round: Round, change: (column: string, value: Cell, file: string) => Cell): Round {
  return Object.fromEntries(
    Object.entries(round).map(([file, rows]) => [
      file,
      rows.map(row =>
        Object.fromEntries(
          Object.entries(row).map(([column, value]) => [column, change(column, value, file)]),
        ),
      ),
    ]),
  );
}

/** The same set once more, beside the first one: every key, and what it refers to by key, ends in `suffix`. */
export function besideIt(round: Round, suffix: string): Round {
  return mapCells(round, (column, value) =>
    /UserKey01$/.test(column) ? `${String(value)}${suffix}` : value,
  );
}

/** So many rows of every datatype that no record has yet: their keys do not fit into the address of one request. */
export function manyNew(round: Round, count: number): Round {
  return Object.fromEntries(
    Object.entries(round).map(([file, [first = {}]]) => [
      file,
      Array.from({ length: count }, (_, index) =>
        Object.fromEntries(
          Object.entries(first).map(([column, value], place) => [
            column,
            place === 0 ? `${String(value)}-not-there-yet-${index}` : value,
          ]),
        ),
      ),
    ]),
  );
}

/** Companies enough for mass operations, with fields of several tables. @param round what the fields hold */
export function together(round: string): Round {
  return {
    'companies.json': Array.from({ length: 5 }, (_, index) => ({
      CompUserKey01: `together-${index}`,
      Name: `Together ${index}`,
      Department: round,
      StreetCity: round,
      Phone1: `+45 12 34 ${round.length}${index}`,
      Email1: `${round}${index}@fjord.example`,
      Url1: `https://fjord.example/${round}/${index}`,
      CompUserText01: round,
      CompUserText04: round,
    })),
  };
}
