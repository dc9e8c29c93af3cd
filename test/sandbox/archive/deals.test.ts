import { describe, expect, test } from 'vitest';
import { fullRows } from '../../../src/sandbox/archive/answers/full.ts';
import { slimRows } from '../../../src/sandbox/archive/answers/slim.ts';
import type { Source } from '../../../src/sandbox/archive/source.ts';
import type { DbRow, DbValue } from '../../../src/sandbox/store/table.ts';
import { setUdefValue } from '../../../src/sandbox/udef/columns.ts';
import { defineUdef } from '../../../src/sandbox/udef/define.ts';
import { type Asked, ask, keys, smallDatabase } from './small-database.ts';

const source = withDeals(smallDatabase());
const writing = { keyOf: (name: string) => name, zone: '' } as const;
const slim = (provider: string, asked: Asked, language: string | null = null) => {
  const asking = { ...source, language };
  return slimRows(ask(asking, provider, asked), asking, writing);
};

/** Projects 1 and 2, sales 1 to 3: sale 1 has everything, sale 3 nothing. */
function withDeals(filled: Source): Source {
  const { database } = filled;
  const add = (table: string, row: DbRow): number => database.table(table).insert(row);
  add('projtype', { name: 'NO:"Internt";US:"Internal"', rank: 1 });
  add('projstatus', { name: 'US:"Going on"', rank: 7 });
  add('pmembtype', { name: 'Leader' });
  add('saletype', { name: 'US:"Product"', rank: 1, has_guide: 1, has_stakeholders: 0 });
  add('prob', { name: 'US:"Quote sent"', rank: 3, probability: 40 });
  add('currency', { name: 'DKK', rate: 154.2, units: 100 });
  add('source', { name: 'Web' });
  add('reasonstalled', { name: 'Budget' });

  const key = (owner: 'Project' | 'Sale', progId: string) => {
    const field = defineUdef(database, owner, { progId, label: progId, type: 'ShortText', isIndexed: true });
    return (id: number, value: DbValue) =>
      setUdefValue(database, owner, database.table(owner).get(id) ?? {}, field, value);
  };
  const setProjectKey = key('Project', 'Siteshop:ProjKey');
  const setSaleKey = key('Sale', 'Siteshop:SaleKey');
  const pointers = { text_id: 0, userdef_id: 0, userdef2_id: 0 };

  const projectNote = add('text', { owner_id: 1, type: 6, text: 'by the sea' });
  add('project', {
    ...pointers,
    name: 'Harbour',
    project_number: 'P7',
    type_idx: 1,
    status_idx: 1,
    associate_id: 1,
    done: 1,
    endDate: '2027-05-31T00:00:00',
    registered: '2026-01-31T08:00:00',
    registered_associate_id: 1,
    updated: '0001-01-01T00:00:00',
    text_id: projectNote,
  });
  add('project', { ...pointers, name: 'Empty', project_number: '', done: 0 });
  setProjectKey(1, 'PK-1');
  setProjectKey(2, 'PK-2');
  add('url', {
    contact_id: 0,
    person_id: 0,
    project_id: 1,
    type: 0,
    rank: 1,
    url_address: 'https://harbour',
  });
  add('projectmember', { project_id: 1, person_id: 2, contact_id: 2, mtype_idx: 0, rank: 2 });
  add('projectmember', { project_id: 1, person_id: 1, contact_id: 1, mtype_idx: 1, rank: 1 });

  const saleNote = add('text', { owner_id: 1, type: 7, text: 'ten boats' });
  add('sale', {
    ...pointers,
    heading: 'Order 77',
    number1: 'S77',
    contact_id: 1,
    person_id: 1,
    project_id: 1,
    associate_id: 1,
    group_idx: 1,
    saledate: '2026-01-07T00:00:00',
    saleType_id: 1,
    probability_idx: 1,
    probability: 25,
    amount: 1000,
    earning: 400,
    earning_percent: 40,
    currency_id: 1,
    source_id: 1,
    reasonStalled_id: 1,
    status: 4,
    done: 2,
    registered: '2026-02-01T09:00:00',
    registered_associate_id: 1,
    text_id: saleNote,
  });
  add('sale', {
    ...pointers,
    heading: 'Order 78',
    contact_id: 2,
    project_id: 1,
    amount: 50.5,
    status: 1,
    done: 1,
  });
  add('sale', { ...pointers, heading: '1' });
  setSaleKey(1, 'SK-1');
  setSaleKey(2, 'SK-2');
  return filled;
}

