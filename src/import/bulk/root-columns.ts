import type { DatatypeName } from '../../datatypes/datatype.ts';
import type { PlainValue } from '../../records/value.ts';
import type { Wanted } from '../plan/value.ts';
import { flagCell, integerCell, textCell } from './cells.ts';

type Cells = Readonly<Record<string, string>>;
type Column = (value: PlainValue) => Cells | null;

const text =
  (column: string): Column =>
  value => {
    const cell = textCell(value);
    return cell === null ? null : { [column]: cell };
  };
const flag =
  (column: string): Column =>
  value => ({ [column]: flagCell(value) });
const reference =
  (column: string): Column =>
  value => ({ [column]: integerCell(Number(value ?? 0)) });

/** Three numbers, 0 for what is not known. */
const birthDate: Column = value => {
  const [year = 0, month = 0, day = 0] = value === null ? [] : String(value).split('-').map(Number);
  return {
    year_of_birth: integerCell(year),
    month_of_birth: integerCell(month),
    day_of_birth: integerCell(day),
  };
};

/**
 * Properties that are nothing but a column of the root table (writing.md, section 7.1). What is not here needs what
 * SuperOffice does around it (section 6.5): names of companies and projects have a soundEx, numbers are allocated, category,
 * business and our contact of a company stand on its persons too, notes are in another table, and what belongs to
 * another record brings more along. Of other datatypes nothing is written but more-page fields.
 */
const columns: Readonly<Partial<Record<DatatypeName, Readonly<Record<string, Column>>>>> = {
  Company: {
    Department: text('department'),
    OrgNr: text('orgNr'),
    Number1: text('number1'),
    Country: reference('country_id'),
    Xstop: flag('xstop'),
    NoMailing: flag('nomailing'),
  },
  Person: {
    Firstname: text('firstname'),
    MiddleName: text('middleName'),
    Lastname: text('lastname'),
    Mrmrs: text('mrmrs'),
    Salutation: text('salutation'),
    Title: text('title'),
    Position: reference('position_idx'),
    BirthDate: birthDate,
    Country: reference('country_id'),
    UsePersonAddress: flag('usepersonaddress'),
    Retired: flag('retired'),
    NoMailing: flag('nomailing'),
  },
};

/** What a property is in its columns; null: it is to be written in another way. */
export function rootCells(datatype: DatatypeName, { field: { slot }, value }: Wanted): Cells | null {
  return 'property' in slot ? (columns[datatype]?.[slot.property]?.(value) ?? null) : null;
}
