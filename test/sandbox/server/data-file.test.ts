import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDataFile } from '../../../src/sandbox/store/data-file.ts';
import { Database } from '../../../src/sandbox/store/database.ts';
import { defineUdef } from '../../../src/sandbox/udef/define.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sic-data-'));
  file = join(folder, 'sandbox.ndjson');
});
afterEach(() => rmSync(folder, { recursive: true }));

function open() {
  const database = new Database();
  const data = openDataFile(file, database);
  const change = (work: () => unknown): void => {
    database.transact(work, changes => data.append(changes));
  };
  return { database, data, change, contact: database.table('contact') };
}

/** A file with two companies, one renamed, and a deleted third. */
function write(): void {
  const { database, data, change, contact } = open();
  expect(data.hadContent).toBe(false);
  contact.insert({ name: 'First' });
  defineUdef(database, 'Contact', { progId: 'T:F', label: 'F', type: 'Number' });
  data.rewrite();
  change(() => contact.insert({ name: 'Ærlig "Nord"\n', userdef_id: 7 }));
  change(() => contact.update(1, { name: 'Renamed' }));
  change(() => contact.insert({ name: 'Third' }));
  change(() => contact.delete(3));
  data.close();
}

describe('what was written', () => {
  it('is there again: rows, indexes, layouts, ids', () => {
    write();
    const { database, data, contact } = open();
    expect(data.hadContent).toBe(true);
    expect([...contact.rows.values()].map(row => row.name)).toEqual(['Ærlig "Nord"\n', 'Renamed']);
    expect(contact.find('userdef_id', 7)).toEqual([2]);
    expect(database.layout('Contact').published.map(field => field.progId)).toEqual(['T:F']);
    expect(contact.insert({ name: 'Fourth' })).toBe(4);
    data.close();
  });

  it('is readable line by line and private', () => {
    write();
    const lines = readFileSync(file, 'utf8').split('\n');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ format: 'sic-sandbox', version: 1 });
    expect(lines).toContain('["contact",3,null]');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['half a line', '["contact",9,{"na'],
    [
      'whole lines of a request that was cut',
      '["contact",9,{"name":"X","contact_id":9}]\n["contact",10,{"na',
    ],
    ['a cut line that ends in a line feed', '["contact",9,{"na\n'],
  ])('survives %s at the end', (_, torn) => {
    write();
    const { size } = statSync(file);
    appendFileSync(file, torn);
    const again = open();
    expect(again.contact.rows.size).toBe(2);
    expect(statSync(file).size).toBe(size);
    again.change(() => again.contact.insert({ name: 'After' }));
    again.data.close();
    const third = open();
    expect(third.contact.get(4)?.name).toBe('After');
    third.data.close();
  });

  it('is rewritten on open when most of it is obsolete', () => {
    write();
    const first = open();
    for (let round = 0; round < 6000; round++)
      first.change(() => first.contact.update(1, { name: `Round ${round}` }));
    first.data.close();
    const big = statSync(file).size;
    const second = open();
    expect(statSync(file).size).toBeLessThan(big / 100);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    second.change(() => second.contact.update(2, { name: 'Later' }));
    second.data.close();
    const third = open();
    expect([third.contact.get(1)?.name, third.contact.get(2)?.name, third.contact.nextId]).toEqual([
      'Round 5999',
      'Later',
      4,
    ]);
    third.data.close();
  });
});

describe('a file that cannot be trusted', () => {
  it.each([
    [
      'damage in the middle',
      (text: string) => text.replace('["contact",1', '["contact";1'),
      /damaged in line \d+/,
    ],
    ['an unknown table', (text: string) => text.replaceAll('"contact"', '"contakt"'), /no table contakt/],
    [
      'a row under a wrong id',
      (text: string) => text.replace('["contact",1,', '["contact",5,'),
      /damaged in line/,
    ],
    ['a newer version', (text: string) => text.replace('"version":1', '"version":2'), /format version 2/],
    ['another kind of JSON', () => '{"a":1}\n', /not a data file of the sandbox/],
    ['a text', () => 'name;department', /not a data file of the sandbox/],
    ['a lost end of the first content', (text: string) => text.slice(0, 200), /ends too early/],
  ])('with %s is refused and left alone', (_, spoil, message) => {
    write();
    const spoilt = spoil(readFileSync(file, 'utf8'));
    writeFileSync(file, spoilt);
    expect(open).toThrow(message);
    expect(readFileSync(file, 'utf8')).toBe(spoilt);
    expect(open).toThrow(message);
  });

  it('because it is a folder is refused', () => {
    expect(() => openDataFile(folder, new Database())).toThrow('is a folder');
  });
});

describe('the lock', () => {
  it('keeps a second one out until the first closes', () => {
    const first = open();
    expect(open).toThrow(/is in use by process/);
    first.data.close();
    open().data.close();
  });

  it.each([
    ['a process that is gone', '2147483646'],
    ['an earlier process with our id', String(process.pid)],
    ['a process that died before it wrote its id', ''],
  ])('left behind by %s is taken over', (_, content) => {
    writeFileSync(`${file}.lock`, content);
    open().data.close();
  });

  it('of a living process holds', () => {
    writeFileSync(`${file}.lock`, String(process.ppid));
    expect(open).toThrow(`in use by process ${process.ppid}`);
  });
});