describe('projects', () => {
  const columns: readonly (readonly [column: string, value: unknown])[] = [
    ['completed', true],
    ['projectId', 1],
    ['name', 'Harbour'],
    ['number', 'P7'],
    ['type', 'Internal'],
    ['status', 'Going on'],
    ['statusRank', 7],
    ['associateId', 'AD'],
    ['hasInfoText', true],
    ['icon', ''],
    ['text', 'by the sea'],
    ['description', 'by the sea'],
    ['updatedBy', ''],
    ['updatedByFullName', ''],
    ['updatedDate', '0001-01-01T00:00:00'],
    ['registeredBy', 'AD'],
    ['registeredByFullName', 'Anna M Dyre'],
    ['registeredDate', '2026-01-31T08:00:00'],
    ['hasGuide', false],
    ['nextMilestone', '0001-01-01T00:00:00'],
    ['endDate', '2027-05-31T00:00:00'],
    ['activeErpLinks', false],
    ['eventId', 0],
    ['startDate', '0001-01-01T00:00:00'],
    ['projectAssociate/fullName', 'Anna M Dyre'],
    ['projectAssociate/associateDbId', 1],
    ['projectUrl/URLAddress', 'https://harbour'],
    ['project/textId', 2],
    ['project/infoText', 'by the sea'],
    ['projectUdef/Siteshop:ProjKey', 'PK-1'],
  ];

  test.each(columns)('%s of SimpleProject and FindProject', (column, value) => {
    for (const provider of ['SimpleProject', 'FindProject'])
      expect(slim(provider, { select: column, filter: 'projectId = 1' }, 'en')).toEqual([
        { PrimaryKey: '1', EntityName: 'project', [column]: value },
      ]);
  });

  test('members are in FindProject only: the first of each project', () => {
    const select = 'projectMember/personId,projectMember/contactId,projectMember/function';
    expect(slim('FindProject', { select })).toEqual([
      {
        PrimaryKey: '1',
        EntityName: 'project',
        'projectMember/personId': 1,
        'projectMember/contactId': 1,
        'projectMember/function': 'Leader',
      },
      {
        PrimaryKey: '2',
        EntityName: 'project',
        'projectMember/personId': 0,
        'projectMember/contactId': 0,
        'projectMember/function': '',
      },
    ]);
    expect(keys(ask(source, 'FindProject', { filter: 'projectMember/personId = 1' }))).toEqual([1]);
    expect(keys(ask(source, 'FindProject', { filter: 'projectMember/personId = 2' }))).toEqual([]);
    expect(() => ask(source, 'SimpleProject', { select })).toThrow('does not exist');
  });

  test.each<[filter: string, found: number[]]>([
    ["projectUdef/Siteshop:ProjKey in ('pk-2','PK-1')", [1, 2]],
    ['type oneOf (1)', [1]],
    ['status notOneOf (1)', [2]],
    ["name begins 'har'", [1]],
    ["number = 'P7'", [1]],
    ["endDate after '2027-01-01'", [1]],
    ['completed set false', [2]],
    ["project/infoText contains 'sea'", [1]],
  ])('filter %s', (filter, found) => {
    expect(keys(ask(source, 'SimpleProject', { filter }))).toEqual(found);
  });
});

