import type { Json, Tenant } from '../sandbox/entities/tenant.ts';
import { CrmUsers, messyTexts } from './crm-users.ts';

/** The keys of requests and messages belong to the customer. */
const device = '17PS01010001';

/** Of the demo seed. */
const greece = 300;
const onHold = 3;
const retiredUser = 8;
const namesakeOfIngrid = 6;

const [formula, apostrophe, marks, letters] = messyTexts;

/** Users work in a SuperOffice that has the records of examples/all: they change them, add others, and leave a mess. */
export async function makeAMess(tenant: Tenant): Promise<void> {
  const users = new CrmUsers(tenant);
  const lists = await messUpLists(users);
  await renameUsers(users);
  const company = await companies(users, lists);
  const person = await persons(users, company);
  const project = await projects(users);
  const sale = await sales(users, { company, person, project }, lists);
  await appointments(users, { company, person, project, sale });
  await documents(users, { company, person, project, sale });
  await tickets(users, { person, sale, project }, lists);
}

/** Ids of list items that no file can name plainly. */
interface Lists {
  /** Reads like another one in English. */
  readonly namesake: number;
  /** Reads like another one, in another list. */
  readonly twin: number;
  readonly retired: number;
  /** Deleted, and made again since. */
  readonly renewed: number;
  readonly business: number;
  readonly interests: readonly number[];
  readonly tags: readonly number[];
}

async function messUpLists(users: CrmUsers): Promise<Lists> {
  const namesake = await users.addItem('Category', { Name: 'US:"Partner";NO:"Samarbeidspartner"' });
  const twin = await users.addItem('Business', { Name: 'US:"IT";NO:"Data"' });
  const retired = await users.addItem('Category', { Name: '  Old; "quoted"|category,  with blanks ' });
  await users.removeItem('Category', retired);
  const renewed = await users.addItem('Source', { Name: 'Cold call' });
  await users.removeItem('Source', renewed);
  await users.addItem('Source', { Name: 'US:"Cold call";NO:"Kald kanvas"' });
  const business = await users.addItem('Business', { Name: 'Gone business' });
  const interestList = await users.listNumber('contint');
  const interests = [
    await users.addItem(interestList, { Name: 'Sea | sky' }),
    await users.addItem(interestList, { Name: 'Gone interest' }),
  ];
  const tags = [await users.addItem(await users.listNumber('tags'), { Name: 'Fish, fresh' })];
  return { namesake, twin, retired, renewed, business, interests, tags };
}

async function renameUsers(users: CrmUsers): Promise<void> {
  // Two users are called Ingrid Solbakken from now on.
  await users.change('Person', namesakeOfIngrid, { Firstname: 'Ingrid', Lastname: 'Solbakken' });
}

function morePage(prefix: string, over: Json = {}): Json {
  const values: Json = {
    Text01: `${formula}`.slice(0, 39),
    Text02: letters,
    Text03: "'-1",
    Text04: `${marks} ${apostrophe}`,
    Num01: '[I:-2147483648]',
    Num02: '[I:2147483647]',
    Dec01: '[F:-0.0000001]',
    Dec02: '[F:1000000000000000000000]',
    Check01: '[I:1]',
    Date01: '[D:05/31/1999]',
    Date02: '[D:12/31/1899]',
    ...over,
  };
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [`Siteshop:${prefix}User${name}`, value]),
  );
}

async function companies(users: CrmUsers, lists: Lists): Promise<number> {
  const key = (text: string): Json => ({ 'Siteshop:CompUserKey01': text });
  const full = await users.create(
    'Contact',
    {
      Name: messyTexts[0].trim(),
      Department: '  outer blanks  ',
      OrgNr: '-5',
      Number1: '0005',
      Number2: '1,5E+10',
      Description: messyTexts.join('\r\n'),
      Phones: ['1', '2 ', ' 3', '4', '5'].map((Value, n) => ({ Value, Description: `number ${n}` })),
      Faxes: [{ Value: '+47 1' }, { Value: '+47 2' }],
      Emails: ['a@x.example', 'b@x.example', 'c@x.example'].map(Value => ({ Value, Description: 'of Åse' })),
      Urls: [{ Value: 'https://x.example/?a=1&b=2;c="3"' }],
      Category: { Id: lists.namesake },
      Business: { Id: lists.twin },
      Interests: [1, 3, ...lists.interests].filter(id => id > 0).map(Id => ({ Id, Selected: true })),
      Associate: { AssociateId: retiredUser },
      Address: {
        Postal: { Address1: '=1+1', Zipcode: '0005', City: 'Å;"' },
        Street: { Address1: '- 5', City: '\tTab' },
      },
      CustomFields: { ...key('MESS-1'), ...morePage('Comp') },
    },
    'ContactId',
  );
  await users.create('Contact', {
    Name: 'Retired items',
    Country: { CountryId: greece },
    Category: { Id: lists.retired },
    Business: { Id: lists.business },
    Associate: { AssociateId: 3 },
    CustomFields: { ...key('MESS-2'), ...morePage('Comp', { Date02: '[D:01/01/2100]' }) },
  });
  for (const [index, text] of messyTexts.entries())
    await users.create('Contact', {
      Name: text,
      Description: text,
      Phones: [{ Value: text }, { Value: `${text} 2` }],
      CustomFields: { ...key(`TEXT-${index}`), 'Siteshop:CompUserText01': text.slice(0, 39) },
    });
  // Of nobody's file: no key.
  await users.create('Contact', { Name: 'Without a key' });
  await users.create('Contact', {
    Name: 'Strange days',
    CustomFields: { ...key('MESS-3'), 'Siteshop:CompUserDate02': '[D:03/01/0205]' },
  });
  await users.create('Contact', {
    Name: 'No day at all',
    CustomFields: { ...key('MESS-4'), 'Siteshop:CompUserDate02': '[D:01/01/0001]' },
  });
  await users.removeItem('Business', lists.business);
  const gone = lists.interests.at(-1) ?? 0;
  if (gone > 0) await users.removeItem(await users.listNumber('contint'), gone);
  await users.removeItem('Country', greece);
  await users.removeItem('ProjectStatus', onHold);
  return full;
}

