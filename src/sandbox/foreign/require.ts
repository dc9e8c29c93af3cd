import { missingForeignKeyErrorType } from '../entities/open-points.ts';
import { numberOf } from '../entities/values.ts';
import { type Exchange, SandboxError } from '../http/exchange.ts';
import type { DbRow } from '../store/table.ts';
import { appNamed, devicesNamed } from './store.ts';

type Parameters = Readonly<Record<string, string>>;

/** 404: the documents list 200 alone for what is not there (entities/open-points.ts). */
export function missing(what: string): SandboxError {
  return new SandboxError(404, missingForeignKeyErrorType, `${what} not found`);
}

/** The application that the path names. Throws 404. */
export function requireApp({ database }: Exchange, { app = '' }: Parameters): DbRow {
  const row = appNamed(database, app);
  if (!row) throw missing(`Foreign application '${app}'`);
  return row;
}

/** Its devices of the name in the path; of an identifier too where the path has one. Throws 404 when there is none. */
export function requireDevices(
  exchange: Exchange,
  parameters: Parameters,
): readonly [first: DbRow, ...others: DbRow[]] {
  const { device = '', identifier } = parameters;
  const appId = numberOf(requireApp(exchange, parameters).foreignapp_id);
  const [first, ...others] = devicesNamed(exchange.database, appId, device, identifier);
  if (!first)
    throw missing(
      `Foreign device '${device}'${identifier === undefined ? '' : ` with identifier '${identifier}'`}`,
    );
  return [first, ...others];
}