describe('sales', () => {
  const columns: readonly (readonly [column: string, value: unknown])[] = [
    ['completed', true],
    ['icon', ''],
    ['date', '2026-01-07T00:00:00'],
    ['time', ''],
    ['type', 'Product'],
    ['recordType', 'Sale'],
    ['text', 'Order 77'],
    ['associateId', 'AD'],
    ['contactId', 'Owl'],
    ['personId', 'Anna M Dyre'],
    ['projectId', 'Harbour'],
    ['saleId', 1],
    ['userGroup', 'Sales'],
    ['updatedBy', ''],
    ['updatedByFullName', ''],
    ['updatedDate', '0001-01-01T00:00:00'],
    ['registeredBy', 'AD'],
    ['registeredByFullName', 'Anna M Dyre'],
    ['registeredDate', '2026-02-01T09:00:00'],
    ['currencyId', 1],
    ['currency', 'DKK'],
    ['credited', ''],
    ['lossReason', ''],
    ['source', 'Web'],
    ['competitor', ''],
    ['heading', 'Order 77'],
    ['amount', 1000],
    ['amountWeighted', 250],
    ['earning', 400],
    ['earningPercent', 40],
    ['probPercent', 25],
    ['originalStage', ''],
    ['stage', 'Quote sent'],
    ['stageName', 'Quote sent'],
    ['saleStatus', 'Stalled'],
    ['stageRank', 3],
    ['saleType', 'Product'],
    ['saleTypeId', 1],
    ['stageId', 1],
    ['nextDueDate', '0001-01-01T00:00:00'],
    ['reopenDate', '0001-01-01T00:00:00'],
    ['stalledComment', 'Budget'],
    ['saleTypeCategory', ''],
    ['soldReason', ''],
    ['saleNumber', 'S77'],
    ['hasStakeholders', false],
    ['stakeholdersEnabled', false],
    ['hasQuote', false],
    ['hasGuide', true],
    ['description', 'ten boats'],
    ['activeErpLinks', false],
    ['createdByWorkflow', ''],
    ['amountInBaseCurrency', 1542],
    ['amountWeightedInBaseCurrency', 385.5],
    ['daysInStage', 0],
    ['saleCycle', 0],
    ['visibleFor', ''],
    ['associate/fullName', 'Anna M Dyre'],
    ['associate/assocName', 'AD'],
    ['sale/textId', 3],
    ['sale/description', 'ten boats'],
    ['contact/contactId', 1],
    ['contact/name', 'Owl'],
    ['person/personId', 1],
    ['person/fullName', 'Anna M Dyre'],
    ['project/projectId', 1],
    ['project/name', 'Harbour'],
    ['saleUdef/Siteshop:SaleKey', 'SK-1'],
    ['contact/contactUdef/Siteshop:Key', 'C-12'],
    ['person/personUdef/Siteshop:PersonKey', 'P-1'],
    ['project/projectUdef/Siteshop:ProjKey', 'PK-1'],
  ];

  test.each(columns)('%s of SimpleSale and FindSale', (column, value) => {
    for (const provider of ['SimpleSale', 'FindSale'])
      expect(slim(provider, { select: column, filter: 'saleId = 1' }, 'en')).toEqual([
        { PrimaryKey: '1', EntityName: 'sale', [column]: value },
      ]);
  });

  test('full mode has the ids behind the names', () => {
    const select = 'contactId,personId,projectId,stage,saleType,saleStatus,amount,date';
    const [row] = fullRows(ask(source, 'SimpleSale', { select, top: 1 }), source, writing);
    expect(row?.Column).toMatchObject({
      contactId: { RawValue: 1, DisplayValue: 'Owl', TooltipHint: '{contact_id=1}' },
      personId: { RawValue: 1, DisplayValue: 'Anna M Dyre' },
      projectId: { RawValue: 1, DisplayValue: 'Harbour' },
      stage: { RawValue: 1, TooltipHint: '{prob_id=1}' },
      saleType: { RawValue: 1 },
      saleStatus: { RawValue: 4 },
      amount: { RawValue: 1000, DisplayValue: '[F:1000]' },
      date: { RawValue: '2026-01-07T00:00:00', DisplayValue: '[D:01/07/2026]' },
    });
    expect(row).toMatchObject({ PrimaryKey: 1, LinkHint: 'nav=sale&sale_id=1' });
  });

  test.each<[filter: string, found: number[]]>([
    ['projectId eq 1', [1, 2]],
    ['contactId in (2,3)', [2]],
    ['personId oneOf (1)', [1]],
    ['stage oneOf (1)', [1]],
    ['saleType notOneOf (1)', [2, 3]],
    ['saleStatus oneOf (1,4)', [1, 2]],
    ['userGroup oneOf (1)', [1]],
    ['amount gt 50', [1, 2]],
    ['amountWeighted between (200,300)', [1]],
    ['completed set true', [1]],
    ["date before '2027-01-01'", [1]],
    ["saleUdef/Siteshop:SaleKey in ('SK-2','nothing')", [2]],
    ["contact/contactUdef/Siteshop:Key = 'c-13'", [2]],
    ["project/projectUdef/Siteshop:ProjKey = 'PK-1' and heading is 'Order 78'", [2]],
    ["person/personUdef/Siteshop:PersonKey = 'P-1'", [1]],
    ["sale/description contains 'boats'", [1]],
    ['contactId isNull', [3]],
  ])('filter %s', (filter, found) => {
    expect(keys(ask(source, 'FindSale', { filter }))).toEqual(found);
  });

  test.each(['stageId = 1', 'saleTypeId in (1)', "stageName is 'x'", 'stageRank = 1', "time = 'x'"])(
    'selects but does not filter: %s',
    filter => {
      const [column = ''] = filter.split(' ');
      expect(slim('SimpleSale', { select: column, top: 1 })[0]).toHaveProperty([column]);
      expect(() => ask(source, 'SimpleSale', { filter })).toThrow(column);
    },
  );

  test('sorts by ids, amounts and names', () => {
    expect(keys(ask(source, 'SimpleSale', { order: 'stageId desc,amount' }))).toEqual([1, 3, 2]);
    expect(keys(ask(source, 'SimpleSale', { order: 'contactId desc' }))).toEqual([1, 2, 3]);
    expect(() => ask(source, 'SimpleSale', { order: 'description' })).toThrow('cannot be used to sort by');
  });
});

