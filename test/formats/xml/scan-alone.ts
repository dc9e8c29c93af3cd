// Opens an XML file, goes through all of its records and tells the peak of its own memory: run as a process of its own.
import { findInputFile } from '../../../src/formats/input-file.ts';
import { openXml } from '../../../src/formats/xml/xml-file.ts';

const path = process.argv[2] ?? '';
const file = await openXml(path, await findInputFile(path, path), { encoding: null });
let records = 0;
for await (const batch of file.batches()) records += batch.count;
const peakMebibytes = process.resourceUsage().maxRSS / 1024;
process.stdout.write(JSON.stringify({ records, columns: file.columns, peakMebibytes }));
