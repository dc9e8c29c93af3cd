import { describe, expect, test } from 'vitest';
import { columnInfos } from '../../../src/sandbox/archive/answers/column-info.ts';
import { providerNamed, providers } from '../../../src/sandbox/archive/providers/index.ts';
import { ask, smallDatabase } from './small-database.ts';

const source = smallDatabase();
const names = providers.map(({ name }) => name).filter(name => name !== 'dynamic');
const infosOf = (provider: string) => columnInfos(providerNamed(provider).open([], source));

function answers(provider: string, asked: Parameters<typeof ask>[2]): boolean {
  try {
    ask(source, provider, asked);
    return true;
  } catch {
    return false;
  }
}

/** What a provider says of its columns has to be what it does with them. */
describe.each(names)('the columns of %s', provider => {
  const infos = infosOf(provider);

  test('have names of their own, and can be selected', () => {
    const spelled = infos.map(({ Name }) => Name);
    expect(new Set(spelled.map(name => name.toLowerCase())).size).toBe(spelled.length);
    expect(answers(provider, { select: spelled.join(','), top: 1 })).toBe(true);
  });

  test('can be sorted and filtered by as they say', () => {
    const wrong = infos.filter(({ Name, CanOrderBy, CanRestrictBy, RestrictionType }) => {
      const sorts = answers(provider, { select: Name, order: Name, top: 1 });
      const filters = answers(provider, { select: Name, filter: `${Name} isNotNull`, top: 1 });
      return sorts !== CanOrderBy || filters !== CanRestrictBy || filters !== (RestrictionType !== '');
    });
    expect(wrong.map(({ Name }) => Name)).toEqual([]);
  });
});

test('user-defined fields are among them, those of related records too, under the names of their administrator', () => {
  const contact = infosOf('SimpleContact');
  const infoOf = (infos: typeof contact, name: string) => infos.find(({ Name }) => Name === name);
  expect(infoOf(contact, 'contactUdef/Siteshop:Key')).toMatchObject({
    DisplayName: 'Key',
    DisplayType: 'string',
    RestrictionType: 'string',
    RestrictionListName: null,
  });
  expect(infoOf(contact, 'contactUdef/Siteshop:List')).toMatchObject({
    RestrictionType: 'listAny',
    RestrictionListName: 'udlist1',
  });
  expect(infoOf(infosOf('SimplePerson'), 'personContact/contactUdef/Siteshop:Any')).toMatchObject({
    RestrictionType: 'unlimitedDate',
  });
  expect(infoOf(infosOf('Person'), 'personContact/contactUdef/Siteshop:Any')).toBeUndefined();
  expect(infoOf(infosOf('SimpleSale'), 'person/personUdef/Siteshop:PersonKey')).toBeDefined();
});

test('the restrictions that every archive has are no columns to look at', () => {
  expect(infosOf('SimpleContact').filter(({ IsVisible }) => !IsVisible)).toMatchObject([
    { Name: 'getAllRows', DisplayType: 'checkbox', CanOrderBy: false, RestrictionType: 'bool' },
    { Name: 'getNoRows', DisplayType: 'checkbox', CanOrderBy: false, RestrictionType: 'bool' },
  ]);
});
