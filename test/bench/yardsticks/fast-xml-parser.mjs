// The yardstick: fast-xml-parser reads a file into objects and does nothing with them.
import { readFileSync } from 'node:fs';
import { XMLParser } from 'fast-xml-parser';

console.log(new XMLParser().parse(readFileSync(process.argv[2], 'utf8')).Companies.Company.length);
