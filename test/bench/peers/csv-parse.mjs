// A peer: csv-parse reads a file into arrays and does nothing with them.
import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';

let rows = 0;
createReadStream(process.argv[2], { highWaterMark: 1 << 20 })
  .pipe(parse({ delimiter: ';' }))
  .on('data', () => rows++)
  .on('end', () => console.log(rows));
