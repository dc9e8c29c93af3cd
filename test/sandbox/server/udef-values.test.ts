import { describe, expect, it } from 'vitest';
import { SandboxError } from '../../../src/sandbox/http/exchange.ts';
import { Database, type UdefField } from '../../../src/sandbox/store/database.ts';
import { ownersWith, publishedField, setUdefValue, udefValue } from '../../../src/sandbox/udef/columns.ts';
import { defineUdef } from '../../../src/sandbox/udef/define.ts';
import { newField } from '../../../src/sandbox/udef/new-field.ts';
import { decodeCustom, encodeCustom, encodeUserDefined } from '../../../src/sandbox/udef/values.ts';

type FieldType = UdefField['type'];
const day = Date.UTC(1999, 4, 5) / 1000;

describe('values on the wire', () => {
  it.each<[FieldType, string | number | null, string, string]>([
    ['ShortText', 'abc', 'abc', 'abc'],
    ['LongText', null, '', ''],
    ['Number', 3, '[I:3]', '[I:3]'],
    ['Number', null, '[I:0]', '[I:0]'],
    ['Decimal', 4.43, '[F:4.43]', '[F:4.43]'],
    ['Decimal', 0.0000001, '[F:0.0000001]', '[F:0.0000001]'],
    ['Decimal', null, '[F:0]', '[F:0]'],
    ['Checkbox', 1, '[I:1]', 'True'],
    ['Checkbox', null, '[I:0]', 'False'],
    ['List', 4, '[I:4]', '[I:4]'],
    ['Date', day, '[DT:05/05/1999 00:00:00.0000000]', '[D:05/05/1999 00:00:00.0000000]'],
    ['Date', 0, '[DT:01/01/1970 00:00:00.0000000]', '[D:01/01/1970 00:00:00.0000000]'],
    ['UnlimitedDate', '16660209', '[DT:02/09/1666 00:00:00.0000000]', '[D:02/09/1666 00:00:00.0000000]'],
    ['UnlimitedDate', null, '[DT:01/01/0001 00:00:00.0000000]', '[D:01/01/0001 00:00:00.0000000]'],
  ])('%s %s is %s in CustomFields and %s in UserDefinedFields', (type, stored, custom, userDefined) => {
    const field = newField(type);
    expect(encodeCustom(field, stored)).toBe(custom);
    expect(encodeUserDefined(field, stored)).toBe(userDefined);
  });

  it.each<[FieldType, string, string | number | null]>([
    ['ShortText', '[I:3]', '[I:3]'],
    ['ShortText', '', null],
    ['Number', '[I:3]', 3],
    ['Number', '42', 42],
    ['Number', '-2147483648', -2147483648],
    ['Decimal', '[F:4.43]', 4.43],
    ['Decimal', '[M:123.45]', 123.45],
    ['Decimal', '1e3', 1000],
    ['Checkbox', '[I:1]', 1],
    ['Checkbox', 'True', 1],
    ['Checkbox', 'false', 0],
    ['List', '[I:0]', 0],
    ['Date', '[D:05/05/1999]', day],
    ['Date', '[DT:05/05/1999 13:45:59.0000000]', day],
    ['Date', '1999-05-05', day],
    ['Date', '1999-05-05T10:00:00Z', day],
    ['Date', '[D:01/01/0001 00:00:00.0000000]', null],
    ['Date', '', null],
    ['UnlimitedDate', '[D:06/19/1969]', '19690619'],
    ['UnlimitedDate', '[D:02/29/2024]', '20240229'],
  ])('%s reads %s', (type, text, stored) => {
    expect(decodeCustom(newField(type), text)).toBe(stored);
  });

  it.each<[FieldType, string]>([
    ['ShortText', 'x'.repeat(40)],
    ['LongText', 'x'.repeat(200)],
    ['Number', 'three'],
    ['Number', '[F:3]'],
    ['Number', '3.5'],
    ['Number', '2147483648'],
    ['Decimal', '4,43'],
    ['Checkbox', 'ja'],
    ['Checkbox', '[I:2]'],
    ['List', 'Gold'],
    ['Date', '[D:09.11.2017]'],
    ['Date', '[D:02/30/2024]'],
    ['Date', '[D:01/01/1969]'],
    ['Date', '[D:01/20/2038]'],
    ['UnlimitedDate', '31/12/2024'],
  ])('%s refuses %s', (type, text) => {
    expect(() => decodeCustom(newField(type), text)).toThrow(
      expect.objectContaining({ constructor: SandboxError, status: 400, errorType: 'ArgumentException' }),
    );
  });
});

describe('columns', () => {
  function contactWith(types: readonly FieldType[]) {
    const database = new Database();
    const fields = types.map((type, index) =>
      defineUdef(database, 'Contact', {
        progId: `Test:F${index}`,
        label: `F${index}`,
        type,
        isIndexed: index === 0,
      }),
    );
    const id = database.table('contact').insert({ name: 'K', userdef_id: 0, userdef2_id: 0 });
    const row = database.table('contact').get(id) ?? {};
    return { database, fields, id, row };
  }

  it('puts short values in the small table, long text in the large one', () => {
    const { database, fields, row } = contactWith(['ShortText', 'LongText']);
    for (const field of fields) {
      expect(udefValue(database, 'Contact', row, field)).toBeNull();
      expect(setUdefValue(database, 'Contact', row, field, 'v')).toBe(true);
      expect(setUdefValue(database, 'Contact', row, field, 'v')).toBe(false);
      expect(udefValue(database, 'Contact', row, field)).toBe('v');
    }
    expect(fields.map(field => field.column)).toEqual(['string01', 'string45']);
    expect(row).toMatchObject({ userdef_id: 1, userdef2_id: 1 });
  });

  it('makes no row to hold nothing', () => {
    const { database, fields, row } = contactWith(['ShortText']);
    const [field = newField('ShortText')] = fields;
    expect(setUdefValue(database, 'Contact', row, field, null)).toBe(false);
    expect(database.table('udcontactsmall').rows.size).toBe(0);
  });

  it('finds owners by an indexed value only', () => {
    const { database, fields, id, row } = contactWith(['ShortText', 'Number']);
    const [key = newField('ShortText'), number = newField('Number')] = fields;
    setUdefValue(database, 'Contact', row, key, 'C-1');
    expect(ownersWith(database, 'Contact', key, 'C-1')).toEqual([id]);
    expect(ownersWith(database, 'Contact', key, 'c-1')).toEqual([id]);
    setUdefValue(database, 'Contact', row, key, 'C-2');
    expect(ownersWith(database, 'Contact', key, 'C-1')).toEqual([]);
    expect(ownersWith(database, 'Contact', key, null)).toBeNull();
    expect(ownersWith(database, 'Contact', number, 1)).toBeNull();
  });

  it('knows published fields by Prog ID, case-sensitively, also right after another was added', () => {
    const { database } = contactWith(['ShortText']);
    expect(publishedField(database, 'Contact', 'Test:F0')?.label).toBe('F0');
    expect(publishedField(database, 'Contact', 'test:f0')).toBeUndefined();
    const unnamed = defineUdef(database, 'Contact', { progId: '', label: 'X', type: 'Number' });
    expect(publishedField(database, 'Contact', `SuperOffice:${unnamed.udefIdentity}`)).toBe(unnamed);
    expect(publishedField(database, 'Person', 'Test:F0')).toBeUndefined();
  });
});
