import type { Datatype } from '../../datatypes/datatype.ts';
import { type KeyPlace, sourceOf } from '../../records/keys.ts';
import type { Fingerprints } from '../../state/fingerprint.ts';
import { SuperOfficeError } from '../../superoffice/error.ts';
import { and, canFilter, equalsNumber, equalsText, notBefore } from '../../superoffice/filter.ts';
import type { SuperOffice } from '../../superoffice/superoffice.ts';
import type { Wanted } from '../plan/value.ts';
import type { ApplyPorts } from './apply.ts';
import type { Doubt, Doubts } from './doubts.ts';
import { likenessOf, type Traits, traitsOf } from './likeness.ts';

/** What a search for a record without its key is done with. */
export interface OrphanPorts {
  readonly superoffice: SuperOffice;
  readonly fingerprints: Fingerprints;
  readonly doubts: Doubts;
  /** True for a record that this run made. */
  readonly isMade: (datatype: string, id: number) => boolean;
}

export function orphanPorts({ superoffice, fingerprints, doubts, intents }: ApplyPorts): OrphanPorts {
  return { superoffice, fingerprints, doubts, isMade: intents.isMade };
}

/** Clocks differ, and SuperOffice tells times of records by the wall clock of the tenant. */
const clockSlack = 2 * 24 * 60 * 60 * 1000;

interface Candidate {
  readonly id: number;
  readonly traits: Traits;
}

/**
 * The record that a lost create left without its key: made by the signed-in user since then, without a key, and as the
 * create would have made it. null: there is none. Where as many creates are in doubt as there are such records, any of
 * them will do, because whoever takes it compares it with its row. Throws a lost SuperOfficeError when there are more:
 * one of them is somebody else's.
 */
export async function findOrphan(
  datatype: Datatype,
  wanted: readonly Wanted[],
  place: Extract<KeyPlace, { at: 'foreignKey' }>,
  doubt: Omit<Doubt, 'made'>,
  ports: OrphanPorts,
): Promise<number | null> {
  const { superoffice, fingerprints, doubts } = ports;
  const traits = traitsOf(datatype, wanted);
  // The row may have changed since the create was announced: then its values find nothing, and all of that time are read.
  const known = likenessOf(traits, fingerprints) === doubt.like ? traits : null;
  const candidates =
    datatype.name === 'Ticket'
      ? await tickets(datatype, known, doubt.at, superoffice)
      : await messages(datatype, known ?? traits, known !== null, doubt.at, superoffice);
  const alike = candidates
    .filter(candidate => likenessOf(candidate.traits, fingerprints) === doubt.like)
    .map(candidate => candidate.id)
    .filter(id => !ports.isMade(datatype.name, id) && !doubts.isMade(datatype.name, id));
  if (alike.length === 0) return null;
  const keyed = await superoffice.foreignKeys.recordsWithKey(place.ring, alike);
  const orphans: number[] = [];
  for (const id of alike) if (!keyed.has(id) && (await isOurs(datatype, id, superoffice))) orphans.push(id);
  if (orphans.length > 1 + doubts.alike(doubt)) throw severalOrphans(datatype, doubt.key, orphans);
  return orphans.length === 0 ? null : Math.min(...orphans);
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

/** @param traits null: read all that the signed-in user made */
async function tickets(
  datatype: Datatype,
  traits: Traits | null,
  since: number,
  superoffice: SuperOffice,
): Promise<Candidate[]> {
  const { associateId } = await superoffice.principal();
  const title = traits && 'title' in traits && canFilter(traits.title) ? traits.title : null;
  const rows = await superoffice.archive({
    ...sourceOf(datatype),
    columns: ['ticketId', 'title', 'personId'],
    filter: and(
      title === null ? '' : equalsText('title', title),
      equalsNumber('createdBy/associateDbId', associateId),
      madeSince(since),
    ),
  });
  return rows.map(({ primaryKey, cells }) => ({
    id: primaryKey,
    traits: {
      title: cells.get('title')?.display ?? '',
      personId: Number(cells.get('personId')?.raw ?? 0),
    },
  }));
}

/** @param sameTicket false: the row may have named another request when it was sent */
async function messages(
  datatype: Datatype,
  traits: Traits,
  sameTicket: boolean,
  since: number,
  superoffice: SuperOffice,
): Promise<Candidate[]> {
  if (!('ticketId' in traits)) return [];
  const rows = await superoffice.archive({
    ...sourceOf(datatype),
    columns: ['ticketMessageId', 'ticketId', 'body', 'htmlBody'],
    filter: and(sameTicket ? equalsNumber('ticketId', traits.ticketId) : '', madeSince(since)),
  });
  return rows.map(({ primaryKey, cells }) => ({
    id: primaryKey,
    traits: {
      ticketId: Number(cells.get('ticketId')?.raw ?? 0),
      // SuperOffice makes one of the other where a message came with one only.
      body: traits.body === null ? null : (cells.get('body')?.display ?? ''),
      htmlBody: traits.htmlBody === null ? null : (cells.get('htmlBody')?.display ?? ''),
    },
  }));
}

function madeSince(moment: number): string {
  return notBefore('createdAt', new Date(moment - clockSlack).toISOString().slice(0, 19));
}

/** The archive of messages does not say who made them: each is asked for by itself. */
async function isOurs(datatype: Datatype, id: number, superoffice: SuperOffice): Promise<boolean> {
  if (datatype.name === 'Ticket') return true;
  const { associateId } = await superoffice.principal();
  return (await superoffice.creatorOf(datatype.entity, id)) === associateId;
}
