// The yardstick: Node reads a file into one buffer, again and again, and does nothing with the bytes.
import { openSync, readSync } from 'node:fs';

const file = openSync(process.argv[2]);
const buffer = Buffer.allocUnsafeSlow(1 << 20);
let bytes = 0;
for (let read = readSync(file, buffer); read > 0; read = readSync(file, buffer)) bytes += read;
console.log(bytes);
