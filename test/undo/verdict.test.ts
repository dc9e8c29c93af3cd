import { expect, test } from 'vitest';
import type { Field } from '../../src/datatypes/field.ts';
import { verdictOf } from '../../src/import/undo/verdict.ts';

const phones: Field = {
  name: 'Phone1',
  kind: 'text',
  meaning: '',
  slot: { at: 'element', property: 'Phones', table: 'phone', type: 1, rank: 1 },
};
const interests: Field = {
  name: 'Interests',
  kind: 'lists',
  meaning: '',
  slot: { at: 'interests', table: 'contactinterest', filterColumn: 'contactInterestIds' },
};

const elements = (text: string) => [...text].map(value => ({ value, description: '' }));

test.each([
  // before, written, now → goes back to; what was left
  ['a', 'b', 'b', 'a', false],
  ['a', 'b', 'a', 'asBefore', false],
  ['', 'b', 'b', '', false],
  ['ab', 'b', 'b', 'ab', false],
  ['a', 'b', 'bx', 'ax', false],
  ['ab', 'cd', 'cx', 'ax', true],
  ['ab', 'cd', 'xy', 'changed', false],
  ['ab', 'b', 'bx', 'changed', false],
  ['ab', 'cd', 'c', 'changed', false],
  ['a', 'ab', 'abx', 'ax', false],
  ['a', 'ab', 'axb', 'changed', false],
  ['a', 'b', '', 'changed', false],
  ['ab', 'cb', 'cx', 'ax', false],
] as const)('phones %j, of which a run made %j, are now %j: %j', (before, after, now, expected, left) => {
  const kept = { field: 'Phone1', place: '', before: elements(before), after: elements(after) };
  const verdict = verdictOf(phones, kept, elements(now));
  expect(verdict).toEqual(
    expected === 'asBefore' || expected === 'changed'
      ? { is: expected }
      : { is: 'written', to: elements(expected), left },
  );
});

test('a description that somebody gave meanwhile stays', () => {
  const kept = { field: 'Phone1', place: '', before: elements('ab'), after: elements('cb') };
  const now = [
    { value: 'c', description: '' },
    { value: 'b', description: 'Vakt' },
  ];
  expect(verdictOf(phones, kept, now)).toMatchObject({
    to: [{ value: 'a' }, { value: 'b', description: 'Vakt' }],
  });
});

test.each([
  [[1], [1, 2], [1, 2], [1]],
  [[1], [1, 2], [1, 2, 3], [1, 3]],
  [[1], [1, 2], [2], []],
  [[1], [1, 2], [1], 'asBefore'],
  // What an undo took away comes back when that is undone.
  [[1, 2], [1], [1], [1, 2]],
] as const)('interests %j, of which a run made %j, are now %j: %j', (before, after, now, expected) => {
  const verdict = verdictOf(interests, { field: 'Interests', place: '', before, after }, now);
  expect(verdict).toEqual(
    expected === 'asBefore' ? { is: 'asBefore' } : { is: 'written', to: expected, left: false },
  );
});
