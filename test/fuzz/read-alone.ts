// Reads files to their ends and tells what came of each: run as a process of its own, with little memory.
import { findInputFile } from '../../src/formats/input-file.ts';
import { openRecords } from '../../src/formats/open.ts';
import { openZip } from '../../src/formats/zip/archive.ts';
import { SicError } from '../../src/problems/sic-error.ts';

async function readFile(path: string): Promise<number> {
  const file = await openRecords(path, { separator: null, encoding: null, label: path });
  let records = 0;
  for await (const { bytes, start, end, count } of file.batches()) {
    for (let i = 0; i < count; i++) file.parse([bytes.subarray(start[i], end[i])]);
    records += count;
  }
  return records;
}

async function unpack(path: string): Promise<number> {
  const archive = await openZip(await findInputFile(path, path), { password: async () => null });
  for (const entry of archive.entries) (await archive.unpack(entry)).discard();
  await archive.close();
  return archive.entries.length;
}

const told: object[] = [];
for (const path of process.argv.slice(2))
  try {
    told.push({ records: await (path.endsWith('.zip') ? unpack(path) : readFile(path)), refusal: null });
  } catch (error) {
    if (!(error instanceof SicError)) throw error;
    told.push({ records: 0, refusal: { code: error.code, message: error.message } });
  }
process.stdout.write(JSON.stringify(told));
