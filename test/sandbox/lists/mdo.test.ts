import { describe, expect, test } from 'vitest';
import { asArray, type Json, ListServer } from './call.ts';

function names(items: readonly Json[]): unknown[] {
  return items.map(item => item.Name);
}

describe('lists of tables', () => {
  test('an item has every property of the carrier', () => {
    const [item] = new ListServer().array('GET', '/v1/MDOList/category?flat=true');
    expect(item).toEqual({
      Id: 1,
      Name: 'NO:"Kunde";US:"Customer";DA:"Kunde";SW:"Kund"',
      ToolTip: '',
      Deleted: false,
      Rank: 1,
      Type: 'category',
      ColorBlock: 0,
      IconHint: '',
      ChildItems: [],
      ExtraInfo: '',
      StyleHint: '',
      FullName: null,
      TableRight: null,
      FieldProperties: {},
    });
  });

  test('headings are the roots unless the list is asked for flat', () => {
    const server = new ListServer();
    const roots = server.array('GET', '/v1/MDOList/business', undefined, 'en');
    expect(names(roots)).toEqual(['Goods', 'Services']);
    expect(roots.map(root => root.Rank)).toEqual([1, 2]);
    expect(names(asArray(roots[1]?.ChildItems))).toEqual([
      'IT',
      'Transport',
      'Building and construction',
      'Health',
    ]);
    const flat = server.array('GET', '/v1/MDOList/business?flat=true', undefined, 'en');
    expect(names(flat)).toEqual([
      'IT',
      'Retail',
      'Manufacturing',
      'Transport',
      'Building and construction',
      'Food',
      'Health',
      'Fisheries',
    ]);
  });

  test('an item tied to a group is hidden from the others, but not from the administration', () => {
    const server = new ListServer('KARIN');
    expect(names(server.array('GET', '/v1/MDOList/business?flat=true', undefined, 'en'))).not.toContain(
      'Fisheries',
    );
    expect(names(server.array('GET', '/v1/List/Business/Items', undefined, 'en'))).toContain('Fisheries');
  });

  test('a search looks at every language and answers flat', () => {
    const server = new ListServer();
    expect(names(server.array('GET', '/v1/MDOList/business?query=sundhed', undefined, 'en'))).toEqual([
      'Health',
    ]);
    expect(names(server.array('GET', '/v1/List/Business/MDOItems?query=fish', undefined, 'en'))).toEqual([
      'Fisheries',
    ]);
  });

  test('deleted items and user-defined lists', () => {
    const server = new ListServer();
    expect(server.array('GET', '/v1/MDOList/comptr?flat=true')).toHaveLength(3);
    expect(server.array('GET', '/v1/MDOList/comptr?flat=true&additional=showDeleted=true')).toHaveLength(4);
    const items = server.array('GET', '/v1/MDOList/udlist101', undefined, 'da');
    expect(names(items)).toEqual(['Standard', 'Ekspres', 'Afhentning']);
    expect(server.array('GET', '/v1/MDOList/udlist?additional=101', undefined, 'da')).toEqual(items);
  });

  test('names are matched without regard to case, unknown ones are not found', () => {
    const server = new ListServer();
    expect(server.array('GET', '/v1/MDOList/ContInt')).toHaveLength(3);
    expect(server.refusal('GET', '/v1/MDOList/kategori')?.status).toBe(404);
  });

  test.each(['category', 'salestage', 'udlist101', 'ticketorigin', 'restrictionOperators'])(
    'the list of names has %s, and each name answers',
    name => {
      const server = new ListServer();
      const all = server.answer('GET', '/v1/MDOList').json;
      expect(all).toContain(name);
      expect(server.answer('GET', `/v1/MDOList/${name}?additional=101`).status).toBe(200);
    },
  );
});

