import type { Datatype } from '../../../src/datatypes/datatype.ts';
import type { Field } from '../../../src/datatypes/field.ts';
import { datatypes } from '../../../src/datatypes/index.ts';
import type { Json, Tenant } from '../../sandbox/entities/tenant.ts';

/** What records are made of: everything that filters of a database and people fall over. */
const texts = [
  'Acme',
  'ACME',
  'acme ',
  ' Acme',
  "L'Oréal",
  'O\\Brien',
  'Æble; Øl=Å',
  'æble; øl=å',
  'Ærø',
  'Århus',
  'Aarhus',
  '"Quoted" <b>',
  "it's 'both'",
  '7',
  '007',
  '10',
  '9,5',
  '-3',
  '100%',
  'a and b or c',
  '日本',
  'Straße',
  '[X]',
  ' ',
] as const;
const numbers = [-5, -1, 0, 1, 2, 7, 50, 99] as const;
const decimals = [-0.5, 0, 0.1, 0.3, 1, 1234.56, 99999999.99] as const;
const days = ['2023-12-31', '2024-01-01', '2024-02-29', '2024-12-31', '2025-01-01', '2000-06-15'] as const;
const times = ['00:00:00', '23:30:00', '00:30:00', '12:15:30'] as const;

/** The same in every run: a generator of which nobody expects much. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  below(limit: number): number {
    this.#state = (this.#state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((this.#state / 2_147_483_648) * limit);
  }

  one<T>(values: readonly T[]): T {
    const value = values[this.below(values.length)];
    if (value === undefined) throw new Error('nothing to choose from');
    return value;
  }
}

/** What the records of one datatype have beyond the catalogue. */
const customFields: readonly [suffix: string, kind: Field['kind']][] = [
  ['UserText01', 'text'],
  ['UserText04', 'text'],
  ['UserNum01', 'integer'],
  ['UserDec01', 'decimal'],
  ['UserCheck01', 'boolean'],
  ['UserDate01', 'date'],
  ['UserDate02', 'date'],
  ['UserList01', 'list'],
];
const extraFields: readonly [name: string, kind: Field['kind']][] = [
  ['x_text01', 'text'],
  ['x_number01', 'integer'],
  ['x_decimal01', 'decimal'],
  ['x_check01', 'boolean'],
  ['x_date01', 'date'],
];

/** A column of an export, and how its values are compared. */
export interface KnownColumn {
  readonly name: string;
  readonly kind: Field['kind'];
  readonly separator: string;
}

/** Every column that can be exported and named in a criterion. */
export function columnsOf(datatype: Datatype): KnownColumn[] {
  const custom =
    datatype.custom.kind === 'udef'
      ? customFields.map(([suffix, kind]) => ({ name: prefixOf(datatype) + suffix, kind, separator: '|' }))
      : extraFields.map(([name, kind]) => ({ name, kind, separator: '|' }));
  return [
    { name: datatype.keyField, kind: 'key', separator: '|' },
    ...datatype.fields
      .filter(({ kind, slot }) => kind !== 'files' && !(slot.at === 'input' && slot.column === undefined))
      .map(({ name, kind, separator = '|' }) => ({ name, kind, separator })),
    ...custom,
  ];
}

function prefixOf({ custom }: Datatype): string {
  return custom.kind === 'udef' ? custom.prefix : '';
}

/** Records of every datatype with every field, filled in at random or not at all. */
export async function makeNastyRecords(tenant: Tenant, perDatatype: number, seed = 20240229): Promise<void> {
  const maker = new Maker(tenant, new Dice(seed));
  await maker.makeForeignKeys();
  for (const datatype of datatypes)
    for (let index = 0; index < perDatatype; index++) await maker.make(datatype, index);
}

const device = '/v1/ForeignApp/sic/sic/sic';

class Maker {
  readonly #tenant: Tenant;
  readonly #dice: Dice;
  readonly #made = new Map<string, number[]>();
  readonly #items = new Map<string, number[]>();

