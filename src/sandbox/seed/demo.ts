import { firstUserDefinedListId, listByMdoName } from '../lists/tables.ts';
import type { Database } from '../store/database.ts';
import { seedBase } from './base.ts';
import { seedExtraFields } from './demo-extra-fields.ts';
import { seedDemoLists } from './demo-lists.ts';
import { seedUdefs } from './demo-udefs.ts';
import { insertItems, multi } from './insert.ts';
import { type Employee, seedEmployee, seedOwnerCompany, seedSystemUser } from './people.ts';

const norway = 578;
const denmark = 208;
const sweden = 752;
const finland = 246;

const sales = 1;
const marketing = 2;
const support = 3;

const employees: readonly Employee[] = [
  {
    firstName: 'Anders',
    lastName: 'Dyre',
    login: 'ANDERSDYRE',
    group: sales,
    title: 'Salgschef',
    countryId: denmark,
    password: 'sandbox',
  },
  {
    firstName: 'Ingrid',
    lastName: 'Solbakken',
    login: 'INGRIDSOL',
    group: sales,
    title: 'Selger',
    countryId: norway,
  },
  {
    firstName: 'Jens',
    lastName: 'Østergård',
    login: 'JENSO',
    group: sales,
    title: 'Sælger',
    countryId: denmark,
  },
  {
    firstName: 'Åsa',
    lastName: 'Lindqvist',
    login: 'ASALIN',
    group: marketing,
    title: 'Marknadschef',
    countryId: sweden,
  },
  {
    firstName: 'Mikko',
    lastName: 'Järvinen',
    login: 'MIKKOJ',
    group: support,
    title: 'Asiakastuki',
    countryId: finland,
  },
  {
    firstName: 'Kari',
    lastName: 'Nordmo',
    login: 'KARIN',
    group: support,
    title: 'Support',
    countryId: norway,
  },
  {
    firstName: 'Bjørn',
    lastName: 'Haukeland',
    login: 'BJORNH',
    group: sales,
    title: 'Selger',
    countryId: norway,
    retired: true,
  },
];

/** A Nordic company that has just begun: its own people, all lists and the integration's fields, no customers. */
export function seedDemo(database: Database): void {
  seedBase(database);
  insertItems(database, 'usergroup', [
    multi('Sales', 'Salg', 'Salg', 'Försäljning'),
    multi('Marketing', 'Marked', 'Marketing', 'Marknad'),
    multi('Support', 'Support', 'Support', 'Support'),
    { name: multi('Warehouse', 'Lager', 'Lager', 'Lager'), deleted: 1 },
  ]);
  database.table('role').insert({ name: 'Administrator', tooltip: '', deleted: 0, rank: 1 });
  database.table('role').insert({ name: 'User', tooltip: '', deleted: 0, rank: 2 });
  seedSystemUser(database);
  const owner = seedOwnerCompany(database, 'SuperOffice demo', norway);
  for (const employee of employees) seedEmployee(database, owner, employee);
  seedDemoLists(database);
  seedHeadings(database);
  seedUdefs(database, seedUserDefinedList(database));
  seedExtraFields(database);
}

/** Headings over the first businesses, and one business that only Sales sees. */
function seedHeadings(database: Database): void {
  const list = listByMdoName('business')?.listId ?? 0;
  const headings = [
    multi('Goods', 'Varer', 'Varer', 'Varor'),
    multi('Services', 'Tjenester', 'Tjenester', 'Tjänster'),
  ].map((name, index) =>
    database
      .table('heading')
      .insert({ udlistdefinition_id: list, name, tooltip: '', deleted: 0, rank: index + 1 }),
  );
  const [goods = 0, services = 0] = headings;
  const itemsByHeading: readonly (readonly [heading: number, items: readonly number[]])[] = [
    [goods, [2, 3, 6, 8]],
    [services, [1, 4, 5, 7]],
  ];
  for (const [heading, items] of itemsByHeading)
    for (const item of items)
      database.table('itemheading').insert({ udlistdefinition_id: list, heading_id: heading, item_id: item });
  database.table('itemgroup').insert({ udlistdefinition_id: list, item_id: 8, group_id: sales });
}

function seedUserDefinedList(database: Database): number {
  const id = database.table('udlistdefinition').insert({
    udlistdefinition_id: firstUserDefinedListId,
    name: 'Delivery class',
    tooltip: 'How goods leave the warehouse',
    deleted: 0,
    rank: firstUserDefinedListId,
    is_custom_list: 1,
    is_mdo_list: 0,
    use_groups_and_headings: 0,
    list_type: 'udlist',
  });
  const names = [
    multi('Standard', 'Standard', 'Standard', 'Standard'),
    multi('Express', 'Ekspress', 'Ekspres', 'Express'),
    multi('Pick-up', 'Henting', 'Afhentning', 'Hämtning'),
  ];
  const rows = [...names.map(name => ({ name, deleted: 0 })), { name: 'Rail', deleted: 1 }];
  for (const [index, row] of rows.entries())
    database.table('udlist').insert({ ...row, udlistdefinition_id: id, tooltip: '', rank: index + 1 });
  return id;
}
