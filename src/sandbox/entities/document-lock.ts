import { type Exchange, ok, type Route, SandboxError } from '../http/exchange.ts';
import { queryValue } from '../http/names.ts';
import type { DbRow } from '../store/table.ts';
import { associateName } from './carriers/associate.ts';
import { lockSemantics } from './carriers/enumerations.ts';
import { document } from './document.ts';
import { checkedOutErrorType } from './open-points.ts';
import { idIn } from './rest.ts';
import { failed, type ReturnInfo, succeeded } from './return-info.ts';
import { rowsWith } from './rows.ts';
import { noDate, stampText } from './stamps.ts';
import { labelOf, requireRow } from './store.ts';
import { numberOf, textOf } from './values.ts';

const lock = '/v1/Document/{documentId}/Lock';

type State = 'NotCheckedOut' | 'CheckedOutOwn' | 'CheckedOutOther' | 'LockingNotSupported';

/**
 * Who works on a document's file (writing.md, section 4). The sandbox keeps one content per document: a version is noted
 * with who made it and when, and undoing a check-out gives the lock back but not an older content.
 */
export const documentLockRoutes: Route[] = [
  ['GET', lock, (exchange, parameters) => ok(checkoutInfo(exchange, rowIn(exchange, parameters)))],
  ['POST', lock, (exchange, parameters) => ok(checkOut(exchange, rowIn(exchange, parameters)))],
  ['PUT', lock, (exchange, parameters) => ok(checkIn(exchange, rowIn(exchange, parameters)))],
  ['DELETE', lock, (exchange, parameters) => ok(undoCheckOut(exchange, rowIn(exchange, parameters)))],
  [
    'GET',
    '/v1/Document/{documentId}/Version',
    (exchange, parameters) => ok(versions(exchange, rowIn(exchange, parameters))),
  ],
];

/** Throws 400 when a colleague has the document checked out. */
export function assertWritable(exchange: Exchange, row: Readonly<DbRow>): void {
  if (stateOf(exchange, row) === 'CheckedOutOther')
    throw new SandboxError(
      400,
      checkedOutErrorType,
      `${labelOf(document, numberOf(row.document_id))} is checked out by ${holderName(exchange, row)}`,
    );
}

function rowIn(exchange: Exchange, parameters: Readonly<Record<string, string>>): DbRow {
  return requireRow(exchange, document, idIn(parameters, 'documentId'));
}

function stateOf({ user }: Exchange, row: Readonly<DbRow>): State {
  if (row.lockSemantics === lockSemantics.None) return 'LockingNotSupported';
  const holder = numberOf(row.checkedOutBy);
  if (holder === 0) return 'NotCheckedOut';
  return holder === user.associateId ? 'CheckedOutOwn' : 'CheckedOutOther';
}

function checkoutInfo(exchange: Exchange, row: Readonly<DbRow>) {
  const State = stateOf(exchange, row);
  const isOut = State === 'CheckedOutOwn' || State === 'CheckedOutOther';
  return {
    State,
    AssociateId: isOut ? numberOf(row.checkedOutBy) : 0,
    Name: isOut ? holderName(exchange, row) : '',
  };
}

function checkOut(exchange: Exchange, row: Readonly<DbRow>): ReturnInfo {
  switch (stateOf(exchange, row)) {
    case 'LockingNotSupported':
      return refused(exchange, 'The document does not support locking.');
    case 'CheckedOutOther':
      return refused(exchange, `The document is checked out by ${holderName(exchange, row)}.`);
    default:
      hold(exchange, row, exchange.user.associateId);
      return succeeded();
  }
}

function checkIn(exchange: Exchange, row: Readonly<DbRow>): ReturnInfo {
  if (stateOf(exchange, row) !== 'CheckedOutOwn')
    return refused(exchange, 'The document is not checked out by you.');
  hold(exchange, row, 0);
  return succeeded(row.lockSemantics === lockSemantics.Versioning ? addVersion(exchange, row) : '');
}

function undoCheckOut(exchange: Exchange, row: Readonly<DbRow>): ReturnInfo {
  if (stateOf(exchange, row) !== 'CheckedOutOwn')
    return refused(exchange, 'The document is not checked out by you.');
  hold(exchange, row, 0);
  return succeeded();
}

function refused({ query }: Exchange, message: string): ReturnInfo {
  const allowed = [...query].filter(([name]) => name.toLowerCase() === 'allowedreturntypes');
  return failed(message, allowed.length === 0 || allowed.some(([, type]) => /\bmessage\b/i.test(type)));
}

function hold({ database }: Exchange, row: Readonly<DbRow>, associateId: number): void {
  database.table('document').update(numberOf(row.document_id), { checkedOutBy: associateId });
}

function addVersion({ database, query, user, now }: Exchange, row: Readonly<DbRow>): string {
  const id = database.table('docversion').insert({
    document_id: numberOf(row.document_id),
    description: queryValue(query, 'versionDescription') ?? '',
    registered: stampText(now),
    registered_associate_id: user.associateId,
  });
  return String(id);
}

function versions({ database }: Exchange, row: Readonly<DbRow>) {
  const documentId = numberOf(row.document_id);
  return rowsWith(database.table('docversion'), 'document_id', documentId).map(version => {
    const associateId = numberOf(version.registered_associate_id);
    return {
      ExternalReference: '',
      DocumentId: documentId,
      VersionId: String(version.docversion_id),
      CheckedInDate: textOf(version.registered) || noDate,
      CheckedInByName: associateName(database, associateId),
      CheckedInByAssociateId: associateId,
      Description: textOf(version.description),
      DisplayText: textOf(version.description),
      ExtraFields: [],
    };
  });
}

function holderName({ database }: Exchange, row: Readonly<DbRow>): string {
  return associateName(database, numberOf(row.checkedOutBy));
}
