import type { Column } from '../column.ts';
import { columnsOf, computed } from './build.ts';
import { nameAndDepartment, numberIn, personFullName } from './names.ts';

const person = columnsOf('person');

/** `YYYY-MM-DD` of a birthday whose year, month and day are known. */
function birthdate(year: number, month: number, day: number): string | null {
  if (year === 0 || month === 0 || day === 0) return null;
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}T00:00:00`;
}

/** Columns that every view of a person has. */
export const personNames: readonly Column[] = [
  person.integer('personId', 'person_id'),
  person.text('firstName', 'firstname'),
  person.text('lastName', 'lastname'),
  person.text('middleName', 'middleName'),
  computed('fullName', 'string', 'string', personFullName),
  computed('fullNameWithContact', 'string', null, (row, { database }) => {
    const company = nameAndDepartment(database.table('contact').get(numberIn(row, 'contact_id')));
    return company === '' ? personFullName(row) : `${personFullName(row)} (${company})`;
  }),
  person.integer('contactId', 'contact_id'),
  person.text('mrMrs', 'mrmrs'),
  person.text('title', 'title'),
  person.text('personNumber', 'person_number'),
  person.text('kanaFirstName', 'kanafname'),
  person.text('kanaLastName', 'kanalname'),
  person.integer('rank', 'rank'),
  person.integer('birthYear', 'year_of_birth'),
  person.integer('birthMonth', 'month_of_birth'),
  person.integer('birthDay', 'day_of_birth'),
  computed(
    'birthdate',
    'date',
    null,
    row =>
      birthdate(
        numberIn(row, 'year_of_birth'),
        numberIn(row, 'month_of_birth'),
        numberIn(row, 'day_of_birth'),
      ),
    { sortable: false },
  ),
];
