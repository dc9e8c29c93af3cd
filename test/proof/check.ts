import type { Delivery, FileRow } from './rows.ts';
import type { Stored, StoredRecord } from './stored.ts';

/** What a run says of a row. */
export interface ToldRow {
  readonly file: string;
  readonly key: string;
  readonly status: string;
  readonly problems: readonly { readonly code: string; readonly message: string }[];
  readonly warnings: readonly { readonly code: string }[];
}

/** Their values are only ever added. */
const growing: Readonly<Record<string, string>> = { Interests: '|', AddTags: ',' };

/** Not values of the record. */
const beside = ['AttachmentNames', 'SendTo'];

/** What must not be at any moment, whatever went wrong before: something twice. Answers sentences. */
export function doubled(stored: Stored, before: Stored): string[] {
  const faults: string[] = [];
  for (const [file, records] of stored.records) {
    faults.push(
      ...repeated(records.map(({ key }) => key).filter(Boolean)).map(key => `${file}: ${key} twice`),
    );
    for (const { key, contents } of records)
      faults.push(
        ...repeated(contents.map(([name]) => name)).map(name => `${file}: ${name} twice on ${key}`),
      );
  }
  for (const [list, names] of stored.lists) {
    const was = repeated(before.lists.get(list) ?? []);
    for (const name of repeated(names)) if (!was.includes(name)) faults.push(`list ${list}: ${name} twice`);
  }
  faults.push(...repeated(stored.mails).map(receiver => `mail to ${receiver} twice`));
  return faults;
}

/** What a run says it brought in, but SuperOffice does not hold so. */
export function untrue(told: readonly ToldRow[], stored: Stored, delivery: Delivery): string[] {
  return told.flatMap(({ file, key, status, warnings }) => {
    if (!['created', 'updated', 'current', 'unchanged'].includes(status)) return [];
    const row = delivery.tables.get(file)?.find(each => keyOf(each) === key);
    if (!row) return [`${file}: ${key} is told as ${status}, but is in no row`];
    const faults = differences(file, row, stored, delivery);
    const isSent = stored.mails.includes(row.SendTo ?? '');
    if (status === 'created' && row.SendTo && warnings.length === 0 && !isSent)
      faults.push('no mail was sent');
    return faults.map(fault => `${file}: ${key} is told as ${status}, but ${fault}`);
  });
}

/** How the contents of SuperOffice differ from what there was before and what was delivered since. */
export function astray(stored: Stored, before: Stored, deliveries: readonly Delivery[]): string[] {
  const delivery = deliveries.at(-1);
  if (!delivery) return [];
  const faults: string[] = [];
  for (const [file, rows] of delivery.tables) {
    for (const row of rows)
      faults.push(
        ...differences(file, row, stored, delivery).map(fault => `${file}: ${keyOf(row)}: ${fault}`),
      );
    const there = stored.records.get(file) ?? [];
    const expected = (before.records.get(file) ?? []).length + rows.length;
    if (there.length !== expected)
      faults.push(`${file}: ${there.length} records instead of ${expected}: ${there.map(nameOf).join(' ')}`);
  }
  const words = new Set(deliveries.flatMap(wordsOf));
  for (const [list, names] of stored.lists)
    for (const name of names)
      if (!before.lists.get(list)?.includes(name) && !words.has(name))
        faults.push(`list ${list}: nobody asked for ${name}`);
  const receivers = [...delivery.tables.values()].flat().map(({ SendTo }) => SendTo);
  for (const mail of stored.mails) if (!receivers.includes(mail)) faults.push(`a mail to ${mail}`);
  return faults;
}

/** Mails that were not sent, and of which no run said so. */
export function unsaid(stored: Stored, told: readonly ToldRow[], { tables }: Delivery): string[] {
  const codes = ['mail-in-doubt', 'mail-perhaps-sent', 'mail-not-sent', 'unfinished'];
  return (tables.get('messages.csv') ?? []).flatMap(row => {
    if (!row.SendTo || stored.mails.includes(row.SendTo)) return [];
    const isSaid = told.some(
      ({ file, key, problems, warnings }) =>
        file === 'messages.csv' &&
        key === keyOf(row) &&
        [...problems, ...warnings].some(({ code }) => codes.includes(code)),
    );
    return isSaid ? [] : [`the mail of ${keyOf(row)} was not sent, and nobody said so`];
  });
}

function differences(file: string, row: FileRow, stored: Stored, delivery: Delivery): string[] {
  const found = (stored.records.get(file) ?? []).filter(({ key }) => key === keyOf(row));
  const [record] = found;
  if (!record || found.length > 1) return [`it is there ${found.length} times`];
  const faults: string[] = [];
  for (const [column, wanted] of Object.entries(row).slice(1)) {
    if (beside.includes(column)) continue;
    const held = record.values[column] ?? '';
    if (!isHeld(column, held, wanted)) faults.push(`its ${column} is "${held}", not "${wanted}"`);
  }
  return [...faults, ...otherContents(file, row, record, delivery)];
}

function isHeld(column: string, held: string, wanted: string): boolean {
  const separator = growing[column];
  if (separator === undefined) return held === wanted;
  const there = held.split(separator);
  return wanted.split(separator).every(value => there.includes(value));
}

function otherContents(
  file: string,
  row: FileRow,
  { contents }: StoredRecord,
  { files }: Delivery,
): string[] {
  const wanted: (readonly [string, string])[] = [];
  if (file === 'documents.csv') wanted.push(['', files.get(`documents/${row.Name}`) ?? '']);
  if (file === 'messages.csv')
    for (const name of (row.AttachmentNames ?? '').split('|'))
      wanted.push([name, files.get(`attachments/${name}`) ?? '']);
  const held = [...contents].sort();
  return JSON.stringify(held) === JSON.stringify(wanted.sort())
    ? []
    : [`its files are ${JSON.stringify(held).slice(0, 300)}`];
}

/** All values of list fields, as they may have been added. */
function wordsOf({ tables }: Delivery): string[] {
  return [...tables.values()].flat().flatMap(row => Object.values(row).flatMap(value => value.split(/[|,]/)));
}

function repeated(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}

function nameOf({ id, key }: StoredRecord): string {
  return key === '' ? `(${id} without key)` : key;
}

export function keyOf(row: FileRow): string {
  return Object.values(row)[0] ?? '';
}