describe('dynamic', () => {
  test.each<[select: string, filter: string, value: unknown]>([
    ['project.text_id.text', 'project.project_id = 1', 'by the sea'],
    ['project.type_idx.name', 'project.project_id = 1', 'Internal'],
    ['project.status_idx.rank', 'project.project_id = 1', 7],
    ['project.endDate', 'project.project_id = 1', '2027-05-31T00:00:00'],
    ['project.userdef_id.string01', "project.userdef_id.string01 = 'pk-1'", 'PK-1'],
    ['project.(projectmember->project_id).mtype_idx.name', 'project.done = 1', ''],
    ['sale.text_id.text', 'sale.sale_id = 1', 'ten boats'],
    ['sale.postitText_id.text', 'sale.sale_id = 1', ''],
    ['sale.probability_idx.probability', 'sale.amount gt 100', 40],
    ['sale.saleType_id.name', 'sale.sale_id = 1', 'Product'],
    ['sale.currency_id.rate', 'sale.sale_id = 1', 154.2],
    ['sale.reasonStalled_id.name', 'sale.sale_id = 1', 'Budget'],
    ['sale.group_idx.name', 'sale.sale_id = 1', 'Sales'],
    ['sale.earning_percent', 'sale.sale_id = 1', 40],
    ['sale.contact_id.name', 'sale.sale_id = 2', "Bob's"],
    ['sale.project_id.userdef_id.string01', 'sale.sale_id = 2', 'PK-1'],
    ['sale.userdef_id.string01', "sale.number1 = 'S77'", 'SK-1'],
  ])('%s', (select, filter, value) => {
    expect(slim('dynamic', { select, filter }, 'en')[0]?.[select]).toBe(value);
  });
});
