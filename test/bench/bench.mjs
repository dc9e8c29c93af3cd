// Measures sic and holds the figures to their goals: `npm run bench -- --help`.
import { readFileSync, writeFileSync } from 'node:fs';
import { arch, availableParallelism, cpus, platform, totalmem } from 'node:os';
import { verdictOf } from './goals.mjs';
import { markdownTables } from './markdown.mjs';
import { parts } from './parts/index.mjs';
import { Places } from './places.mjs';
import { lineText, shortfalls } from './table.mjs';
import { helpText, wishesOf } from './wishes.mjs';

process.exitCode = await bench(process.argv.slice(2));

/** @returns the exit code: 1 for goals that `--check` finds missed and parts that failed, 2 for wishes that mean nothing */
async function bench(args) {
  let wishes;
  try {
    wishes = wishesOf(args, parts);
  } catch (error) {
    console.error(`${error.message}\nnpm run bench -- --help tells what there is.`);
    return 2;
  }
  if (wishes.help) {
    console.log(helpText(parts));
    return 0;
  }
  const result = wishes.from === undefined ? await measured(wishes) : earlier(wishes.from);
  if (wishes.from === undefined) writeFileSync(wishes.out, `${JSON.stringify(result, null, 2)}\n`);
  if (wishes.markdown) console.log(`\n${markdownTables(result)}`);
  const wrong = shortfalls(result);
  if (wrong.length > 0) console.error(`\nOut of their goals by more than a tenth:\n  ${wrong.join('\n  ')}`);
  return (wishes.check && wrong.length > 0) || result.failed.length > 0 ? 1 : 0;
}

/** A part that fails does not take the figures of the others with it. */
async function measured(wishes) {
  const places = new Places(wishes.cache);
  const rows = [];
  const failed = [];
  try {
    for (const part of wishes.parts)
      try {
        for await (const line of parts[part].run({ ...wishes, places })) {
          const row = { part, rows: null, ...line };
          rows.push({ ...row, verdict: verdictOf(row) });
          console.log(lineText(row));
        }
      } catch (error) {
        failed.push({ part, error: error.message });
        console.error(`${part} failed:`, error);
      }
  } finally {
    await places.close();
  }
  const { sizes, rounds } = wishes;
  return {
    kind: 'sic.bench',
    formatVersion: 1,
    date: new Date(),
    machine: machine(),
    sizes,
    rounds,
    rows,
    failed,
  };
}

function earlier(file) {
  const result = JSON.parse(readFileSync(file, 'utf8'));
  for (const row of result.rows) console.log(lineText(row));
  return result;
}

function machine() {
  return {
    node: process.version,
    platform: `${platform()} ${arch()}`,
    processor: cpus()[0]?.model ?? null,
    processors: availableParallelism(),
    gigabytes: Math.round(totalmem() / 1e9),
  };
}
