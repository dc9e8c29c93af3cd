import { type Random, randomFrom } from '../support/random.ts';

/** A row as its file has it, by column; the key comes first. */
export type FileRow = Readonly<Record<string, string>>;

/** What a caller's system hands over on one day: files of all eight datatypes that speak of each other. */
export interface Delivery {
  /** By the name of the file. */
  readonly tables: ReadonlyMap<string, readonly FileRow[]>;
  /** Documents and attachments, by their path. */
  readonly files: ReadonlyMap<string, string>;
}

/** How many records there are of each datatype. */
const count = 5;

/**
 * The deliveries of a first and of a second day: on the second, records are changed, some files have another content, some
 * lists have more values, and some records are new. Tickets and messages have twins, which nothing but their keys tells
 * apart.
 */
export function deliveries(seed: number): readonly [Delivery, Delivery] {
  return [deliveryOf(seed, false), deliveryOf(seed, true)];
}

function deliveryOf(seed: number, isSecond: boolean): Delivery {
  const files = new Map<string, string>();
  const tables = new Map<string, FileRow[]>();
  const table = (name: string, letter: string, rowOf: (row: Making) => Omit<FileRow, 'key'>): void => {
    const rows: FileRow[] = [];
    for (let index = 1; index <= count + (isSecond ? 1 : 0); index++) {
      const random = randomFrom(seed * 1000 + letter.charCodeAt(0) * 10 + index);
      const isChanged = random.chance(0.5) && isSecond;
      rows.push(rowOf({ key: `${letter}-${index}`, index, random, isChanged, files }));
    }
    tables.set(name, rows);
  };
  table('companies.csv', 'C', company);
  table('persons.csv', 'P', person);
  table('projects.csv', 'J', project);
  table('sales.csv', 'S', sale);
  table('appointments.csv', 'A', appointment);
  table('documents.csv', 'D', document);
  table('tickets.csv', 'T', ticket);
  table('messages.csv', 'M', message);
  return { tables, files };
}

interface Making {
  readonly key: string;
  readonly index: number;
  /** The same on both days, up to where the row asks whether it is changed. */
  readonly random: Random;
  readonly isChanged: boolean;
  readonly files: Map<string, string>;
}

/** A record of another file of the delivery; not the last, which is there on the second day only. */
const one = (letter: string, random: Random): string => `${letter}-${1 + random.below(count)}`;

function company({ key, random, isChanged }: Making): FileRow {
  const category = random.pick(['Customer', 'Newly met', 'Old friend']);
  return {
    CompUserKey01: key,
    Name: isChanged ? `Firm ${key}` : `Company ${key}`,
    Category: isChanged ? 'Changed hands' : category,
    Business: random.pick(['Retail', 'Deep sea']),
    Interests: isChanged ? 'Trade fair|Submarines' : random.pick(['Trade fair', 'Balloons|Trade fair']),
    PostalCity: isChanged ? 'Bodø' : 'Ålesund',
    Phone1: `5500${random.below(10)}`,
  };
}

function person({ key, random, isChanged }: Making): FileRow {
  return {
    PersUserKey01: key,
    CompUserKey01: one('C', random),
    Firstname: isChanged ? 'Ola' : 'Kari',
    Lastname: `Nordmann ${key}`,
    Position: random.pick(['Consultant', 'Skipper']),
    Interests: random.pick(['Golf', 'Golf|Knitting']),
    Email1: isChanged ? `${key}@new.example` : `${key}@old.example`,
  };
}

function project({ key, random, isChanged }: Making): FileRow {
  return {
    ProjUserKey01: key,
    Name: `Project ${key}`,
    ProjectNumber: `N-${key}`,
    Description: isChanged ? 'Delayed' : random.pick(['On time', 'Early']),
  };
}

function sale({ key, random, isChanged }: Making): FileRow {
  return {
    SaleUserKey01: key,
    Heading: `Sale ${key}`,
    CompUserKey01: one('C', random),
    ProjUserKey01: one('J', random),
    Amount: isChanged ? '250' : String(100 + random.below(9)),
    Source: isChanged ? 'Hearsay' : random.pick(['Referral', 'Newspaper']),
    Competitor: random.pick(['Fjordsoft', 'Kranhuset']),
  };
}

function appointment({ key, random, isChanged }: Making): FileRow {
  return {
    AppoUserKey01: key,
    CompUserKey01: one('C', random),
    SaleUserKey01: one('S', random),
    Task: 'Meeting',
    StartDate: isChanged ? '2026-03-04 09:00' : '2026-02-03 14:30',
    EndDate: isChanged ? '2026-03-04 10:00' : '2026-02-03 15:30',
    Title: `Meeting ${key}`,
    Description: isChanged ? 'Moved' : 'As agreed',
    Priority: random.pick(['High', 'Sky-high']),
  };
}

function document({ key, random, isChanged, files }: Making): FileRow {
  const name = `${key}.txt`;
  files.set(`documents/${name}`, `${isChanged ? 'Second' : 'First'} edition of ${key}\n`.repeat(50));
  return {
    DocuUserKey01: key,
    Name: name,
    Heading: isChanged ? `Report ${key}` : `Offer ${key}`,
    CompUserKey01: one('C', random),
    ProjUserKey01: one('J', random),
  };
}

/** The first ones are twins. */
function ticket({ key, index, random, isChanged }: Making): FileRow {
  const isTwin = index <= 3;
  return {
    TickUserKey01: key,
    Title: isTwin ? 'It does not work' : `${isChanged ? 'Problem' : 'Request'} ${key}`,
    PersUserKey01: isTwin ? 'P-1' : one('P', random),
    ProjUserKey01: one('J', random),
    AddTags: isChanged ? 'Urgent,Seen twice' : random.pick(['Seen once', 'VIP,Seen once']),
    Origin: isChanged ? 'Phone' : 'Email',
  };
}

/** The first ones are twins, too. */
function message({ key, index, random, isChanged, files }: Making): FileRow {
  const isTwin = index <= 3;
  const names = [`${key}-a.txt`];
  if (random.chance(0.5)) names.push('shared.txt');
  if (isChanged) names.push(`${key}-b.txt`);
  for (const name of names) files.set(`attachments/${name}`, `What ${name} says\n`.repeat(20));
  return {
    MessUserKey01: key,
    TickUserKey01: isTwin ? 'T-1' : one('T', random),
    Body: isTwin ? 'It still does not work.' : `${isChanged ? 'Answer' : 'Message'} ${key}`,
    Important: isChanged ? 'TRUE' : 'FALSE',
    AttachmentNames: names.join('|'),
    SendTo: random.chance(0.6) ? `${key}@post.example` : '',
  };
}

export function csvOf(rows: readonly FileRow[]): string {
  const columns = Object.keys(rows[0] ?? {});
  return [columns, ...rows.map(row => columns.map(column => row[column] ?? ''))]
    .map(cells => `${cells.join(';')}\n`)
    .join('');
}
