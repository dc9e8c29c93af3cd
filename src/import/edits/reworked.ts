import type { Datatype, DatatypeName } from '../../datatypes/datatype.ts';
import type { Existing } from '../../records/current.ts';
import type { Wanted } from '../plan/value.ts';

/** A person brings their company along, and another company leaves the person behind. */
const ofEachOther = { Contact: ['Person'], Person: ['Contact'] };

/**
 * What SuperOffice may change by itself when something else is written, by what is written: documented, or not ruled out
 * (writing.md, section 2). After such a write nobody can tell what these fields hold, unless they were written as well.
 */
const follow: Readonly<Partial<Record<DatatypeName, Readonly<Record<string, readonly string[]>>>>> = {
  Person: { Contact: ['Country', 'Associate', 'Business', 'Category'] },
  Sale: {
    Rating: ['Probability', 'Status'],
    SaleType: ['Rating', 'Probability'],
    Status: ['Rating', 'Probability', 'Saledate', 'ReopenDate'],
    Amount: ['Earning', 'EarningPercent'],
    Currency: ['Amount', 'Earning', 'EarningPercent'],
    ...ofEachOther,
  },
  Document: ofEachOther,
  Appointment: {
    ...ofEachOther,
    StartDate: ['EndDate', 'IsAlldayEvent'],
    EndDate: ['IsAlldayEvent'],
    IsAlldayEvent: ['StartDate', 'EndDate'],
  },
  Ticket: { Category: ['OwnedBy', 'Priority', 'Deadline'], Priority: ['Deadline'], Status: ['OwnedBy'] },
  Message: { Body: ['HtmlBody'], HtmlBody: ['Body'] },
};

/** Places that SuperOffice may have changed by itself when it wrote these. */
export function reworkedBy({ name }: Datatype, written: readonly string[]): string[] {
  const rules = follow[name] ?? {};
  return written.flatMap(at => rules[at] ?? []);
}

/** Of a person with a company these are the company's, and change with it (`mirrored` in plan/guards.ts). */
export function sharedWithCompany(
  { name }: Datatype,
  wanted: readonly Wanted[],
  existing: Existing | null,
): string[] {
  if (name !== 'Person') return [];
  const company = wanted.find(({ field }) => field.kind === 'relation');
  const id = company ? company.value : existing?.archive.cells.get('contactId')?.raw;
  return Number(id ?? 0) > 0 ? ['Associate', 'Business', 'Category'] : [];
}
