import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openDesk } from './desk.ts';

const keyFields = {
  Company: 'CompUserKey01',
  Person: 'PersUserKey01',
  Sale: 'SaleUserKey01',
  Appointment: 'AppoUserKey01',
};
type Name = keyof typeof keyFields;

/** A few values per column: rows often say again what they said before, and often something else. '' clears or keeps. */
const columns: Readonly<Record<Name, Readonly<Record<string, readonly string[]>>>> = {
  Company: {
    Name: ['Fjordbygg AS', 'Møllevang  ApS', 'Granit AB'],
    Phone1: ['', '11', '22'],
    Phone2: ['', '22', '33'],
    Phone3: ['', '11', '44'],
    Email1: ['', 'a@example.com', 'b@example.com'],
    Category: ['', 'Customer', 'Brand new', 'Partner'],
    Interests: ['', 'Golf', 'Sailing|Golf', 'Chess'],
    PostalCity: ['', 'Ålesund', 'Molde'],
    PostalAddress1: ['', 'Kaia 1', 'Boks 7'],
    CountryName: ['Norway', 'Denmark', 'DK'],
    AssociateName: ['ANDERSDYRE', 'NOBODY', 'SIC'],
    AssociateFullName: ['', 'Anders Dyre', 'Nobody at all'],
    NoMailing: ['TRUE', 'FALSE', ''],
    CompUserText01: ['', 'Kai 4', 'Kai 5'],
    CompUserNum01: ['', '5', '05'],
    CompUserDate01: ['', '2026-01-31', '2026-02-28'],
  },
  Person: {
    CompUserKey01: ['A', 'B'],
    Firstname: ['', 'Kari', 'Ola'],
    Lastname: ['Nordmann', 'Hansen'],
    Category: ['Customer', 'Partner'],
    MobilePhone1: ['', '91', '92'],
    Email1: ['', 'a@example.com', 'b@example.com'],
    BirthDate: ['', '1980-01-31'],
    CountryName: ['Norway', 'Denmark'],
    Retired: ['TRUE', 'FALSE'],
  },
  Sale: {
    Amount: ['', '1000', '1500,50', '0'],
    EarningPercent: ['', '10', '33.3'],
    Earning: ['', '100', '250.75'],
    Cost: ['', '900', '1000', '1234'],
    Stage: ['', 'Offer', 'Sold'],
    Probability: ['', '20', '80'],
    SaleType: ['', 'Sale'],
    Status: ['Open', 'Sold', 'Lost'],
    Saledate: ['2026-01-31', '2026-03-31'],
    Heading: ['Crane', 'Truck'],
    CompUserKey01: ['A', 'B'],
  },
  Appointment: {
    StartDate: ['2026-01-31 10:00', '2026-02-01 08:30'],
    EndDate: ['', '2026-02-01 09:30', '2026-02-02 10:00'],
    IsAlldayEvent: ['', 'TRUE', 'FALSE'],
    Completed: ['NotStarted', 'Completed'],
    AssociateName: ['ANDERSDYRE', 'NOBODY'],
    CompUserKey01: ['A', 'B'],
  },
};

/** What a new record needs, so that not every row is rejected. */
const needed: Readonly<Record<Name, readonly string[]>> = {
  Company: ['Name'],
  Person: ['Lastname', 'CompUserKey01'],
  Sale: ['Heading', 'CompUserKey01'],
  Appointment: ['StartDate', 'CompUserKey01'],
};

interface Step {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly clears: boolean;
  readonly full: boolean;
}

function stepOf(name: Name): fc.Arbitrary<Step> {
  const all = Object.keys(columns[name]);
  return fc
    .tuple(fc.subarray(all, { minLength: 1 }), fc.boolean(), fc.boolean())
    .chain(([some, hasNeeded, clears]) => {
      const chosen = hasNeeded ? [...new Set([...needed[name], ...some])] : some;
      const row = fc.tuple(...chosen.map(column => fc.constantFrom(...(columns[name][column] ?? ['']))));
      return fc.record({
        columns: fc.constant(chosen),
        rows: fc.array(row, { minLength: 3, maxLength: 3 }),
        clears: fc.constant(clears),
        full: fc.boolean(),
      });
    });
}

test.each([
  ['Company', {}],
  ['Person', {}],
  ['Sale', {}],
  ['Sale', { 'rating-moves-probability': 'no', 'earning-recalculated': 'no' }],
  ['Appointment', {}],
] as const)(
  '%s %o: without users there is never a conflict, whatever files say one after the other',
  async (name, quirks) => {
    const desk = await openDesk(
      {
        mappings: [{ match: 'clears*', empty: 'clear' }],
        lists: { Category: { missing: 'add' }, Interests: { missing: 'add' } },
      },
      { quirks },
    );
    const { file, run } = desk;
    await file('companies.csv', ['CompUserKey01;Name;Category', 'A;Alfa;Customer', 'B;Beta;Partner']);
    await run('import', 'companies.csv');
    let sequence = 0;
    let updated = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(stepOf(name), { minLength: 6, maxLength: 9 }), async steps => {
        sequence++;
        await file('first.csv', [
          [keyFields[name], ...needed[name]].join(';'),
          ...[0, 1, 2].map(index =>
            [`K-${sequence}-${index}`, ...needed[name].map(column => columns[name][column]?.[0])].join(';'),
          ),
        ]);
        expect(await run('import', 'first.csv', '--datatype', name)).toMatchObject({
          counts: { created: 3 },
        });
        for (const { columns: header, rows, clears, full } of steps) {
          const path = `${clears ? 'clears' : 'keeps'}.csv`;
          await file(path, [
            [keyFields[name], ...header].join(';'),
            ...rows.map((row, index) => [`K-${sequence}-${index}`, ...row].join(';')),
          ]);
          const flags = ['--datatype', name, ...(full ? ['--full'] : [])];
          const answer = await run('import', path, ...flags, '--on-conflict', 'report', '--rows');
          expect(answer.counts, JSON.stringify(answer.rows)).toMatchObject({ conflict: 0, failed: 0 });
          updated += answer.counts.updated ?? 0;
        }
      }),
      { numRuns: 4, endOnFailure: true },
    );
    // Or it would prove nothing.
    expect(updated).toBeGreaterThan(10);
  },
  120_000,
);
