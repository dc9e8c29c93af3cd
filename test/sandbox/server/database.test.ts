import { describe, expect, it } from 'vitest';
import { type ChangeSet, Database } from '../../../src/sandbox/store/database.ts';

const drop = (): void => {};

function filled(): Database {
  const database = new Database();
  database.table('contact').insert({ name: 'A', text_id: 1 });
  database.table('contact').insert({ name: 'B', text_id: 2 });
  return database;
}

describe('a unit of work', () => {
  it('tells each changed row once', () => {
    const database = filled();
    const seen: ChangeSet[] = [];
    const contact = database.table('contact');
    const result = database.transact(
      () => {
        contact.update(1, { name: 'A2' });
        contact.update(1, { name: 'A3' });
        contact.update(2, { name: 'B' });
        contact.delete(2);
        return 'done';
      },
      changes => seen.push(changes),
    );
    expect(result).toBe('done');
    expect(seen.map(({ rows }) => [...rows].map(([table, ids]) => [table.name, [...ids]]))).toEqual([
      [['contact', [1, 2]]],
    ]);
  });

  it('that changes nothing is not told', () => {
    const database = filled();
    database.transact(
      () => database.table('contact').update(1, { name: 'A' }),
      () => expect.unreachable(),
    );
  });

  it.each(['work', 'keep'])('that fails in %s leaves no trace', part => {
    const database = filled();
    const contact = database.table('contact');
    const before = structuredClone([...contact.rows]);
    const fail = (): never => {
      throw new Error('stop');
    };
    expect(() =>
      database.transact(
        () => {
          contact.update(1, { name: 'X', text_id: 9 });
          contact.update(1, { text_id: 10 });
          contact.insert({ name: 'C', text_id: 3 });
          contact.delete(2);
          database.setLayout('Contact', { draft: [], published: [] });
          if (part === 'work') fail();
        },
        () => fail(),
      ),
    ).toThrow('stop');
    expect([...contact.rows].toSorted(([a], [b]) => a - b)).toEqual(before);
    expect(contact.find('text_id', 1)).toEqual([1]);
    expect(contact.find('text_id', 2)).toEqual([2]);
    expect([3, 9, 10].flatMap(value => contact.find('text_id', value))).toEqual([]);
    expect(contact.insert({ name: 'D' })).toBe(4);
  });

  it('cannot hold another one', () => {
    const database = filled();
    expect(() => database.transact(() => database.transact(drop, drop), drop)).toThrow('already under way');
  });
});

it('has tables by name in any case, and none that are not there', () => {
  const database = new Database();
  expect(database.table('udContactSmall')).toBe(database.table('udcontactsmall'));
  expect(() => database.table('nothing')).toThrow('no table nothing');
});

it('finds rows without a reference until they have one', () => {
  const contact = new Database().table('contact');
  const id = contact.insert({ text_id: 0 });
  expect(contact.find('text_id', 0)).toEqual([id]);
  contact.update(id, { text_id: 7 });
  expect(contact.find('text_id', 0)).toEqual([]);
  contact.update(id, { text_id: 0 });
  expect(contact.find('text_id', 0)).toEqual([id]);
  expect(contact.find('text_id', 7)).toEqual([]);
});

it('refuses to look up by a column without index', () => {
  expect(() => filled().table('contact').find('name', 'A')).toThrow('contact.name has no index');
});
