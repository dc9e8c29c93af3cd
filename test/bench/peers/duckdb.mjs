// A peer: DuckDB tells which rows of a CSV file are not what they were, by a table of keys and hashes that it kept.
// `keep FILE DATABASE` makes the table, `compare FILE DATABASE` prints how many rows are new or changed.
import { DuckDBInstance } from '@duckdb/node-api';
import { columns } from '../company.mjs';

const [what, file, database] = process.argv.slice(2);
const quoted = file.replaceAll("'", "''");
const types = columns.map(column => `'${column}': 'VARCHAR'`).join(', ');
const layout = `delim = ';', header = true, quote = '"', escape = '"', auto_detect = false, columns = {${types}}`;
const csv = `read_csv('${quoted}', ${layout})`;
const rows = `select CompUserKey01 as key, hash(companies) as hash from ${csv} companies`;

const instance = await DuckDBInstance.create(database);
const connection = await instance.connect();
if (what === 'keep') await connection.run(`create or replace table kept as ${rows}`);
else {
  const answer = await connection.runAndReadAll(
    `select count(*) from (${rows}) found anti join kept using (key, hash)`,
  );
  console.log(String(answer.getRows()[0][0]));
}
connection.closeSync();
instance.closeSync();
