import type { Config } from '../../config/config.ts';
import type { Datatype } from '../../datatypes/datatype.ts';
import type { Field } from '../../datatypes/field.ts';
import { datatypeNamed } from '../../datatypes/index.ts';
import type { FieldNames } from '../../datatypes/udef.ts';
import type { Problem } from '../../problems/problem.ts';
import { readByIds } from '../../records/by-id.ts';
import type { Existing } from '../../records/current.ts';
import { existingIds, findByKey, keysOf } from '../../records/keys.ts';
import type { KeptField } from '../../state/before-images.ts';
import type { KeptNames } from '../../state/kept-names.ts';
import { SuperOfficeError } from '../../superoffice/error.ts';
import type { SuperOffice } from '../../superoffice/superoffice.ts';
import { readDirectory } from '../resolve/directory.ts';
import { refusal } from '../row-outcome.ts';
import type { Written } from './batches.ts';
import { dependentsOf, reasonToKeep, updatedBy } from './deletion.ts';
import type { KnownFields } from './known-fields.ts';
import * as problems from './problems.ts';
import { planRestoration, type Surroundings } from './restoration.ts';
import type { UndoRow, UndoStatus } from './result.ts';
import { remove, restore, type UndoPorts } from './write.ts';

export interface BatchPorts {
  readonly superoffice: SuperOffice;
  readonly config: Config;
  readonly names: FieldNames;
  readonly keptNames: KeptNames;
  readonly knownFields: KnownFields;
  readonly deleteCreated: boolean;
  /** Ids of records that are deleted by this undo (or would be), by datatype. */
  readonly deleted: Map<string, Set<number>>;
  /** null: a dry run. */
  readonly write: UndoPorts | null;
  /** Set once nothing more may be sent. */
  readonly stop: { reason: unknown };
}

type Fields = readonly { readonly field: Field | null; readonly kept: KeptField }[];

interface Task {
  readonly written: Written;
  readonly fields: Fields;
}

/** Everything that is read for a batch before its records are worked on. */
interface Read extends Surroundings {
  readonly records: ReadonlyMap<number, Existing>;
  readonly dependents: ReadonlyMap<number, readonly string[]>;
  /** Ids by key, of creates of which the run never learned the id. */
  readonly perhaps: ReadonlyMap<string, readonly number[]>;
}

/** Takes a batch back. One row per record, none for a record that was never made. Never throws: what ends the run goes to `stop`. */
export async function workBatch(batch: readonly Written[], ports: BatchPorts): Promise<UndoRow[]> {
  const datatype = datatypeNamed(batch[0]?.image.datatype ?? '');
  if (!datatype) return [];
  const { stop } = ports;
  if (stop.reason !== null) return batch.map(written => rowOf(written, 'notReached'));
  try {
    const tasks = await Promise.all(
      batch.map(async written => ({ written, fields: await fieldsOf(written, datatype, ports) })),
    );
    const read = await readFor(tasks, datatype, ports);
    const rows = (await Promise.all(tasks.map(task => takeBack(task, read, ports)))).filter(
      row => row !== null,
    );
    // What is written back is forgotten before it is written; these hold something else than the file already.
    for (const { datatype, key, status } of rows)
      if (status === 'asBefore' || status === 'gone') ports.write?.forget(datatype, key);
    return rows;
  } catch (error) {
    return batch.map(written => failed(written, error, [], ports));
  }
}

function fieldsOf({ image }: Written, datatype: Datatype, { knownFields }: BatchPorts): Promise<Fields> {
  return Promise.all(image.fields.map(async kept => ({ field: await knownFields.of(datatype, kept), kept })));
}

async function readFor(tasks: readonly Task[], datatype: Datatype, ports: BatchPorts): Promise<Read> {
  const { superoffice, config, names, deleteCreated, keptNames } = ports;
  const compared = tasks.filter(({ written: { image } }) => image.does === 'update' || deleteCreated);
  const stamp = deleteCreated ? updatedBy(datatype) : null;
  const fields = [
    ...new Set(compared.flatMap(task => task.fields.flatMap(({ field }) => field ?? []))),
    ...(stamp ? [stamp] : []),
  ];
  const keys = new Map<number, string>();
  for (const { written } of tasks) if (written.id !== null) keys.set(written.id, written.image.key);
  const lost = tasks.filter(({ written: { id, fate } }) => id === null && fate.outcome !== 'failed');
  const [records, directory, perhaps] = await Promise.all([
    readByIds(superoffice, datatype, fields, keys),
    readDirectory(superoffice, config, fields),
    findByKey(
      superoffice,
      datatype,
      names,
      lost.map(({ written }) => written.image.key),
    ),
  ]);
  const created = tasks.flatMap(({ written: { image, id } }) =>
    image.does === 'create' && deleteCreated && id !== null && records.has(id) ? [id] : [],
  );
  const [parents, dependents] = await Promise.all([
    readParents(compared, records, ports),
    dependentsOf(superoffice, datatype, created, (name, id) => ports.deleted.get(name)?.has(id) ?? false),
  ]);
  return { datatype, directory, keptNames, parents, records, dependents, perhaps: perhaps.ids };
}

