import { ok, type Route } from '../http/exchange.ts';
import type { DbRow } from '../store/table.ts';
import { contactName } from './carriers/names.ts';
import { duplicateRuleName } from './open-points.ts';
import { numberOf, textOf } from './values.ts';

/** Companies of the same name, and of the same department when one is asked for (writing.md, section 9). */
export const duplicatesRoute: Route = [
  'GET',
  '/v1/Contact/Duplicates/{name}',
  ({ database, query }, parameters) => {
    const name = comparable(parameters.name ?? '');
    const department = query.get('department');
    const rows = [...database.table('contact').rows.values()].filter(
      row =>
        row.deleted !== 1 &&
        comparable(textOf(row.name)) === name &&
        (department === null || comparable(textOf(row.department)) === comparable(department)),
    );
    return ok(rows.map(row => entry(numberOf(row.contact_id), contactName(row))));
  },
];

/** Projects of the same name (writing.md, section 9). */
export const projectDuplicatesRoute: Route = [
  'GET',
  '/v1/Project/Duplicates/{name}',
  ({ database }, parameters) => {
    const name = comparable(parameters.name ?? '');
    const isSame = (row: DbRow): boolean => comparable(textOf(row.name)) === name;
    const rows = [...database.table('project').rows.values()].filter(isSame);
    return ok(rows.map(row => entry(numberOf(row.project_id), textOf(row.name))));
  },
];

function entry(id: number, name: string): unknown {
  return {
    RuleName: duplicateRuleName,
    SoPrimaryKey: id,
    EntryName: name,
    EntryIdentifier: String(id),
    RuleDisplayName: duplicateRuleName,
    TableRight: null,
    FieldProperties: {},
  };
}

function comparable(text: string): string {
  return text.trim().toLowerCase();
}