  constructor(tenant: Tenant, dice: Dice) {
    this.#tenant = tenant;
    this.#dice = dice;
  }

  async makeForeignKeys(): Promise<void> {
    await this.#tenant.json('POST', '/v1/ForeignApp/sic');
    await this.#tenant.json('POST', device);
  }

  async make(datatype: Datatype, index: number): Promise<void> {
    const { entity, name, keyField } = datatype;
    const idProperty = entity === 'TicketMessage' ? 'EjMessageId' : `${entity}Id`;
    // The first is as empty as it can be.
    const body = index === 0 ? this.#needed(datatype) : await this.#filled(datatype, index);
    const reply = await this.#tenant.call('POST', `/v1/${entity}`, { body });
    if (reply.status !== 200)
      throw new Error(`${entity}: ${reply.status} ${reply.text} ${JSON.stringify(body)}`);
    const id = Number(Object.entries(reply.json as Json).find(([key]) => key === idProperty)?.[1]);
    if (Number.isNaN(id)) throw new Error(`${entity} has no ${idProperty}: ${reply.text}`);
    this.#made.set(name, [...(this.#made.get(name) ?? []), id]);
    if (datatype.custom.kind === 'extra' && index > 0 && index % 3 > 0)
      await this.#tenant.json('PUT', `${device}/Key`, {
        Key: keyField,
        Value: this.#key(datatype, index),
        RecordId: id,
        TableName: datatype.custom.keyTable,
      });
  }

  /** Unique but for letter case, with signs that mean something elsewhere. */
  #key({ name }: Datatype, index: number): string {
    const key = `${name.charAt(0)}'${Math.floor(index / 2)};Å`;
    return index % 2 === 0 ? key : key.toLowerCase();
  }

  #needed({ name }: Datatype): Json {
    switch (name) {
      case 'Company':
      case 'Project':
        return { Name: 'Empty' };
      case 'Person':
        return { Lastname: 'Empty', Contact: { ContactId: this.#parent('Company') } };
      case 'Sale':
        return { Heading: 'Empty', Saledate: '2024-05-05T00:00:00' };
      case 'Appointment':
        return { StartDate: '2024-12-31T23:30:00' };
      case 'Document':
        return { Name: 'empty.txt', Date: '2024-12-31T00:00:00' };
      case 'Ticket':
        return { Title: 'Empty' };
      case 'Message':
        return { Body: 'Empty', Ticket: { TicketId: this.#parent('Ticket') } };
    }
  }

  async #filled(datatype: Datatype, index: number): Promise<Json> {
    const body: Json = { ...this.#needed(datatype) };
    const custom: Record<string, string> = {};
    for (const field of datatype.fields) {
      // Most records have most fields empty.
      if (this.#dice.below(5) < 2) continue;
      await this.#fill(body, field, datatype);
    }
    if (datatype.custom.kind === 'udef') {
      if (index % 3 > 0) custom[`Siteshop:${datatype.keyField}`] = this.#key(datatype, index);
      // Some have no row at all for fields of their own.
      if (index % 4 > 0)
        for (const [suffix, kind] of customFields)
          if (this.#dice.below(2) > 0) custom[`Siteshop:${prefixOf(datatype)}${suffix}`] = this.#custom(kind);
    } else {
      for (const [name, kind] of extraFields) if (this.#dice.below(2) > 0) custom[name] = this.#custom(kind);
    }
    if (Object.keys(custom).length > 0) body.CustomFields = custom;
    return body;
  }

  async #fill(body: Json, field: Field, datatype: Datatype): Promise<void> {
    const { slot, length = 30 } = field;
    switch (slot.at) {
      case 'property':
      case 'dynamic':
        body[slot.property] = this.#value(field, length);
        return;
      case 'reference': {
        if (stagesFollow.has(`${datatype.name}.${field.name}`)) return;
        const id = field.parent === undefined ? await this.#item(field) : this.#parent(field.parent);
        if (id !== null) body[slot.property] = { [slot.idProperty]: id };
        return;
      }
      case 'address': {
        const address = { ...(body.Address as Record<string, Json> | undefined) };
        address[slot.block] = { ...address[slot.block], [slot.part]: this.#text(length) };
        body.Address = address;
        return;
      }
      case 'element': {
        const before = (body[slot.property] as Json[] | undefined) ?? [];
        const value =
          slot.table === 'phone' ? this.#dice.one(['4711', '+47 22 33', '0047']) : this.#text(length);
        if (value.trim() !== '') body[slot.property] = [...before, { Value: value, Description: '' }];
        return;
      }
      case 'interests': {
        const ids = await this.#itemsOf(field);
        body.Interests = [...new Set([this.#dice.one(ids), this.#dice.one(ids)])].map(Id => ({
          Id,
          Selected: true,
        }));
        return;
      }
      case 'tags':
        body.Tags = [...new Set([this.#dice.one(await this.#itemsOf(field))])].map(Id => ({ Id }));
        return;
      case 'input':
        if (slot.column !== undefined) body[field.name] = this.#moment();
        return;
      default:
        return;
    }
  }

  #value({ kind, name, choices = [] }: Field, length: number): unknown {
    switch (kind) {
      case 'integer':
        return this.#dice.one(name === 'Probability' ? [0, 10, 50, 100] : numbers);
      case 'decimal':
        return this.#dice.one(decimals);
      case 'boolean':
        return this.#dice.below(2) > 0;
      case 'date':
        return `${this.#dice.one(days)}T${this.#dice.one(times)}`;
      case 'datetime':
        return this.#moment();
      case 'choice':
        return this.#dice.one(choices).name;
      case 'file':
        return `${this.#dice.one(['tilbud', 'Æble', "it's"])}${this.#dice.below(1000)}.txt`;
      default:
        return this.#text(length);
    }
  }

  #moment(): string {
    return `${this.#dice.one(days)}T${this.#dice.one(times)}`;
  }

  #text(length: number): string {
    return this.#dice.one(texts).slice(0, length);
  }

  #custom(kind: Field['kind']): string {
    switch (kind) {
      case 'integer':
        return `[I:${this.#dice.one(numbers)}]`;
      case 'decimal':
        return `[F:${this.#dice.one(decimals)}]`;
      case 'boolean':
        return `[I:${this.#dice.below(2)}]`;
      case 'date': {
        const [year, month, day] = this.#dice.one(days).split('-');
        return `[D:${month}/${day}/${year}]`;
      }
      case 'list':
        return `[I:${1 + this.#dice.below(4)}]`;
      default:
        return this.#text(39);
    }
  }

  #parent(name: string): number {
    return this.#dice.one(this.#made.get(name) ?? [0]);
  }

  async #item(field: Field): Promise<number | null> {
    if (field.kind === 'associate') return this.#dice.one([1, 2, 3, 8]);
    return this.#dice.one(await this.#itemsOf(field));
  }

  /** Ids of the items of a list, deleted ones too. */
  async #itemsOf({ list = '' }: Field): Promise<readonly number[]> {
    const known = this.#items.get(list);
    if (known) return known;
    const typed = await this.#tenant.call('GET', `/v1/List/${list}/Items?includeDeleted=true`);
    const whole =
      typed.status === 200 ? typed : await this.#tenant.call('GET', `/v1/MDOList/${list}?flat=true`);
    if (whole.status !== 200) throw new Error(`list ${list}: ${whole.status} ${whole.text}`);
    const ids = (whole.json as Json[]).slice(0, list === 'Country' ? 3 : 12).flatMap(item => {
      const id = Object.entries(item).find(([key, value]) => /Id$/.test(key) && typeof value === 'number');
      return id ? [Number(id[1])] : [];
    });
    this.#items.set(list, ids);
    return ids;
  }
}

/** What SuperOffice lets follow from another field, or refuses in most combinations. */
const stagesFollow: ReadonlySet<string> = new Set([
  'Sale.Stage',
  'Sale.SaleType',
  'Person.Category',
  'Person.Business',
  'Person.AssociateName',
  'Person.AssociateFullName',
]);
