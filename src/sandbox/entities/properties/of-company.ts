import type { EntityRecord, Property, Reading } from '../property.ts';
import { numberOf } from '../values.ts';

/**
 * Associate, Business and Category of a person are its company's: read from there, and what is sent is passed over
 * (writing.md, section 2: mask `Read`, reason `SR_ACCESS_PERSONONCOMPANY`).
 */
export function ofCompany(
  name: 'Associate' | 'Business' | 'Category',
  column: string,
  list: string,
  carrier: (id: number, reading: Reading) => unknown,
): Property {
  return {
    name,
    list,
    field: {
      type: `SuperOffice.CRM.Services.${name}`,
      length: 4,
      mask: 'Read',
      reason: '[SR_ACCESS_PERSONONCOMPANY]',
    },
    read: record => carrier(companyValue(record, column), record.reading),
  };
}

function companyValue({ row, reading }: EntityRecord, column: string): number {
  const company = reading.database.table('contact').get(numberOf(row.contact_id));
  return numberOf((company ?? row)[column]);
}