/** The parents that are, were or would be: whether they are there, and their keys. */
async function readParents(
  tasks: readonly Task[],
  records: ReadonlyMap<number, Existing>,
  { superoffice, names }: BatchPorts,
): Promise<Surroundings['parents']> {
  const wanted = new Map<string, Set<number>>();
  for (const { written, fields } of tasks) {
    const record = records.get(written.id ?? 0);
    for (const { field, kept } of fields) {
      if (field?.parent === undefined || field.slot.at !== 'reference') continue;
      const ids = wanted.get(field.parent) ?? new Set();
      const now = record?.archive.cells.get(field.slot.column)?.raw;
      for (const id of [kept.before, kept.after, now]) if (Number(id) > 0) ids.add(Number(id));
      wanted.set(field.parent, ids);
    }
  }
  const parents = new Map<string, ReadonlyMap<number, string>>();
  await Promise.all(
    [...wanted].map(async ([name, ids]) => {
      const parent = datatypeNamed(name);
      if (!parent || ids.size === 0) return;
      const [there, keys] = await Promise.all([
        existingIds(superoffice, parent, [...ids]),
        keysOf(superoffice, parent, names, [...ids]),
      ]);
      parents.set(name, new Map([...there].map(id => [id, keys.get(id) ?? ''])));
    }),
  );
  return parents;
}

/** null: the record was never made, so there is nothing to tell. */
async function takeBack(task: Task, read: Read, ports: BatchPorts): Promise<UndoRow | null> {
  const { written } = task;
  const { image, id, fate } = written;
  const { datatype, records, perhaps } = read;
  if (ports.stop.reason !== null) return rowOf(written, 'notReached');
  if (id === null) {
    const ids = fate.outcome === 'failed' ? [] : (perhaps.get(image.key) ?? []);
    return ids.length === 0 ? null : rowOf(written, 'left', [problems.perhapsCreated(datatype, ids)]);
  }
  const existing = records.get(id);
  switch (image.does) {
    case 'delete':
      return existing
        ? rowOf(written, 'asBefore')
        : rowOf(written, 'left', [problems.wasDeleted(datatype, id)]);
    case 'create':
      return existing ? undoCreate(task, existing, read, ports) : rowOf(written, 'gone');
    case 'update':
      return existing
        ? undoUpdate(task, existing, read, ports)
        : rowOf(written, 'gone', [problems.recordGone(datatype, id)]);
  }
}

async function undoUpdate(
  { written, fields }: Task,
  existing: Existing,
  read: Read,
  ports: BatchPorts,
): Promise<UndoRow> {
  const { image, fate } = written;
  const plan = planRestoration(existing, fields, fate.outcome === 'done', read);
  const left = [...plan.left, ...(fate.outcome === 'failed' ? [] : image.also.map(problems.stays))];
  const row = { ...rowOf(written, 'asBefore', left), changes: plan.changes };
  if (plan.changes.length === 0) return left.length === 0 ? row : { ...row, status: 'left' };
  try {
    if (ports.write) await restore(read.datatype, image.key, plan, ports.write);
    return { ...row, status: left.length === 0 ? 'restored' : 'partly' };
  } catch (error) {
    return failed(written, error, left, ports);
  }
}

async function undoCreate(
  { written, fields }: Task,
  existing: Existing,
  read: Read,
  ports: BatchPorts,
): Promise<UndoRow> {
  const { image } = written;
  const { datatype } = read;
  if (!ports.deleteCreated) return rowOf(written, 'kept');
  const reason = reasonToKeep(existing, fields, read.dependents.get(existing.id) ?? [], read);
  if (reason) return rowOf(written, 'left', [reason]);
  try {
    if (ports.write) await remove(datatype, image.key, existing.id, ports.write);
    const deleted = ports.deleted.get(datatype.name) ?? new Set();
    ports.deleted.set(datatype.name, deleted.add(existing.id));
    return rowOf(written, 'deleted', image.also.map(problems.stays));
  } catch (error) {
    return failed(written, error, [], ports);
  }
}

function rowOf(
  { image: { datatype, key }, id }: Written,
  status: UndoStatus,
  found: readonly Problem[] = [],
): UndoRow {
  return { datatype, key, id, status, changes: [], problems: found };
}

function failed(written: Written, error: unknown, left: readonly Problem[], { stop }: BatchPorts): UndoRow {
  if (!(error instanceof SuperOfficeError)) {
    stop.reason ??= error;
    return rowOf(written, 'notReached');
  }
  if (error.scope === 'tenant') stop.reason ??= error;
  if (!error.lost && error.scope === 'tenant') return rowOf(written, 'notReached');
  return rowOf(written, error.lost ? 'unknown' : 'failed', [...left, refusal(written.image, error)]);
}
