import type { Cell } from '../column.ts';
import type { Operator, Operators } from './operators.ts';
import { type DayRange, type Period, rangeOf } from './periods.ts';

function isoOf(cell: Cell): string | null {
  return typeof cell === 'string' && cell !== '' ? cell : null;
}

/** Operators of days look at the date part alone; no date passes none of them. */
function day(holds: (day: string, operand: string) => boolean): Operator {
  return {
    values: [1, 1],
    test: operands => {
      const [operand = ''] = operands.days();
      return cell => {
        const iso = isoOf(cell);
        return iso !== null && holds(iso.slice(0, 10), operand);
      };
    },
  };
}

function within(range: DayRange): (cell: Cell) => boolean {
  return cell => {
    const today = isoOf(cell)?.slice(0, 10);
    return today !== undefined && today >= range.from && today < range.until;
  };
}

/** Days from the `first`th to the `last`th period around now. */
function around(period: Period, first: number, last = first): Operator {
  return { values: [0, 0], test: (_, { now }) => within(rangeOf(now, period, first, last)) };
}

function besidesToday(holds: (day: string, today: string) => boolean): Operator {
  return {
    values: [0, 0],
    test: (_, { now }) => {
      const today = rangeOf(now, 'day', 0, 0).from;
      return cell => {
        const iso = isoOf(cell);
        return iso !== null && holds(iso.slice(0, 10), today);
      };
    },
  };
}

function span(first: (count: number) => number, last: (count: number) => number, values: 1 | 2): Operator {
  return {
    values: [values, values],
    test: (operands, { now }) => {
      const { count, period } = operands.span();
      return within(rangeOf(now, period, first(count), last(count)));
    },
  };
}

const isDay = day((value, operand) => value === operand);
const between: Operator = {
  values: [2, 2],
  test: operands => {
    const [low = '', high = ''] = operands.days();
    return cell => {
      const iso = isoOf(cell)?.slice(0, 10);
      return iso !== undefined && iso >= low && iso <= high;
    };
  },
};

export const dayOperators: Operators = {
  date: isDay,
  equals: isDay,
  '=': isDay,
  eq: isDay,
  before: day((value, operand) => value < operand),
  beforeorequal: day((value, operand) => value <= operand),
  after: day((value, operand) => value > operand),
  between,
  datebetween: between,
  beforetoday: besidesToday((value, today) => value < today),
  today: around('day', 0),
  aftertoday: besidesToday((value, today) => value > today),
  lastweek: around('week', -1),
  thisweek: around('week', 0),
  nextweek: around('week', 1),
  lastmonth: around('month', -1),
  thismonth: around('month', 0),
  nextmonth: around('month', 1),
  lastquarter: around('quarter', -1),
  thisquarter: around('quarter', 0),
  nextquarter: around('quarter', 1),
  thishalf: around('half', 0),
  thisyear: around('year', 0),
  'this()': span(
    () => 0,
    () => 0,
    1,
  ),
  'next()': span(
    () => 1,
    count => count,
    2,
  ),
  'previous()': span(
    count => -count,
    () => -1,
    2,
  ),
  'thisAndNext()': span(
    () => 0,
    count => count,
    2,
  ),
  'thisAndPrevious()': span(
    count => -count,
    () => 0,
    2,
  ),
  'thisAndPreviousAndNext()': span(
    () => -1,
    () => 1,
    1,
  ),
};

function time(holds: (time: string, operand: string) => boolean): Operator {
  return {
    values: [1, 1],
    test: operands => {
      const [operand = ''] = operands.times();
      return cell => {
        const iso = isoOf(cell);
        return iso !== null && holds(iso, operand);
      };
    },
  };
}

const isTime = time((value, operand) => value === operand);

/** `afterTime` is later or equal, `beforeTime` earlier: what the documents say, and not symmetric. */
export const timeOperators: Operators = {
  datetime: isTime,
  aftertime: time((value, operand) => value >= operand),
  beforetime: time((value, operand) => value < operand),
};

/** `equals` is listed for any type; on a datetime it is exact. */
export const exactTimeOperators: Operators = { ...timeOperators, equals: isTime };
