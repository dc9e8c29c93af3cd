import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Tenant } from '../../sandbox/entities/tenant.ts';
import { explaining } from './explaining.ts';

let tenant: Tenant;
let ask: Awaited<ReturnType<typeof explaining>>;

beforeAll(async () => {
  tenant = await Tenant.start();
  const parent = { 'Siteshop:CompUserKey01': "K'1" };
  await tenant.company({ CustomFields: parent });
  await tenant.company({ Name: 'Phoned', Phones: [{ Value: '+47 22' }] });
  ask = await explaining(tenant);
});

afterAll(async () => {
  await tenant.close();
  await rm(ask.folder, { recursive: true, force: true });
});

const day = 'a day wider, since SuperOffice may go by another clock';
const digits = 'the last digits are compared here';
const elsewhere = 'SuperOffice may leave out records that have nothing there';
const noColumn = 'SuperOffice has no column of it to filter by';
const letters = 'SuperOffice may take letters for the same that are not';
const noOrder = 'SuperOffice has another order of texts';
const blanks = 'blanks around a text do not count';
const backslash = 'SuperOffice cannot be asked for a backslash or a control character';

/** What SuperOffice is asked; null: nothing. Why sic looks again; null: SuperOffice decides alone. */
test.each<[datatype: string, criterion: string, filter: string | null, why: string | null]>([
  // Texts
  ['Company', 'Name=Æble Øl Å', "name begins 'Æble Øl Å' or name begins ' '", blanks],
  ['Company', "Name=Bob's", "name begins 'Bob\\'s' or name begins ' '", blanks],
  ['Company', 'Name="a; and (b) or c"', "name begins 'a; and (b) or c' or name begins ' '", blanks],
  ['Company', 'Name=5', "name is '5' or name begins ' '", blanks],
  ['Company', 'Name=C:\\temp', null, backslash],
  ['Company', 'Name=a\tb', null, backslash],
  ['Company', 'Name<>A', null, letters],
  ['Company', 'Name>A', null, noOrder],
  ['Company', 'Name=""', null, 'what SuperOffice calls empty is not documented'],
  ['Company', 'Name<>""', 'name isNotNull', 'what SuperOffice calls empty is looked at again'],
  ['Company', 'PostalCity=Oslo', "postAddress/city begins 'Oslo' or postAddress/city begins ' '", blanks],
  ['Company', 'Description=Oslo', null, noColumn],
  ['Company', 'upper(Name)=OSLO', null, 'SuperOffice cannot take the upper of a column'],
  ['Company', 'CompUserKey01=k-1', "contactUdef/Siteshop:CompUserKey01 is 'k-1'", null],
  ['Message', 'Body=Hei', "body begins 'Hei' or body begins ' '", blanks],
  // Numbers
  ['Company', 'SuperOfficeId=5', 'contactId eq 5', null],
  ['Company', 'SuperOfficeId<>5', 'contactId ne 5', null],
  ['Company', 'SuperOfficeId>5', 'contactId gt 5', null],
  ['Company', 'SuperOfficeId>=5', 'contactId gt 4', null],
  ['Company', 'SuperOfficeId<5', 'contactId lt 5', null],
  ['Company', 'SuperOfficeId<=5', 'contactId lt 6', null],
  ['Company', 'SuperOfficeId>4,5', 'contactId gt 4', null],
  ['Company', 'SuperOfficeId>=4,5', 'contactId gt 4', null],
  ['Company', 'SuperOfficeId<4,5', 'contactId lt 5', null],
  ['Company', 'SuperOfficeId<=-4,5', 'contactId lt -4', null],
  ['Company', 'SuperOfficeId=4,5', null, 'it is no whole number'],
  ['Company', 'SuperOfficeId<=2147483647', null, 'SuperOffice has no whole numbers of that size'],
  ['Company', 'CompUserNum01=7', 'contactUdef/Siteshop:CompUserNum01 eq 7', null],
  ['Company', 'CompUserNum01=0', null, elsewhere],
  ['Company', 'CompUserNum01>-1', null, elsewhere],
  ['Sale', 'Probability<50', 'probPercent lt 50 or probPercent isNull', null],
  ['Sale', 'Probability>=50', 'probPercent gt 49', null],
  ['Sale', 'Amount=83,5', 'amount between (83.4999,83.5001)', digits],
  ['Sale', 'Amount>83,5', 'amount gt 83.4999', digits],
  ['Sale', 'Amount>=-1', 'amount gt -1.0001 or amount isNull', digits],
  ['Sale', 'Amount<>1', null, digits],
  // Flags and choices
  ['Company', 'Stop=true', 'stop set true', null],
  ['Company', 'Stop<>TRUE', 'stop set false or stop isNull', null],
  ['Company', 'CompUserCheck01=FALSE', null, elsewhere],
  ['Sale', 'Status=sold', 'saleStatus oneOf (2)', null],
  ['Sale', 'Status<>Sold', 'saleStatus notOneOf (2) or saleStatus isNull', null],
  ['Document', 'Completed=TRUE', 'completed set true', null],
  ['Appointment', 'Completed=TRUE', 'rawStatus in (3)', null],
  ['Appointment', 'Private=Public', null, noColumn],
  // Lists by id, in any language, deleted items too
  ['Company', 'Category=Customer', 'category oneOf (1)', null],
  ['Company', 'Category=LEVERANDØR', 'category oneOf (3)', null],
  ['Company', 'Category=former customer', 'category oneOf (7)', null],
  ['Company', 'Category=#99', 'category oneOf (99)', null],
  ['Company', 'Category<>Customer', 'category notOneOf (1) or category isNull', null],
  ['Company', 'Category<>""', 'category isNotNull', 'what SuperOffice calls empty is looked at again'],
  ['Company', 'Interests=Nyhetsbrev', 'contactInterestIds oneOf (1)', null],
  ['Company', 'Interests<>Newsletter', null, 'SuperOffice may leave out records that have none at all'],
  ['Company', 'CompUserList01=Rail', 'contactUdef/Siteshop:CompUserList01 oneOf (4)', null],
  ['Ticket', 'Category=Administration/Accounting', 'categoryId in (3)', null],
  ['Ticket', 'AddTags=vip', 'tags intArrayOneOf (1)', null],
  // Countries and users
  ['Company', 'CountryName=NO', 'countryId in (578)', null],
  ['Company', 'CountryName<>Norge', 'countryId ne 578 or countryId isNull', null],
  ['Company', 'AssociateName=andersdyre', 'associateId associateIsOneOf (2)', null],
  ['Company', 'AssociateFullName=Anders Dyre', 'associateId associateIsOneOf (2)', null],
  ['Company', 'AssociateName<>ANDERSDYRE', 'associateId associateIsNotOneOf (2) or associateId isNull', null],
  ['Ticket', 'AssociateName=ANDERSDYRE', 'ownedBy/associateDbId associateIsOneOf (2)', null],
  ['Ticket', 'AssociateName<>ANDERSDYRE', null, elsewhere],
  // Days and moments
  ['Company', 'CreatedDate=2024-12-31', "registeredDate dateBetween ('2024-12-30','2025-01-01')", day],
  ['Company', 'CreatedDate=20241231', "registeredDate dateBetween ('2024-12-30','2025-01-01')", day],
  ['Company', 'CreatedDate>2024-12-31', "registeredDate after '2024-12-30'", day],
  ['Company', 'CreatedDate>=2024-12-31T00:00:00', "registeredDate after '2024-12-29'", day],
  ['Company', 'CreatedDate<2025-01-01', "registeredDate before '2025-01-02'", day],
  ['Company', 'CreatedDate<=2025-01-01', "registeredDate before '2025-01-03'", day],
  ['Company', 'CreatedDate<>2025-01-01', null, 'SuperOffice cannot leave out one day'],
  ['Company', 'CreatedDate>1000-01-01', null, 'not every database has such a day'],
  ['Company', 'CreatedDate<9999-12-31', null, 'not every database has such a day'],
  ['Company', 'year(CreatedDate)=2024', "registeredDate dateBetween ('2023-12-31','2025-01-01')", day],
  ['Company', 'year(CreatedDate)>2023,5', "registeredDate after '2023-12-30'", day],
  ['Company', 'year(CreatedDate)<=2023', "registeredDate before '2024-01-02'", day],
  ['Company', 'year(CreatedDate)<>2024', null, 'SuperOffice cannot leave out the days of a year'],
  ['Company', 'year(CreatedDate)=20244', null, 'it is no year of a calendar'],
  ['Company', 'month(CreatedDate)=12', null, 'SuperOffice cannot take the month of a column'],
  ['Ticket', 'Deadline>2024-12-31 23:30', "deadline afterTime '2024-12-30T00:00:00'", day],
  [
    'Ticket',
    'Deadline=2024-12-31',
    "deadline afterTime '2024-12-30T00:00:00' and deadline beforeTime '2025-01-02T00:00:00'",
    day,
  ],
  ['Person', 'BirthDate=2000-01-01', null, 'SuperOffice does not filter by that column'],
  ['Appointment', 'StartDate>=2024-01-01', null, noColumn],
  ['Appointment', 'EndDate>=2024-01-01', "endDate after '2023-12-30'", day],
  // Parents
  ['Person', "CompUserKey01=K'1", 'contactId in (2)', null],
  ['Person', "CompUserKey01<>K'1", 'contactId ne 2 or contactId isNull', null],
  ['Sale', "CompUserKey01=K'1", 'contactId oneOf (2)', null],
  ['Person', 'CompUserKey01=nobody', null, 'no record has it'],
  ['Person', 'CompUserKey01=no\\body', null, backslash],
])('%s: %s', async (datatype, criterion, filter, why) => {
  const { criteria, archive } = await ask(datatype, criterion);
  expect(criteria).toEqual([
    expect.objectContaining({ criterion, superoffice: filter, why, here: why !== null }),
  ]);
  // They are in the specification, and fail (reading.md, section 8).
  expect(archive?.filter).not.toMatch(/ (?:ge|le) /);
});

test('several of them are asked for together, and an or stays in its own', async () => {
  const { archive } = await ask('Company', 'Stop=FALSE;Name=A', 'SuperOfficeId>5');
  expect(archive?.filter).toBe(
    "contactId gt 0 and (stop set false or stop isNull) and (name begins 'A' or name begins ' ') and contactId gt 5",
  );
});

test('phones and keys beside the records are looked up in their own table', async () => {
  expect(await ask('Company', 'Phone1=+47 22')).toMatchObject({
    criteria: [
      {
        superoffice: null,
        lookedUp: { asked: "dynamic, phone.phone is '+47 22'", records: 1 },
        why: noColumn,
      },
    ],
    archive: { filter: 'contactId gt 0 and contactId in (3)' },
  });
  expect(await ask('Ticket', 'TickUserKey01=T-1')).toMatchObject({
    criteria: [{ lookedUp: { asked: "ForeignKeys, keyValue is 'T-1'", records: 0 } }],
  });
});
