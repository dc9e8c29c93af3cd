import type { MdoItem } from './mdo-item.ts';

/** Hint on the values of an operator: one, two, several, none (reading.md, section 8). */
const one = 'W';
const two = 'W;W';
const several = 'W+';
const none = 'R';

type Operators = Readonly<Record<string, string>>;

const any: Operators = { equals: one, isNull: none, isNotNull: none };
const numbers: Operators = {
  equals: one,
  unequals: one,
  less: one,
  greater: one,
  between: two,
  oneOf: several,
  notOneOf: several,
};
const strings: Operators = {
  is: one,
  isNot: one,
  begins: one,
  notBegins: one,
  contains: one,
  notContains: one,
  between: two,
  in: several,
};
const periods = ['Week', 'Month', 'Quarter'].flatMap(unit => [`last${unit}`, `this${unit}`, `next${unit}`]);
const dates: Operators = {
  before: one,
  after: one,
  date: one,
  dateBetween: two,
  beforeOrEqual: one,
  beforeToday: none,
  today: none,
  afterToday: none,
  ...Object.fromEntries(periods.map(period => [period, none])),
  thisHalf: none,
  thisYear: none,
};
const lists: Operators = { oneOf: several, notOneOf: several };

const byType: Readonly<Record<string, Operators>> = {
  int: numbers,
  decimal: numbers,
  timespan: numbers,
  string: strings,
  stringorpk: strings,
  positivestring: { ...strings, ends: one },
  bool: { set: one },
  date: dates,
  unlimiteddate: dates,
  datetime: { dateTime: one, afterTime: one, beforeTime: one },
  associate: { associateIsOneOf: several, associateIsNotOneOf: several, currentAssociate: none },
  listany: lists,
  listall: lists,
  listinterest: lists,
  ejuser: lists,
  ejcategory: lists,
  usergroup: lists,
  intarray: {
    intArrayOneOf: several,
    intArrayAllOf: several,
    intArrayNotAllOf: several,
    intArrayNotAnyOf: several,
  },
};

/** MDO list `restrictionOperators`: the operators of one restriction type, named in `Type`. */
export function restrictionOperators(restrictionType: string): MdoItem[] {
  const operators = { ...any, ...byType[restrictionType.trim().toLowerCase()] };
  return Object.entries(operators).map(([operator, hint], index) => ({
    id: index + 1,
    name: operator,
    type: operator,
    extraInfo: hint,
    rank: index + 1,
  }));
}
