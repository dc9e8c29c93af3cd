import { type Ask, at, objectsIn } from './ask.ts';
import type { FileRow } from './rows.ts';

/** A record as SuperOffice holds it, told in the words of the file. */
export interface StoredRecord {
  readonly id: number;
  /** '' for one without. */
  readonly key: string;
  readonly values: FileRow;
  /** Of its document, or of each attachment by its name. */
  readonly contents: readonly (readonly [string, string])[];
}

/** All that an import can bring about in SuperOffice. */
export interface Stored {
  /** By the name of the file that brings such records. */
  readonly records: ReadonlyMap<string, readonly StoredRecord[]>;
  /** Names of all items, by list. */
  readonly lists: ReadonlyMap<string, readonly string[]>;
  /** Receivers of all mails. */
  readonly mails: readonly string[];
}

const lists = ['Category', 'Business', 'contint', 'perspos', 'persint', 'Source', 'comptr', 'priority'];

/** Reads all of it, without sic's client. */
export async function readStored(ask: Ask): Promise<Stored> {
  const keys = await foreignKeys(ask);
  const known = new Map<string, ReadonlyMap<number, string>>();
  const records = new Map<string, StoredRecord[]>();
  for (const [file, kind] of Object.entries(kinds)) {
    const found = await recordsOf(ask, kind, keys);
    known.set(kind.entity, new Map(found.map(({ id, key }) => [id, key])));
    const read: StoredRecord[] = [];
    for (const { id, key } of found) {
      const entity = await ask.json(`/v1/${kind.entity}/${id}`);
      const keyOf = (name: string, other: unknown): string => known.get(name)?.get(Number(other ?? 0)) ?? '';
      const contents = (await kind.contents?.(ask, id)) ?? [];
      read.push({ id, key, values: kind.values(entity, keyOf), contents });
    }
    records.set(file, read);
  }
  const items = new Map<string, string[]>();
  for (const list of lists) items.set(list, await itemsOf(ask, `/v1/MDOList/${list}?flat=true`));
  items.set('tags', await itemsOf(ask, '/v1/List/Tags/Items'));
  const mails = objectsIn(await ask.json('/v1/Sandbox/Outbox')).flatMap(({ to }) =>
    Array.isArray(to) ? to.map(String) : [],
  );
  return { records, lists: items, mails };
}

type KeyOf = (entity: string, id: unknown) => string;

interface Kind {
  readonly entity: string;
  readonly idColumn: string;
  readonly query?: string;
  /** null: it is kept beside the record. */
  readonly keyColumn: string | null;
  readonly values: (entity: unknown, keyOf: KeyOf) => FileRow;
  readonly contents?: (ask: Ask, id: number) => Promise<(readonly [string, string])[]>;
}