async function persons(users: CrmUsers, company: number): Promise<number> {
  const key = (text: string): Json => ({ 'Siteshop:PersUserKey01': text });
  const id = await users.create('Person', {
    Firstname: ' Kari ',
    Lastname: `O'Brien; "Kåre"`,
    Contact: { ContactId: company },
    Description: messyTexts[0],
    BirthDate: '1899-12-31T00:00:00',
    OfficePhones: ['1', '2', '3', '4', '5'].map(Value => ({ Value, Description: 'desk' })),
    Emails: [{ Value: 'k@x.example', Description: 'work' }],
    Retired: true,
    CustomFields: { ...key('MESS-1'), ...morePage('Pers') },
  });
  const colleague = await users.create('Person', {
    Lastname: 'Flyttet',
    Contact: { ContactId: company },
    CustomFields: key('MESS-2'),
  });
  const other = await users.idOf('Contact', 'contactUdef/Siteshop:CompUserKey01', 'K-1001');
  await users.change('Person', colleague, { Contact: { ContactId: other } });
  const moved = await users.idOf('Person', 'personUdef/Siteshop:PersUserKey01', 'P-2002');
  await users.change('Person', moved, { Contact: { ContactId: company }, Retired: true });
  await users.create('Person', { Lastname: 'Without a key', Contact: { ContactId: company } });
  const nameless = await users.create('Contact', { Name: 'Without a key too' }, 'ContactId');
  await users.create('Person', {
    Lastname: 'Moved to a company without a key',
    Contact: { ContactId: nameless },
    CustomFields: key('MESS-3'),
  });
  const gone = await users.create(
    'Contact',
    { Name: 'Deleted', CustomFields: { 'Siteshop:CompUserKey01': 'GONE' } },
    'ContactId',
  );
  await users.create('Person', {
    Lastname: 'Of a company that is gone',
    Contact: { ContactId: gone },
    CustomFields: key('MESS-4'),
  });
  await users.remove('Contact', gone);
  return id;
}

async function projects(users: CrmUsers): Promise<number> {
  const id = await users.create('Project', {
    Name: '=cmd|x',
    ProjectStatus: { Id: onHold },
    Description: messyTexts[0],
    Postit: messyTexts[8],
    EndDate: '2100-12-31T00:00:00',
    Associate: { AssociateId: retiredUser },
    CustomFields: { 'Siteshop:ProjUserKey01': 'MESS-1', ...morePage('Proj') },
  });
  await users.create('Project', { Name: 'Without a key' });
  return id;
}

interface Relations {
  readonly company: number;
  readonly person: number;
  readonly project: number;
  readonly sale: number;
}

async function sales(users: CrmUsers, of: Omit<Relations, 'sale'>, lists: Lists): Promise<number> {
  const relations = {
    Contact: { ContactId: of.company },
    Person: { PersonId: of.person },
    Project: { ProjectId: of.project },
  };
  const sale = (key: string, body: Json): Promise<number> =>
    users.create('Sale', {
      ...relations,
      Heading: `Sale ${key}`,
      ...body,
      CustomFields: { 'Siteshop:SaleUserKey01': key, ...morePage('Sale') },
    });
  const id = await sale('MESS-1', {
    Amount: 333.33,
    EarningPercent: 33.33,
    Earning: 111,
    Probability: 47,
    Source: { Id: lists.renewed },
  });
  await sale('MESS-2', { Amount: 0, EarningPercent: 40, Earning: 12.5 });
  await sale('MESS-3', { Amount: 0.1, EarningPercent: 100 / 3 });
  await sale('MESS-4', {
    Amount: -1e7,
    EarningPercent: -0.0000001,
    Currency: { Id: 2 },
    SaleText: messyTexts[0],
    Postit: messyTexts[7],
  });
  const known = await users.idOf('Sale', 'saleUdef/Siteshop:SaleUserKey01', 'S-3001');
  await users.change('Sale', known, { Probability: 1, Earning: 263000, EarningPercent: 38.5 });
  await users.create('Sale', { ...relations, Heading: 'Without a key' });
  return id;
}

