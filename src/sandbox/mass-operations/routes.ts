import { toBoolean } from '../entities/values.ts';
import { type Answer, type Exchange, ok, type Route, SandboxError } from '../http/exchange.ts';
import { pick } from '../http/names.ts';
import { refusalOf } from '../http/refusals.ts';
import { statusAndType } from '../quirks.ts';
import { deleteRows } from './delete.ts';
import { accessRefused, MassFailure } from './failure.ts';
import { insert } from './insert.ts';
import { nameIn } from './request.ts';
import { MassResult } from './result.ts';
import { massTable } from './tables.ts';
import { upsert } from './upsert.ts';

type MassOperation = (exchange: Exchange, result: MassResult) => void;

/**
 * `Agents/DatabaseTable` (writing.md, section 6). There are no extra tables here: `ReadRow` and its kin, which are for these
 * only, are left out.
 */
export const massOperationRoutes: Route[] = [
  massOperation('Upsert', upsert),
  massOperation('Insert', insert),
  massOperation('Delete', deleteRows),
  massOperation('Truncate', refuseBuiltIn),
];

function massOperation(name: string, operation: MassOperation): Route {
  return ['POST', `/v1/Agents/DatabaseTable/${name}`, exchange => run(exchange, name, operation)];
}

function refuseBuiltIn({ body, database }: Exchange): void {
  const { table } = massTable(database, nameIn(body, 'TableName'));
  throw new MassFailure(`Only extra tables can be truncated, not the built-in table '${table.name}'`);
}

function run(exchange: Exchange, name: string, operation: MassOperation): Answer {
  requireAccess(exchange);
  const result = new MassResult();
  const started = performance.now();
  try {
    operation(exchange, result);
  } catch (error) {
    // Answered, not thrown on: what is written so far stays.
    if (error instanceof MassFailure) return failed(exchange, error, result);
    throw error;
  }
  const message = `${name}: ${(performance.now() - started).toFixed(0)} ms`;
  return ok(result.carrier(true, message, toBoolean(pick(exchange.body, 'ReturnRowStatus')) === true));
}

function requireAccess({ user, database }: Exchange): void {
  if (database.quirks['mass-operations'] === 'refused')
    throw accessRefused('The application has no access to mass operations');
  if (!user.isSystemUser) throw accessRefused(`Mass operations need a system user; ${user.name} is none`);
}

function failed({ database }: Exchange, { message }: MassFailure, result: MassResult): Answer {
  const refusal = database.quirks['refusal-of-mass-operation'];
  if (refusal === 'unsuccessful') return ok(result.carrier(false, message, false));
  return refusalOf(new SandboxError(...statusAndType(refusal), message));
}
