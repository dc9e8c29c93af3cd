import { describe, expect, test } from 'vitest';
import { applied, exportFunctions } from '../../../src/export/expression/functions.ts';
import { nothingHeld } from '../../../src/records/value.ts';

function of(name: string, text: string, value: string = text): string | null {
  const made = exportFunctions[name];
  return made ? applied(made, { value, text }).text : 'no such function';
}

describe('functions of a date', () => {
  test.each([
    ['year', '2024-12-31', '2024'],
    ['quarter', '2024-03-31', '1'],
    ['quarter', '2024-04-01', '2'],
    ['quarter', '2024-12-31', '4'],
    ['month', '2024-02-29', '2'],
    ['day', '2024-02-29', '29'],
    ['weekday', '2024-01-01', '1'],
    ['weekday', '2023-12-31', '7'],
    ['date', '2024-12-31T23:30:00', '2024-12-31'],
    ['time', '2024-12-31T23:30:00', '23:30'],
    ['year', '2024-12-31T23:30:00', '2024'],
    // The first week of a year is the one with its first Thursday.
    ['week', '2020-12-31', '53'],
    ['week', '2021-01-01', '53'],
    ['week', '2021-01-03', '53'],
    ['week', '2021-01-04', '1'],
    ['week', '2018-12-31', '1'],
    ['week', '2022-01-02', '52'],
    ['week', '2024-12-30', '1'],
    ['week', '2024-02-29', '9'],
    ['week', '2026-12-31', '53'],
    ['week', '2027-01-03', '53'],
  ])('%s of %s is %s', (name, moment, wanted) => {
    expect(of(name, moment)).toBe(wanted);
  });
});

describe('functions of a text', () => {
  test.each([
    ['upper', 'ærlig Øl', 'ÆRLIG ØL'],
    ['lower', 'ÆRLIG Øl', 'ærlig øl'],
    ['length', 'Å😀b', '3'],
  ])('%s of %s is %s', (name, text, wanted) => {
    expect(of(name, text)).toBe(wanted);
  });
});

test('nothing is made of an empty field', () => {
  for (const made of Object.values(exportFunctions)) expect(applied(made, nothingHeld)).toEqual(nothingHeld);
});