async function appointments(users: CrmUsers, of: Relations): Promise<void> {
  const appointment = (key: string, body: Json): Promise<number> =>
    users.create('Appointment', {
      Contact: { ContactId: of.company },
      Person: { PersonId: of.person },
      Project: { ProjectId: of.project },
      Sale: { SaleId: of.sale },
      ...body,
      CustomFields: { 'Siteshop:AppoUserKey01': key, ...morePage('Appo') },
    });
  await appointment('MESS-1', {
    StartDate: '2026-01-31T00:00:00',
    EndDate: '2026-02-01T23:59:00',
    IsAlldayEvent: true,
    Title: messyTexts[2],
    Description: messyTexts[0],
  });
  const endless = await appointment('MESS-2', {
    StartDate: '2026-01-31T14:30:15',
    EndDate: '2026-01-31T14:30:15',
  });
  await users.change('Appointment', endless, { EndDate: '0001-01-01T00:00:00' });
  const late = await appointment('MESS-3', {
    StartDate: '2026-01-31T14:30:00',
    EndDate: '2026-01-31T15:30:00',
  });
  // SuperOffice does not move the end along.
  await users.change('Appointment', late, { StartDate: '2026-03-31T14:30:00' });
  await appointment('MESS-4', {
    StartDate: '1899-12-31T23:59:59',
    EndDate: '2100-01-01T00:00:00',
    Private: 'PrivateUser',
  });
}

async function documents(users: CrmUsers, of: Relations): Promise<void> {
  const document = async (key: string, name: string, content: string | null): Promise<void> => {
    const id = await users.create('Document', {
      Header: `Document ${key}`,
      Name: name,
      Contact: { ContactId: of.company },
      Person: { PersonId: of.person },
      Description: messyTexts[0],
      CustomFields: { 'Siteshop:DocuUserKey01': key, ...morePage('Docu') },
    });
    if (content !== null) await users.fill(id, content);
  };
  await document('MESS-1', 'offer.txt', 'one');
  await document('MESS-2', 'offer.txt', 'two');
  await document('MESS-3', 'a:b/c?"d".txt', 'three');
  await document('MESS-4', 'never filled: x/y.txt', null);
  await document('MESS-5', 'trailing dot.', 'five');
  await document('MESS-6', '..', 'six');
  await document('MESS-7', 'æøå 😀 .txt ', 'seven');
  await document('MESS-8', 'C:\\temp\\x.doc', null);
  await document('MESS-9', '', null);
}

async function tickets(users: CrmUsers, of: Omit<Relations, 'company'>, lists: Lists): Promise<void> {
  const ticket = async (key: string, body: Json): Promise<number> => {
    const id = await users.create('Ticket', body);
    await users.giveForeignKey(device, 'TickUserKey01', key, id, 'ticket');
    return id;
  };
  const message = async (key: string, body: Json): Promise<number> => {
    const id = await users.create('TicketMessage', body, 'EjMessageId');
    await users.giveForeignKey(device, 'MessUserKey01', key, id, 'ej_message');
    return id;
  };
  const extra = {
    x_text01: '=1+1',
    x_number01: '[I:-5]',
    x_check01: '[I:1]',
    x_date01: '[D:12/31/1999]',
    x_decimal01: '[F:0.0000001]',
  };
  const one = await ticket('MESS-1', {
    Title: '-5; "x"\t😀',
    Person: { PersonId: of.person },
    Sale: { SaleId: of.sale },
    Project: { ProjectId: of.project },
    Status: { TicketStatusId: 2 },
    Tags: [3, 1, ...lists.tags].filter(id => id > 0).map(Id => ({ Id })),
    OwnedBy: { AssociateId: retiredUser },
    CustomFields: extra,
  });
  const gone = await ticket('MESS-2', { Title: 'To be deleted' });
  const Ticket = { TicketId: one };
  await message('MESS-1', { Ticket, Body: messyTexts.join('\r\n'), Type: 'Plain', CustomFields: extra });
  const html = await message('MESS-2', {
    Ticket,
    Body: 'Hei',
    HtmlBody: '<p>Hei ]]> &amp; <b>"du"</b></p>\r\n',
    Type: 'Html',
  });
  await users.attach(html, [
    ['image.png', 'first'],
    ['image.png', 'second'],
    ['IMAGE.png', 'third'],
    ['a|b: c?.txt', 'fourth'],
    ['.', 'fifth'],
    ['image.png', 'first'],
  ]);
  await message('MESS-3', { Ticket, Body: ' \r\n', Slevel: 'External', Important: true });
  await message('MESS-4', { Ticket: { TicketId: gone }, Body: 'Of a request that is deleted' });
  await users.remove('Ticket', gone);
  await users.create('TicketMessage', { Ticket, Body: 'Without a key' });
  const closed = await users.recordOf(device, 'TickUserKey01', 'T-6001');
  await users.change('Ticket', closed, { Status: { TicketStatusId: 2 } });
}