const kinds: Readonly<Record<string, Kind>> = {
  'companies.csv': {
    entity: 'Contact',
    idColumn: 'contactId',
    keyColumn: 'contactUdef/Siteshop:CompUserKey01',
    values: entity => ({
      Name: text(entity, 'Name'),
      Category: english(at(entity, 'Category', 'Value')),
      Business: english(at(entity, 'Business', 'Value')),
      Interests: interests(entity),
      PostalCity: text(entity, 'Address', 'Postal', 'City'),
      Phone1: elements(entity, 'Phones'),
    }),
  },
  'persons.csv': {
    entity: 'Person',
    idColumn: 'personId',
    keyColumn: 'personUdef/Siteshop:PersUserKey01',
    values: (entity, keyOf) => ({
      CompUserKey01: keyOf('Contact', at(entity, 'Contact', 'ContactId')),
      Firstname: text(entity, 'Firstname'),
      Lastname: text(entity, 'Lastname'),
      Position: english(at(entity, 'Position', 'Value')),
      Interests: interests(entity),
      Email1: elements(entity, 'Emails'),
    }),
  },
  'projects.csv': {
    entity: 'Project',
    idColumn: 'projectId',
    keyColumn: 'projectUdef/Siteshop:ProjUserKey01',
    values: entity => ({
      Name: text(entity, 'Name'),
      ProjectNumber: text(entity, 'ProjectNumber'),
      Description: text(entity, 'Description'),
    }),
  },
  'sales.csv': {
    entity: 'Sale',
    idColumn: 'saleId',
    keyColumn: 'saleUdef/Siteshop:SaleUserKey01',
    values: (entity, keyOf) => ({
      Heading: text(entity, 'Heading'),
      CompUserKey01: keyOf('Contact', at(entity, 'Contact', 'ContactId')),
      ProjUserKey01: keyOf('Project', at(entity, 'Project', 'ProjectId')),
      Amount: text(entity, 'Amount'),
      Source: english(at(entity, 'Source', 'Value')),
      Competitor: english(at(entity, 'Competitor', 'Value')),
    }),
  },
  'appointments.csv': {
    entity: 'Appointment',
    idColumn: 'appointmentId',
    keyColumn: 'appointmentUdef/Siteshop:AppoUserKey01',
    values: (entity, keyOf) => ({
      CompUserKey01: keyOf('Contact', at(entity, 'Contact', 'ContactId')),
      SaleUserKey01: keyOf('Sale', at(entity, 'Sale', 'SaleId')),
      Task: english(at(entity, 'Task', 'Value')),
      StartDate: minute(entity, 'StartDate'),
      EndDate: minute(entity, 'EndDate'),
      Title: text(entity, 'Title'),
      Description: text(entity, 'Description'),
      Priority: english(at(entity, 'Priority', 'Value')),
    }),
  },
  'documents.csv': {
    entity: 'Document',
    idColumn: 'documentId',
    keyColumn: 'documentUdef/Siteshop:DocuUserKey01',
    values: (entity, keyOf) => ({
      Name: text(entity, 'Name'),
      Heading: text(entity, 'Header'),
      CompUserKey01: keyOf('Contact', at(entity, 'Contact', 'ContactId')),
      ProjUserKey01: keyOf('Project', at(entity, 'Project', 'ProjectId')),
    }),
    contents: async (ask, id) => {
      const isThere = Number(await ask.json(`/v1/Document/${id}/Length`)) > 0;
      return isThere ? [['', await ask.content(`/v1/Document/${id}/Content`)]] : [];
    },
  },
  'tickets.csv': {
    entity: 'Ticket',
    idColumn: 'ticketId',
    query: '$entities=ticket,ticketdisplayclosed&',
    keyColumn: null,
    values: (entity, keyOf) => ({
      Title: text(entity, 'Title'),
      PersUserKey01: keyOf('Person', at(entity, 'Person', 'PersonId')),
      ProjUserKey01: keyOf('Project', at(entity, 'Project', 'ProjectId')),
      AddTags: names(objectsIn(at(entity, 'Tags')), ','),
      Origin: text(entity, 'Origin'),
    }),
  },
  'messages.csv': {
    entity: 'TicketMessage',
    idColumn: 'ticketMessageId',
    keyColumn: null,
    values: (entity, keyOf) => ({
      TickUserKey01: keyOf('Ticket', at(entity, 'Ticket', 'TicketId')),
      Body: text(entity, 'Body'),
      Important: text(entity, 'Important').toUpperCase(),
    }),
    contents: async (ask, id) => {
      const files = objectsIn(await ask.json(`/v1/TicketMessage/${id}/Attachment`));
      return Promise.all(
        files.map(
          async ({ AttachmentId, Name }) =>
            [String(Name), await ask.content(`/v1/Attachment/${AttachmentId}/Content`)] as const,
        ),
      );
    },
  },
};

async function recordsOf(
  ask: Ask,
  { entity, idColumn, query = '', keyColumn }: Kind,
  keys: ReadonlyMap<string, string>,
): Promise<{ readonly id: number; readonly key: string }[]> {
  const columns = keyColumn === null ? idColumn : `${idColumn},${keyColumn}`;
  const { value } = Object(await ask.json(`/v1/${entity}?${query}$select=${columns}&$top=5000`));
  return objectsIn(value).map(row => {
    const id = Number(row[idColumn]);
    return {
      id,
      key: keyColumn === null ? (keys.get(`${entity} ${id}`) ?? '') : String(row[keyColumn] ?? ''),
    };
  });
}

/** By entity and id. A record that has several is told with all of them. */
async function foreignKeys(ask: Ask): Promise<ReadonlyMap<string, string>> {
  const select = '$select=recordId,keyName,keyValue,appName,deviceIdentifier&$top=5000';
  const { value } = Object(await ask.json(`/v1/Archive/ForeignKeys?${select}`));
  const keys = new Map<string, string>();
  for (const { recordId, keyName, keyValue } of objectsIn(value)) {
    const place = `${keyName === 'TickUserKey01' ? 'Ticket' : 'TicketMessage'} ${recordId}`;
    keys.set(place, keys.has(place) ? `${keys.get(place)} and ${keyValue}` : String(keyValue));
  }
  return keys;
}

async function itemsOf(ask: Ask, path: string): Promise<string[]> {
  return objectsIn(await ask.json(path)).map(({ Name }) => english(Name));
}

function text(entity: unknown, ...path: string[]): string {
  return String(at(entity, ...path) ?? '');
}

function minute(entity: unknown, name: string): string {
  return text(entity, name).replace('T', ' ').slice(0, 16);
}

function english(name: unknown): string {
  return /US:"([^"]*)"/.exec(String(name ?? ''))?.[1] ?? String(name ?? '');
}

function interests(entity: unknown): string {
  return names(
    objectsIn(at(entity, 'Interests')).filter(({ Selected }) => Selected === true),
    '|',
  );
}

function names(items: readonly { readonly Name?: unknown }[], separator: string): string {
  return items
    .map(({ Name }) => english(Name))
    .sort()
    .join(separator);
}

function elements(entity: unknown, property: string): string {
  return objectsIn(at(entity, property))
    .map(({ Value }) => String(Value))
    .join('|');
}
