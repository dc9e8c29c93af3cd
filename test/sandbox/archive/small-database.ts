import { parseFilter } from '../../../src/sandbox/archive/filter/parser.ts';
import { parseOrder } from '../../../src/sandbox/archive/order.ts';
import { providerNamed } from '../../../src/sandbox/archive/providers/index.ts';
import { type ArchiveResult, runQuery } from '../../../src/sandbox/archive/run.ts';
import type { Source } from '../../../src/sandbox/archive/source.ts';
import { Database } from '../../../src/sandbox/store/database.ts';
import type { DbRow, DbValue } from '../../../src/sandbox/store/table.ts';
import { setUdefValue } from '../../../src/sandbox/udef/columns.ts';
import { defineUdef } from '../../../src/sandbox/udef/define.ts';

const seconds = (iso: string): number => Date.parse(`${iso}Z`) / 1000;

/** Companies 1 to 3, the deleted 4, persons 1 to 3 (3 retired), two associates: enough for a pass and a fail of everything. */
export function smallDatabase(): Source {
  const database = new Database();
  const add = (table: string, row: DbRow): number => database.table(table).insert(row);

  add('category', { name: 'NO:"Kunde";US:"Customer"', rank: 1 });
  add('category', { name: 'NO:"Leverandør";US:"Vendor"', rank: 2 });
  add('business', { name: 'Retail', rank: 1 });
  add('country', { country_id: 208, name: 'US:"Denmark"', english_name: 'Denmark' });
  add('contint', { name: 'Golf' });
  add('contint', { name: 'Wine' });
  add('contint', { name: 'Chess' });
  add('usergroup', { name: 'Sales' });
  add('udlistdefinition', { name: 'Colours' });
  add('udlist', { name: 'Red', udlistdefinition_id: 1 });
  add('udlist', { name: 'Blue', udlistdefinition_id: 1 });

  const field = (
    owner: 'Contact' | 'Person',
    type: Parameters<typeof defineUdef>[2]['type'],
    progId: string,
  ) =>
    defineUdef(database, owner, {
      progId: `Siteshop:${progId}`,
      label: progId,
      type,
      isIndexed: progId.endsWith('Key'),
      ...(type === 'List' ? { listTableId: 136, udListDefinitionId: 1 } : {}),
    });
  const fields = {
    Key: field('Contact', 'ShortText', 'Key'),
    Note: field('Contact', 'LongText', 'Note'),
    Num: field('Contact', 'Number', 'Num'),
    Dec: field('Contact', 'Decimal', 'Dec'),
    Check: field('Contact', 'Checkbox', 'Check'),
    Date: field('Contact', 'Date', 'Date'),
    Any: field('Contact', 'UnlimitedDate', 'Any'),
    List: field('Contact', 'List', 'List'),
  };
  const personKey = field('Person', 'ShortText', 'PersonKey');

  const contact = (row: DbRow, udefs: Partial<Record<keyof typeof fields, DbValue>>): void => {
    const id = add('contact', { deleted: 0, userdef_id: 0, userdef2_id: 0, text_id: 0, ...row });
    const kept = database.table('contact').get(id) ?? {};
    for (const name of Object.keys(fields) as (keyof typeof fields)[]) {
      const value = udefs[name];
      if (value !== undefined) setUdefValue(database, 'Contact', kept, fields[name], value);
    }
  };
  contact(
    {
      name: 'Owl',
      department: 'Aarhus',
      number1: 'CODE1',
      number2: '1001',
      orgNr: null,
      category_idx: 1,
      business_idx: 1,
      country_id: 208,
      associate_id: 1,
      supportPersonId: 2,
      xstop: 0,
      registered: '2026-01-31T08:00:00',
      registered_associate_id: 1,
      updated: '0001-01-01T00:00:00',
    },
    {
      Key: 'C-12',
      Note: 'long',
      Num: 10,
      Dec: 1.5,
      Check: 1,
      Date: seconds('2026-03-01T00:00:00'),
      Any: '19690619',
      List: 2,
    },
  );
  contact(
    {
      name: "Bob's",
      department: 'Lyngby',
      number1: 'CODE2',
      number2: '1002',
      orgNr: 'DK2',
      category_idx: 2,
      business_idx: 0,
      country_id: 0,
      associate_id: 2,
      xstop: 1,
      registered: '2026-02-10T09:30:00',
      registered_associate_id: 2,
      updated: '2026-02-11T07:00:00',
      updated_associate_id: 2,
    },
    { Key: 'c-13', Num: -3, Dec: 2, Check: 0 },
  );
  contact(
    {
      name: '1',
      department: '',
      number2: '',
      orgNr: '',
      category_idx: 0,
      associate_id: 0,
      registered: '2025-12-24T23:59:59',
    },
    {},
  );
  contact({ name: 'Owl', deleted: 1, category_idx: 1, associate_id: 1 }, { Key: 'C-14' });

  add('contactinterest', { contact_id: 1, cinterest_idx: 2 });
  add('contactinterest', { contact_id: 1, cinterest_idx: 3 });
  add('phone', { owner_id: 1, ptype_idx: 1, rank: 2, phone: '222', description: 'second' });
  add('phone', { owner_id: 1, ptype_idx: 1, rank: 1, phone: '111', description: 'first' });
  add('phone', { owner_id: 1, ptype_idx: 3, rank: 1, phone: '333', description: 'fax' });
  add('phone', { owner_id: 1, ptype_idx: 16389, rank: 1, phone: '444', description: 'mobile of person 1' });
  add('email', {
    contact_id: 1,
    person_id: 0,
    type: 0,
    rank: 1,
    email_address: 'owl@example.com',
    description: '',
  });
  add('email', {
    contact_id: 0,
    person_id: 1,
    type: 0,
    rank: 2,
    email_address: 'late@example.com',
    description: '',
  });
  add('email', {
    contact_id: 0,
    person_id: 1,
    type: 0,
    rank: 1,
    email_address: 'anna@example.com',
    description: '',
  });
  add('url', {
    contact_id: 1,
    person_id: 0,
    type: 0,
    rank: 1,
    url_address: 'https://owl.example',
    description: 'home',
  });
  add('address', { owner_id: 1, atype_idx: 1, address1: 'Box 9', zipcode: '8000', city: 'Aarhus C' });
  add('address', { owner_id: 1, atype_idx: 2, address1: 'Gade 1', zipcode: '8200', city: 'Aarhus N' });

  const note = add('text', { owner_id: 1, type: 2, text: 'likes tea' });
  const person = (row: DbRow, key: string): void => {
    const id = add('person', { deleted: 0, retired: 0, userdef_id: 0, userdef2_id: 0, text_id: 0, ...row });
    setUdefValue(database, 'Person', database.table('person').get(id) ?? {}, personKey, key);
  };
  person(
    {
      contact_id: 1,
      rank: 1,
      firstname: 'Anna',
      middleName: 'M',
      lastname: 'Dyre',
      text_id: note,
      year_of_birth: 1980,
      month_of_birth: 2,
      day_of_birth: 3,
    },
    'P-1',
  );
  person({ contact_id: 2, rank: 1, firstname: 'Bo', lastname: "L'Oréal" }, 'P-2');
  person({ contact_id: 1, rank: 2, firstname: 'Carl', lastname: 'Former', retired: 1 }, 'P-3');
  add('associate', {
    name: 'AD',
    person_id: 1,
    group_idx: 1,
    type: 0,
    deleted: 0,
    userName: 'ad@example.com',
    ejuser_id: 9,
  });
  add('associate', { name: 'SYS', person_id: 0, group_idx: 1, type: 13, deleted: 0, userName: 'sys' });

  return {
    database,
    user: { associateId: 2, name: 'SYS', isSystemUser: true },
    now: new Date('2026-02-11T10:00:00Z'),
    language: null,
  };
}

export interface Asked {
  readonly select?: string;
  readonly filter?: string;
  readonly order?: string;
  readonly entities?: readonly string[];
  readonly skip?: number;
  readonly top?: number;
}

export function ask(source: Source, provider: string, asked: Asked = {}): ArchiveResult {
  return runQuery(
    providerNamed(provider),
    {
      columns: asked.select?.split(',') ?? [],
      filter: parseFilter(asked.filter ?? ''),
      order: parseOrder(asked.order ?? ''),
      entities: asked.entities ?? [],
      skip: asked.skip ?? 0,
      top: asked.top ?? 1000,
      counts: false,
    },
    source,
  );
}

export function keys({ archive, rows }: ArchiveResult): number[] {
  return rows.map(row => archive.primaryKey(row));
}
