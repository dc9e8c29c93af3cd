import type { Field } from '../datatypes/field.ts';
import { type ExportPlan, planExport } from './plan.ts';
import type { ExportOptions, ExportPorts } from './ports.ts';
import { queryOf } from './read/pages.ts';
import type { Explanation } from './result.ts';
import { askedOf } from './run.ts';
import { changedColumns } from './since.ts';

/** Tells how an export would be read. Names in criteria are looked up; no row is read. */
export async function explainExport(options: ExportOptions, ports: ExportPorts): Promise<Explanation> {
  const superoffice = await ports.connect();
  try {
    const plan = await planExport(options.search, askedOf(options), { ...ports, superoffice });
    const { provider, columns, filter } = queryOf(plan);
    return {
      search: options.search.name,
      row: plan.source.row,
      columns: plan.columns.map(({ name }) => name),
      criteria: plan.criteria.map(({ text, pushed, found }) => ({
        criterion: text,
        superoffice: pushed.filter,
        lookedUp: found === null ? null : { asked: found.asked, records: found.ids.length },
        here: pushed.filter === null || pushed.why !== null,
        why: pushed.why,
      })),
      archive: { provider, columns, filter },
      besides: besidesOf(plan),
      since: sinceOf(options, plan),
      order: plan.order.map(({ expression, descending }) => `${expression.text}${descending ? ' desc' : ''}`),
    };
  } finally {
    await superoffice.close();
  }
}

function sinceOf({ since }: ExportOptions, { source }: ExportPlan): Explanation['since'] {
  if (since === null) return null;
  const from = since === 'last' ? since : new Date(since).toISOString();
  return { changed: changedColumns(source), from };
}

/** What is read besides the archive, for each page. */
function besidesOf({ fields, source, parentKeyColumns }: ExportPlan): string[] {
  const slots = fields.map(({ slot }) => slot);
  const tables = new Set(slots.flatMap(slot => (slot.at === 'element' ? [slot.table] : [])));
  const lookedUp = fields.filter(field => field.kind === 'relation' && !parentKeyColumns.has(field));
  return [
    ...(slots.some(({ at }) => at === 'dynamic')
      ? [`texts that ${source.archive.provider} does not have`]
      : []),
    ...[...tables].map(table => tableNames[table]),
    ...(slots.some(({ at }) => at === 'interests') ? ['interests'] : []),
    ...(slots.some(({ at }) => at === 'foreignKey') ? ['foreign keys'] : []),
    ...lookedUp.map((field: Field) => `keys of the ${(field.parent ?? 'parent').toLowerCase()}`),
  ];
}

const tableNames = { phone: 'phone numbers', email: 'e-mail addresses', url: 'web addresses' } as const;
