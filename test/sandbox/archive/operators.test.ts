import { describe, expect, test } from 'vitest';
import { ask, keys, smallDatabase } from './small-database.ts';

const source = smallDatabase();

/** Filter → companies that pass; the others of 1 to 3 fail. Now is Wednesday, 11 February 2026. */
const cases: readonly (readonly [filter: string, passing: readonly number[]])[] = [
  // int
  ['contactId = 2', [2]],
  ['contactId eq 2', [2]],
  ['contactId equals 2', [2]],
  ['contactId set 2', [2]],
  ['contactId ne 2', [1, 3]],
  ['contactId unequals 2', [1, 3]],
  ['contactId != 2', [1, 3]],
  ['contactId lt 2', [1]],
  ['contactId less 2', [1]],
  ['contactId < 2', [1]],
  ['contactId gt 2', [3]],
  ['contactId greater 2', [3]],
  ['contactId > 2', [3]],
  ['contactId between (2,3)', [2, 3]],
  ['contactId in (1,3,99)', [1, 3]],
  ['contactId oneOf (1,3)', [1, 3]],
  ['contactId notOneOf (1,3)', [2]],
  ['contactId in ([I:1],[I:2])', [1, 2]],
  ['contactUdef/Siteshop:Num isNull', [3]],
  ['contactUdef/Siteshop:Num isNotNull', [1, 2]],
  ['contactUdef/Siteshop:Num lt -1', [2]],
  // decimal
  ['contactUdef/Siteshop:Dec = 1.5', [1]],
  ['contactUdef/Siteshop:Dec between (1.6,2)', [2]],
  // string
  ["name is 'owl'", [1]],
  ["name eq 'OWL'", [1]],
  ["name = 'Bob\\'s'", [2]],
  ["name isNot 'Owl'", [2, 3]],
  ["name begins 'bo'", [2]],
  ["name notBegins 'bo'", [1, 3]],
  ["name contains 'W'", [1]],
  ["name notContains 'w'", [2, 3]],
  ["department between ('A','B')", [1]],
  ["name in ('Owl','Bob\\'s')", [1, 2]],
  ["startswith(name, 'ow')", [1]],
  ["endswith(name, 'WL')", [1]],
  ["substringof('OB', name)", [2]],
  ['orgnr isNull', [1, 3]],
  ['orgnr isNotNull', [2]],
  ['number eq 1001', [1]],
  ["code is 'CODE2'", [2]],
  // stringorPK: a number may be a primary key
  ["name is '1'", [3]],
  ["name eq '1'", [1, 3]],
  ['name = 2', [2]],
  // bool
  ['stop set true', [2]],
  ['stop set false', [1, 3]],
  ['stop set', [2]],
  ['stop eq 0', [1, 3]],
  ['stop = 1', [2]],
  ['contactUdef/Siteshop:Check set true', [1]],
  ['hasInterests set true', [1]],
  // date: days only
  ["registeredDate before '2026-01-31'", [3]],
  ["registeredDate beforeOrEqual '2026-01-31'", [1, 3]],
  ["registeredDate after '2026-01-31T00:00:00'", [2]],
  ["registeredDate date '2026-01-31'", [1]],
  ["registeredDate between ('2026-01-01','2026-01-31')", [1]],
  ["registeredDate dateBetween ('2026-02-10','2026-02-10')", [2]],
  ['registeredDate beforeToday', [1, 2, 3]],
  ['updatedDate today', [2]],
  ['updatedDate beforeToday', []],
  ['contactUdef/Siteshop:Date afterToday', [1]],
  ['registeredDate thisWeek', [2]],
  ['registeredDate lastWeek', []],
  ['updatedDate nextWeek', []],
  ['registeredDate lastMonth', [1]],
  ['registeredDate thisMonth', [2]],
  ['contactUdef/Siteshop:Date nextMonth', [1]],
  ['registeredDate lastQuarter', [3]],
  ['registeredDate thisQuarter', [1, 2]],
  ['registeredDate nextQuarter', []],
  ['registeredDate thisHalf', [1, 2]],
  ['registeredDate thisYear', [1, 2]],
  ['updatedDate isNull', [1, 3]],
  // times on a date column; afterTime is later or equal, beforeTime earlier
  ["registeredDate afterTime '2026-01-31T08:00:00'", [1, 2]],
  ["registeredDate afterTime '2026-01-31T08:00:01'", [2]],
  ["registeredDate beforeTime '2026-01-31T08:00:00'", [3]],
  ["registeredDate dateTime '2026-01-31T08:00:00'", [1]],
  ["registeredDate dateTime '2026-01-31T09:00:00+01:00'", [1]],
  // functions
  ["this(registeredDate,'month')", [2]],
  ["next(contactUdef/Siteshop:Date,1,'month')", [1]],
  ["previous(registeredDate,1,'month')", [1]],
  ["previous(registeredDate,2,'months')", [1, 3]],
  ["thisAndNext(registeredDate,1,'week')", [2]],
  ["thisAndPrevious(registeredDate,2,'weeks')", [1, 2]],
  ["thisAndPreviousAndNext(contactUdef/Siteshop:Date,'month')", [1]],
  // unlimitedDate
  ["contactUdef/Siteshop:Any before '1970-01-01'", [1]],
  ["contactUdef/Siteshop:Any date '1969-06-19'", [1]],
  // associate: ids
  ['associateId associateIsOneOf (1,6)', [1]],
  ['associateId associateIsNotOneOf (1,6)', [2, 3]],
  ['associateId eq 2', [2]],
  ['associateId currentAssociate', [2]],
  ['associateId isNull', [3]],
  // lists: ids
  ['category oneOf (2,3)', [2]],
  ['category notOneOf (2)', [1, 3]],
  ['category equals 1', [1]],
  ['contactUdef/Siteshop:List oneOf (2)', [1]],
  ['contactInterestIds oneOf (3,9)', [1]],
  ['contactInterestIds notOneOf (3)', [2, 3]],
  // junctions, columns in another case, virtual columns
  ['contactId = 1 or contactId = 2 and stop set false', [1]],
  ['(contactId = 1 or contactId = 2) and stop set true', [2]],
  ['CONTACTID = 1 AND Name is "owl"'.replaceAll('"', "'"), [1]],
  ['getAllRows=true', [1, 2, 3]],
  ['getNoRows=true', []],
  // related rows: the primary value
  ["contactPhone/formattedNumber is '111'", [1]],
  ["contactPhone/formattedNumber is '222'", []],
  ["email/emailAddress is 'OWL@example.com'", [1]],
  ["postAddress/city begins 'Aarhus'", [1]],
];

