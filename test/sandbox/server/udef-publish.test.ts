import { expect, it } from 'vitest';
import { Database, type UdefField } from '../../../src/sandbox/store/database.ts';
import { ownersWith, publishedField, setUdefValue, udefValue } from '../../../src/sandbox/udef/columns.ts';
import { changeDraftType, removeDraftField, saveDraftField } from '../../../src/sandbox/udef/draft.ts';
import { newField } from '../../../src/sandbox/udef/new-field.ts';
import { publishDraft } from '../../../src/sandbox/udef/publish.ts';

function published(type: UdefField['type'], values: readonly (string | number)[]) {
  const database = new Database();
  saveDraftField(database, 'Contact', { FieldType: type, ProgId: 'T:F' });
  publishDraft(database, 'Contact');
  const rows = values.map(value => {
    const id = database.table('contact').insert({ userdef_id: 0, userdef2_id: 0 });
    const row = database.table('contact').get(id) ?? {};
    setUdefValue(database, 'Contact', row, live(database), value);
    return row;
  });
  return { database, rows };
}

function live(database: Database): UdefField {
  return publishedField(database, 'Contact', 'T:F') ?? newField('ShortText');
}

function draft(database: Database): UdefField {
  return database.layout('Contact').draft[0] ?? newField('ShortText');
}

it.each<[UdefField['type'], UdefField['type'], (string | number)[], (string | number | null)[]]>([
  ['Number', 'ShortText', [5, -7], ['5', '-7']],
  ['ShortText', 'Number', ['12', 'twelve'], [12, null]],
  ['ShortText', 'LongText', ['abc'], ['abc']],
  ['Date', 'UnlimitedDate', [86_400], ['19700102']],
  ['UnlimitedDate', 'Date', ['19700102', '16660209'], [86_400, null]],
  ['Checkbox', 'Number', [1], [1]],
  ['Decimal', 'ShortText', [4.5], ['4.5']],
])('converts %s to %s where it can', (from, to, before, after) => {
  const { database, rows } = published(from, before);
  changeDraftType(database, 'Contact', draft(database), to, undefined);
  publishDraft(database, 'Contact');
  expect(rows.map(row => udefValue(database, 'Contact', row, live(database)))).toEqual(after);
});

it('drops the values of a removed field, so that the next one finds its column empty', () => {
  const { database, rows } = published('Number', [5]);
  const { column } = live(database);
  removeDraftField(database, 'Contact', draft(database));
  saveDraftField(database, 'Contact', { FieldType: 'Number', ProgId: 'T:F' });
  publishDraft(database, 'Contact');
  expect(live(database).column).toBe(column);
  expect(rows.map(row => udefValue(database, 'Contact', row, live(database)))).toEqual([null]);
});

it('indexes a field that becomes indexed, with the values it has', () => {
  const { database } = published('ShortText', ['a', 'b', 'a']);
  expect(ownersWith(database, 'Contact', live(database), 'a')).toBeNull();
  changeDraftType(database, 'Contact', draft(database), 'ShortText', true);
  publishDraft(database, 'Contact');
  expect(ownersWith(database, 'Contact', live(database), 'a')).toEqual([1, 3]);
});

it('uses every column of a group and no more', () => {
  const database = new Database();
  for (let count = 0; count < 40; count++) saveDraftField(database, 'Sale', { FieldType: 'ShortText' });
  publishDraft(database, 'Sale');
  const columns = database.layout('Sale').published.map(field => field.column);
  expect(new Set(columns).size).toBe(40);
  expect(columns.toSorted().at(-1)).toBe('string40');
  expect(() => saveDraftField(database, 'Sale', { FieldType: 'UnlimitedDate' })).toThrow('no room');
});