describe('lists that a provider makes', () => {
  test('salestage has the stages of one type and the two ends', () => {
    const items = new ListServer().array(
      'GET',
      '/v1/MDOList/salestage?additional=SaleTypeID=2',
      undefined,
      'en',
    );
    expect(items.map(item => [item.Id, item.Name])).toEqual([
      [2, 'First meeting'],
      [3, 'Quote sent'],
      [5, 'Verbal yes'],
      [-2, 'Sold'],
      [-1, 'Lost'],
    ]);
    expect(items[0]?.ExtraInfo).toBe('IsDeleted=False&Probability=20&SaleTypeStageLinkId=6&');
  });

  test('associate names people by their full name and tells their person', () => {
    const server = new ListServer();
    const items = server.array('GET', '/v1/MDOList/associate?flat=true');
    expect(items[0]).toMatchObject({ Id: 1, Name: 'SIC', ExtraInfo: 'person_id=0&contact_id=0' });
    expect(items[1]).toMatchObject({ Id: 2, Name: 'Anders Dyre', ExtraInfo: 'person_id=1&contact_id=1' });
    expect(names(items)).not.toContain('Bjørn Haukeland');
    expect(names(server.array('GET', '/v1/MDOList/associate?additional=showDeleted=true'))).toContain(
      'Bjørn Haukeland',
    );
  });

  test('ejuser and visiblefor say the same people in their own ids', () => {
    const server = new ListServer();
    expect(server.array('GET', '/v1/MDOList/ejuser')[1]).toMatchObject({
      Id: 2,
      Name: 'Anders Dyre',
      ExtraInfo: 'associateId=2',
    });
    const ids = server.array('GET', '/v1/MDOList/visiblefor').map(item => item.Id);
    expect(ids).toEqual(expect.arrayContaining([0, -1, -3, 2]));
    expect(ids).not.toContain(-4);
  });

  test('ejcategory is a tree, flat it has paths', () => {
    const server = new ListServer();
    const flat = server.array('GET', '/v1/MDOList/ejcategory?flat=true');
    expect(names(flat)).toContain('Administration/Accounting/Overdue');
    expect(flat.find(item => item.Id === 4)?.ExtraInfo).toBe('parentId=3&replyTemplateId=-1');
    const roots = server.array('GET', '/v1/MDOList/ejcategory');
    expect(names(roots)).toEqual(['Support', 'Administration']);
    expect(names(asArray(roots[0]?.ChildItems))).toEqual(['Hardware', 'Software']);
    expect(names(asArray(asArray(roots[1]?.ChildItems)[0]?.ChildItems))).toEqual(['Overdue']);
  });

  test.each([
    ['salestatus', 2, 'Sold', ''],
    ['ticketslevel', 1, 'Internal', ''],
    ['ticketstatus', 3, 'Postponed', '3'],
    ['saletype', 1, 'Product sale', '129600'],
    ['tickettype', 1, 'Request', ''],
    ['usergroup', 3, 'Support', ''],
    ['tags', 1, 'VIP', ''],
    ['pmembtype', 2, 'Participant', ''],
    ['salutation', 1, 'Dear', ''],
    ['persint', 2, 'Golf', ''],
  ])('%s has %i %s', (list, id, name, extraInfo) => {
    const items = new ListServer().array('GET', `/v1/MDOList/${list}?flat=true`, undefined, 'en');
    expect(items.find(item => item.Id === id)).toMatchObject({ Name: name, ExtraInfo: extraInfo });
  });

  test('lists tells the lists', () => {
    const server = new ListServer();
    expect(names(server.array('GET', '/v1/MDOList/lists?additional=onlyUserDefinedLists=true'))).toEqual([
      'Delivery class',
    ]);
    expect(names(server.array('GET', '/v1/MDOList/lists'))).toContain('Category');
  });

  test('restrictionOperators name the operators of a type', () => {
    const items = new ListServer().array(
      'GET',
      '/v1/MDOList/restrictionOperators/selectable?additional=positiveString',
    );
    expect(items.find(item => item.Type === 'ends')).toMatchObject({ ExtraInfo: 'W', Selected: false });
    expect(items.find(item => item.Type === 'isNull')).toMatchObject({ ExtraInfo: 'R' });
  });
});
