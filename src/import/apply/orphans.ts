import type { Datatype } from '../../datatypes/datatype.ts';
import { SuperOfficeError } from '../../superoffice/error.ts';
import { and, equalsNumber, equalsText, isOneOfNumbers } from '../../superoffice/filter.ts';
import { keyPlace, sourceOf } from '../resolve/keys.ts';
import type { ApplyPorts } from './apply.ts';
import type { Creation } from './create.ts';

/**
 * The record that a lost create left without its key: of our own making, as the row describes it, and keyless. null: there
 * is none. Throws a lost SuperOfficeError when several could be meant: never "the first".
 */
export async function findOrphan(creation: Creation, ports: ApplyPorts): Promise<number | null> {
  const { datatype, key } = creation;
  const { superoffice, names } = ports;
  const place = keyPlace(datatype, names);
  if (place.at !== 'foreignKey') return null;
  const looks =
    datatype.name === 'Ticket' ? await ticketsLike(creation, ports) : await messagesLike(creation, ports);
  if (looks.length === 0) return null;
  const keyed = new Set(
    (await superoffice.foreignKeys.ofRecords(place.ring, looks)).map(key => key.recordId),
  );
  const orphans = looks.filter(id => !keyed.has(id) && !ports.intents.isMade(datatype.name, id));
  if (orphans.length > 1) throw severalOrphans(datatype, key, orphans);
  return orphans[0] ?? null;
}

function severalOrphans(datatype: Datatype, key: string, ids: readonly number[]): SuperOfficeError {
  const what = datatype.name.toLowerCase();
  return new SuperOfficeError(
    `the answer to the new ${what} "${key}" was lost, and ${ids.length} of them look like it (ids ${ids.join(', ')})`,
    {
      status: 0,
      request: `POST /v1/${datatype.entity}`,
      lost: true,
      scope: 'row',
      hint: `Look at them in SuperOffice and delete the ones that are too many, then run again.`,
    },
  );
}

/** Requests made by the signed-in user with the same title and for the same person. */
async function ticketsLike({ datatype, wanted }: Creation, { superoffice }: ApplyPorts): Promise<number[]> {
  const text = (name: string): string => wanted.find(want => want.field.name === name)?.text ?? '';
  const id = (name: string): number => Number(wanted.find(want => want.field.name === name)?.value ?? 0);
  const { associateId } = await superoffice.principal();
  const rows = await superoffice.archive({
    ...sourceOf(datatype),
    columns: ['ticketId', 'title'],
    filter: and(
      equalsText('title', text('Title')),
      equalsNumber('personId', id('PersUserKey01')),
      equalsNumber('createdBy/associateDbId', associateId),
    ),
  });
  return rows.filter(row => row.cells.get('title')?.display === text('Title')).map(row => row.primaryKey);
}

/** Messages of the same request with the same text. */
async function messagesLike({ datatype, wanted }: Creation, { superoffice }: ApplyPorts): Promise<number[]> {
  const ticket = wanted.find(want => want.field.name === 'TickUserKey01')?.value;
  if (typeof ticket !== 'number') return [];
  const rows = await superoffice.archive({
    ...sourceOf(datatype),
    columns: ['ticketMessageId', 'body', 'htmlBody'],
    filter: isOneOfNumbers('ticketId', [ticket]),
  });
  const same = (name: string, column: string, cells: (typeof rows)[number]['cells']): boolean => {
    const text = wanted.find(want => want.field.name === name)?.text;
    return text === undefined || text === null || plainText(cells.get(column)?.display) === plainText(text);
  };
  return rows
    .filter(({ cells }) => same('Body', 'body', cells) && same('HtmlBody', 'htmlBody', cells))
    .map(row => row.primaryKey);
}

function plainText(text: string | undefined): string {
  return (text ?? '').replaceAll('\r\n', '\n').trim();
}
