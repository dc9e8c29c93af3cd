// The yardstick: JSON.parse of a whole file, or of each of its lines, and nothing done with the objects.
import { readFileSync } from 'node:fs';

const [file] = process.argv.slice(2);
const text = readFileSync(file, 'utf8');
if (file.endsWith('.ndjson')) {
  let rows = 0;
  for (let start = 0, end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
    JSON.parse(text.slice(start, end));
    rows++;
    start = end + 1;
  }
  console.log(rows);
} else console.log(JSON.parse(text).Company.length);