describe('operators', () => {
  test.each(cases)('%s', (filter, passing) => {
    expect(keys(ask(source, 'SimpleContact', { filter }))).toEqual(passing);
  });

  test('ends belongs to positiveString', () => {
    expect(keys(ask(source, 'Person', { filter: "personInfo/infoText ends 'TEA'" }))).toEqual([1]);
    expect(keys(ask(source, 'Person', { filter: "personInfo/infoText ends 'coffee'" }))).toEqual([]);
  });

  test('datetime compares exactly', () => {
    source.database.table('contact').update(4, { deleted: 0, DeletedDate: '2026-01-05T12:00:00' });
    expect(
      keys(ask(source, 'SimpleContact', { filter: "deletedDate dateTime '2026-01-05T12:00:00'" })),
    ).toEqual([4]);
    expect(
      keys(ask(source, 'SimpleContact', { filter: "deletedDate beforeTime '2026-01-05T12:00:00'" })),
    ).toEqual([]);
    source.database.table('contact').update(4, { deleted: 1 });
  });
});

describe('refusals', () => {
  test.each([
    ['contactId ge 2', "Operator 'ge' cannot be used on column 'contactId' of restriction type 'int'."],
    ['contactId <= 2', "Operator '<=' cannot be used on column 'contactId' of restriction type 'int'."],
    ["name gt 'A'", "Operator 'gt' cannot be used on column 'name' of restriction type 'stringorPK'."],
    [
      "name oneOf ('A')",
      "Operator 'oneOf' cannot be used on column 'name' of restriction type 'stringorPK'.",
    ],
    ["name ends 'A'", "Operator 'ends' cannot be used on column 'name' of restriction type 'stringorPK'."],
    ["name notEnds 'A'", "Operator 'notEnds' cannot be used"],
    [
      'category contains 1',
      "Operator 'contains' cannot be used on column 'category' of restriction type 'listAny'.",
    ],
    ["registeredDate gt '2026-01-01'", "Operator 'gt' cannot be used on column 'registeredDate'"],
    ["deletedDate before '2026-01-01'", "Operator 'before' cannot be used on column 'deletedDate'"],
    [
      "associateId eq 'RJ'",
      "The value 'RJ' cannot be compared with column 'associateId' (associate): a number was expected.",
    ],
    ["category eq 'Customer'", "The value 'Customer' cannot be compared with column 'category'"],
    ["registeredDate after 'soon'", "The value 'soon' cannot be compared with column 'registeredDate'"],
    ["registeredDate after '2026-02-31'", "The value '2026-02-31' cannot be compared"],
    ['stop set maybe', "Expected 'and', 'or' or the end"],
    ['contactId in ()', 'takes at least 1 value(s), not 0'],
    ['contactId eq (1,2)', "Operator 'eq' on column 'contactId' takes 1 value(s), not 2."],
    ["this(registeredDate,'moon')", "The value 'moon' cannot be compared"],
    ['nothing = 1', "Column 'nothing' does not exist in archive provider 'SimpleContact'."],
    ["contactUdef/Siteshop:key = 'x'", "Column 'contactUdef/Siteshop:key' does not exist"],
    ["mainContact is 'x'", "Column 'mainContact' cannot be used in a filter."],
  ])('%s', (filter, message) => {
    expect(() => ask(source, 'SimpleContact', { filter })).toThrow(message);
    expect(() => ask(source, 'SimpleContact', { filter })).toThrow(expect.objectContaining({ status: 400 }));
  });
});
