import { expect, test } from 'vitest';
import { nextTime } from '../../src/cli/deadline.ts';

const at = (text: string): number => new Date(text).getTime();

test.each([
  ['later today', '05:30', '2026-01-31T02:15:00', '2026-01-31T05:30:00'],
  ['tomorrow', '05:30', '2026-01-31T22:00:00', '2026-02-01T05:30:00'],
  ['now: tomorrow', '05:30', '2026-01-31T05:30:00', '2026-02-01T05:30:00'],
  ['a moment ago: tomorrow', '05:30', '2026-12-31T05:30:00.001', '2027-01-01T05:30:00'],
  ['midnight', '00:00', '2026-01-31T23:59:59.999', '2026-02-01T00:00:00'],
])('the next such time is %s', (_name, time, now, expected) => {
  expect(new Date(nextTime(time, at(now)))).toEqual(new Date(at(expected)));
});
