/** Database table → columns, lower case. */
export type DatabaseColumns = ReadonlyMap<string, ReadonlySet<string>>;

/** Columns that lead to another table, by what their names end in (reading.md, section 10.3). */
const joins: readonly (readonly [ending: RegExp, table: string])[] = [[/text_id$/, 'text']];

/**
 * The tables of writing.md, sections 7.1 and 7.2 (a row names a table, further rows below it go on), and the lists of
 * main tables in reading.md, section 10.3. Keys are called after their table.
 */
export function readDatabaseColumns(writing: string, reading: string): DatabaseColumns {
  const tables = new Map<string, Set<string>>();
  const add = (table: string, text: string) => {
    const columns = tables.get(table) ?? new Set([`${table}_id`]);
    for (const [word] of text.matchAll(/[A-Za-z]\w*/g)) columns.add(word.toLowerCase());
    // `address1-3`, and kin.
    for (const [, stem = '', from = '', to = ''] of text.matchAll(/([A-Za-z]+)(\d)-(\d)/g))
      for (let number = Number(from); number <= Number(to); number++)
        columns.add(`${stem.toLowerCase()}${number}`);
    tables.set(table, columns);
  };
  let table: string | null = null;
  for (const line of writing.slice(writing.indexOf('### 7.1'), writing.indexOf('### 7.3')).split('\n')) {
    if (!line.startsWith('|')) table = null;
    table = /^\| \*\*(\w+)\*\*/.exec(line)?.[1]?.toLowerCase() ?? table;
    if (table !== null) add(table, line);
  }
  const main = /- Main tables: (.*)/.exec(reading)?.[1] ?? '';
  for (const [, name = '', columns = ''] of main.matchAll(/`(\w+)\(([^)]*)\)`/g)) add(name, columns);
  return tables;
}

/** Why a path such as `contact.text_id.text` leads nowhere; empty when it is one. */
export function columnFaults(database: DatabaseColumns, path: string): string[] {
  const [start = '', ...steps] = path.toLowerCase().split('.');
  let table = start;
  for (const [index, step] of steps.entries()) {
    if (!database.get(table)?.has(step)) return [`${path}: table ${table} has no ${step}`];
    if (index === steps.length - 1) return [];
    const joined = joins.find(([ending]) => ending.test(step))?.[1];
    if (joined === undefined) return [`${path}: ${step} leads to no table`];
    table = joined;
  }
  return [`${path}: no column`];
}
