import { type ExtraField, extraField, extraFieldsOf } from '../../extra-fields/definitions.ts';
import type { Column, RestrictionType } from '../column.ts';
import { isoOf } from '../dates.ts';
import { computed } from './build.ts';
import type { ColumnGroup } from './group.ts';

/** How each field type restricts and is answered: as a user-defined field of the same kind (reading.md, section 9). */
const kinds: Readonly<Record<ExtraField['type'], readonly [Column['kind'], RestrictionType]>> = {
  ShortText: ['string', 'string'],
  LongText: ['string', 'string'],
  Integer: ['integer', 'int'],
  Decimal: ['decimal', 'decimal'],
  Checkbox: ['bool', 'bool'],
  Date: ['date', 'date'],
  DateTime: ['datetime', 'datetime'],
};

/** The extra fields of a table by name: what stands behind `extra/` and `ticketMessageExtra/`. */
export function extraGroup(table: string): ColumnGroup {
  return {
    find: (name, database) => {
      const field = extraField(database, table, name);
      return field && extraColumn(table, field);
    },
    all: database => extraFieldsOf(database, table).map(field => extraColumn(table, field)),
  };
}

function extraColumn(table: string, field: ExtraField): Column {
  const [kind, restriction] = kinds[field.type];
  return {
    ...computed(field.name, kind, restriction, row => {
      const value = row[field.name] ?? null;
      if (kind === 'bool') return Boolean(value);
      return kind === 'date' || kind === 'datetime' ? isoOf(value) : value;
    }),
    label: field.label,
    owners: (value, { database }) => database.table(table).findIfIndexed(field.name, value),
  };
}
