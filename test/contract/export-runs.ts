import { datatypes } from '../../src/datatypes/index.ts';

/** Runs the program and answers what it wrote to standard output. */
export type Run = (...argv: string[]) => Promise<string>;

type Row = Readonly<Record<string, string>>;

/** Fields of criteria in one run. */
const together = 16;

/** Columns that only exports have. */
const readOnly = ['SuperOfficeId', 'CreatedDate', 'UpdatedDate'];

/** Every way to ask for the records that are there: all columns, criteria of every kind, orders, times, files, archives. */
export async function runExports(run: Run): Promise<void> {
  for (const { name, keyField, fields } of datatypes) {
    const of = ['export', '--datatype', name];
    const everything = rowsOf(await run(...of));
    await run(...of, '--since', 'last');
    await run(...of, '--since', 'last');
    await run(...of, '--since', '7d');
    await run(...of, '--limit', '2', '--cache', '1h');
    const known = new Set(fields.map(field => field.name));
    const own = readOnly.filter(field => known.has(field));
    const rows = [...everything, ...rowsOf(await run(...of, '--fields', [keyField, ...own].join()))];
    const criteria = valuesIn(rows);
    const fewer = [...of, '--fields', keyField];
    for (const operator of ['=', '<>', '>='])
      for (const some of inGroups(criteria.filter(([field]) => operator !== '>=' || isOrdered(name, field))))
        await run(...fewer, ...some.flatMap(([field, value]) => ['--where', `${field}${operator}${value}`]));
    for (const some of inGroups(criteria.filter(([field]) => mayBeEmpty(name, field))))
      await run(...fewer, ...some.flatMap(([field]) => ['--where', `${field}<>""`]));
    for (const field of own.filter(each => each !== 'SuperOfficeId'))
      await run(...fewer, '--where', `year(${field})>=2020`, '--order', `${field} desc`, '--limit', '3');
  }
  await run('export', '--datatype', 'Document', '--with-files', 'saved');
  await run('export', '--datatype', 'Message', '--with-files', 'saved');
  await run('export', '--search', 'Archive');
  await run('export', '--search', 'Archive', '--since', '7d');
}

/** For the config. */
export const searches = {
  Archive: {
    provider: 'SimpleContact',
    key: 'contactId',
    changed: 'updatedDate',
    fields: ['name', { Who: 'associateId' }, 'registeredDate', 'category'],
    where: ['name<>""', 'registeredDate>=2020-01-01'],
  },
};

function rowsOf(text: string): readonly Row[] {
  const [rows = []] = Object.values<readonly Row[]>(JSON.parse(text));
  return rows;
}

/** A value of every column that has one, and that can stand in a criterion as it is. */
function valuesIn(rows: readonly Row[]): (readonly [string, string])[] {
  const values = new Map<string, string>();
  for (const row of rows)
    for (const [name, value] of Object.entries(row))
      if (value !== '' && !values.has(name) && !/["\\;|,<>\n]/.test(value)) values.set(name, value);
  return [...values];
}

const withoutOrder = ['boolean', 'choice', 'relation', 'list', 'lists', 'associate', 'country'];

function kindOf(datatype: string, name: string): string | undefined {
  return datatypes.find(each => each.name === datatype)?.fields.find(field => field.name === name)?.kind;
}

/** Custom fields have their type in their name. */
function isOrdered(datatype: string, name: string): boolean {
  const kind = kindOf(datatype, name);
  return kind === undefined ? !/(?:Check|List|check)\d\d$/.test(name) : !withoutOrder.includes(kind);
}

function mayBeEmpty(datatype: string, name: string): boolean {
  const kind = kindOf(datatype, name);
  return kind === undefined
    ? !/(?:Check|Num|Dec|check|number|decimal)\d\d$/.test(name)
    : !['integer', 'decimal', 'boolean'].includes(kind);
}

function inGroups<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / together) }, (_, index) =>
    all.slice(index * together, (index + 1) * together),
  );
}
