import type { Database } from '../store/database.ts';

/** Associate types (reading.md, section 13.1). */
const internalAssociate = 0;
const systemAssociate = 13;

/** Above those of employees; user 1 of customer service is its own system user, who owns what nobody owns. */
const integrationEjUser = 1001;

/** When the seed's own records were made; fixed, so that two fresh sandboxes are alike. */
const seededAt = '2024-01-08T08:00:00';

const stamps = {
  registered: seededAt,
  registered_associate_id: 1,
  updated: '0001-01-01T00:00:00',
  updated_associate_id: 0,
  updatedCount: 0,
};

/** The company that owns the installation. */
export function seedOwnerCompany(database: Database, name: string, countryId: number): number {
  const id = database.table('contact').insert({
    name,
    department: '',
    country_id: countryId,
    business_idx: 0,
    category_idx: 0,
    associate_id: 1,
    group_id: 1,
    number1: '',
    number2: '',
    orgNr: '',
    kananame: '',
    xstop: 0,
    nomailing: 0,
    deleted: 0,
    activeInterests: 0,
    source: 0,
    text_id: 0,
    userdef_id: 0,
    userdef2_id: 0,
    ...stamps,
  });
  return id;
}

/** The account that integrations sign in with: no person, type 13. */
export function seedSystemUser(database: Database): void {
  database.table('associate').insert({
    name: 'SIC',
    person_id: 0,
    group_idx: 1,
    role_id: 1,
    type: systemAssociate,
    deleted: 0,
    userName: 'sic@superoffice.demo.invalid',
    ejuser_id: integrationEjUser,
    rank: 1,
    tooltip: 'Siteshop Information Studio',
    password: 'sandbox',
  });
}

export interface Employee {
  readonly firstName: string;
  readonly lastName: string;
  /** Login name. */
  readonly login: string;
  readonly group: number;
  readonly title: string;
  readonly countryId: number;
  readonly retired?: boolean;
  /** Only those who may sign in to the sandbox. */
  readonly password?: string;
}

/** A person of the owner company with the associate that stands for it. */
export function seedEmployee(database: Database, contactId: number, employee: Employee): void {
  const { firstName, lastName, login, group, title, countryId, retired = false, password = '' } = employee;
  const email = emailOf(employee);
  const siblings = database.table('person').find('contact_id', contactId).length;
  const personId = database.table('person').insert({
    contact_id: contactId,
    rank: siblings + 1,
    firstname: firstName,
    middleName: '',
    lastname: lastName,
    mrmrs: '',
    title,
    salutation: '',
    position_idx: 0,
    person_number: '',
    year_of_birth: 0,
    month_of_birth: 0,
    day_of_birth: 0,
    country_id: countryId,
    business_idx: 0,
    category_idx: 0,
    usepersonaddress: 0,
    nomailing: 0,
    retired: retired ? 1 : 0,
    deleted: 0,
    gender: 0,
    activeInterests: 0,
    associate_id: 1,
    group_id: 1,
    text_id: 0,
    userdef_id: 0,
    userdef2_id: 0,
    ...stamps,
  });
  database.table('email').insert({
    type: 0,
    description: '',
    email_address: email,
    rank: 1,
    contact_id: 0,
    person_id: personId,
    project_id: 0,
  });
  const associates = database.table('associate');
  associates.insert({
    name: login,
    person_id: personId,
    group_idx: group,
    role_id: 2,
    type: internalAssociate,
    deleted: retired ? 1 : 0,
    userName: email,
    ejuser_id: associates.nextId,
    rank: associates.nextId,
    tooltip: title,
    password,
  });
}

function emailOf({ firstName, lastName }: Employee): string {
  const plain = `${firstName}.${lastName}`.toLowerCase().replaceAll('ø', 'o').replaceAll('æ', 'ae');
  return `${plain.normalize('NFD').replace(/[^a-z.-]/g, '')}@superoffice.demo.invalid`;
}
