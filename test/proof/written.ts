import type { Fault, Seen } from '../support/faulty-proxy.ts';
import { objectIn } from './ask.ts';
import type { ToldRow } from './check.ts';
import type { Stored } from './stored.ts';

/** Did SuperOffice do the work of a request to which this was done? */
export function isWorked(fault: Fault | null): boolean {
  if (fault === 'cut') return false;
  return typeof fault !== 'object' || fault === null || !('status' in fault) || fault.worked === true;
}

const files: Readonly<Record<string, string>> = {
  Contact: 'companies.csv',
  Person: 'persons.csv',
  Project: 'projects.csv',
  Sale: 'sales.csv',
  Appointment: 'appointments.csv',
  Document: 'documents.csv',
  Ticket: 'tickets.csv',
  TicketMessage: 'messages.csv',
};

/** Rows of which a run says that it wrote nothing, though SuperOffice did what it asked. Answers sentences. */
export function hushedUp(worked: readonly Seen[], told: readonly ToldRow[], stored: Stored): string[] {
  return worked.flatMap(one => {
    const written = recordOf(one, stored);
    if (!written) return [];
    const row = told.find(({ file, key }) => file === written.file && key === written.key);
    const isSaid = row && ['created', 'updated', 'failed', 'unknown', ...written.also].includes(row.status);
    const said = row?.status ?? 'not at all';
    return isSaid
      ? []
      : [`${written.file}: ${written.key} is told as ${said} after ${one.method} ${one.path}`];
  });
}

interface Written {
  readonly file: string;
  readonly key: string;
  /** What the row may be told as as well: a record that is given its key may be right in everything else. */
  readonly also: readonly string[];
}

function recordOf({ method, path, body }: Seen, stored: Stored): Written | null {
  const [, entity = '', id] = /^\/v1\/(\w+)(?:\/(\d+)(?:\/.*)?)?$/.exec(path) ?? [];
  if (method === 'PUT' && path.endsWith('/Key')) {
    const { Key, Value } = objectIn(JSON.parse(body));
    const file = Key === 'TickUserKey01' ? 'tickets.csv' : 'messages.csv';
    return { file, key: String(Value), also: ['current'] };
  }
  const file = files[entity];
  if (method === 'GET' || file === undefined) return null;
  const key =
    id === undefined
      ? Object.values(objectIn(objectIn(JSON.parse(body)).CustomFields))[0]
      : stored.records.get(file)?.find(record => record.id === Number(id))?.key;
  return typeof key === 'string' && key !== '' ? { file, key, also: [] } : null;
}
