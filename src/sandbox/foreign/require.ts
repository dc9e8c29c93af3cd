import { numberOf } from '../entities/values.ts';
import { type Exchange, SandboxError } from '../http/exchange.ts';
import { statusAndType } from '../quirks.ts';
import type { Database } from '../store/database.ts';
import type { DbRow } from '../store/table.ts';
import { appNamed, devicesNamed } from './store.ts';

type Parameters = Readonly<Record<string, string>>;

/** As a record that is not there: the documents list 200 alone. Also for a key that is to be saved on a missing device. */
export function missing({ quirks }: Database, what: string): SandboxError {
  return new SandboxError(...statusAndType(quirks['refusal-of-missing']), `${what} not found`);
}

/** The application that the path names. Throws 404. */
export function requireApp({ database }: Exchange, { app = '' }: Parameters): DbRow {
  const row = appNamed(database, app);
  if (!row) throw missing(database, `Foreign application '${app}'`);
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
      exchange.database,
      `Foreign device '${device}'${identifier === undefined ? '' : ` with identifier '${identifier}'`}`,
    );
  return [first, ...others];
}
