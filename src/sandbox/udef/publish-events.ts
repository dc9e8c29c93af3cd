import type { Database, UdefOwner } from '../store/database.ts';

/** Owners whose publishing an administrator announced and did not carry out yet. Not kept in the data file: a restart ends them. */
const started = new WeakMap<Database, Set<UdefOwner>>();

export function startPublish(database: Database, owner: UdefOwner): void {
  const owners = started.get(database) ?? new Set();
  owners.add(owner);
  started.set(database, owners);
}

export function clearPublishStart(database: Database, owner: UdefOwner): void {
  started.get(database)?.delete(owner);
}

export function isPublishStarted(database: Database, owner: UdefOwner): boolean {
  return started.get(database)?.has(owner) ?? false;
}

export function isAnyPublishStarted(database: Database): boolean {
  return (started.get(database)?.size ?? 0) > 0;
}
