import type { Datatype } from '../../datatypes/datatype.ts';
import type { Problem } from '../../problems/problem.ts';
import type { Existing } from '../../records/current.ts';
import type { Directory } from '../resolve/directory.ts';
import type { Wanted } from './value.ts';

/**
 * Two writes that SuperOffice warns of and does not stop (reading.md, section 3.4): renaming the company that owns the
 * licence, and moving a person who is a user to another company. Both lock people out.
 */
export function guardProblem(
  datatype: Datatype,
  want: Wanted,
  existing: Existing,
  directory: Directory,
): Problem | null {
  if (datatype.name === 'Company' && want.field.name === 'Name') {
    const owner = directory.associates.find(
      associate => associate.id === directory.principal.associateId,
    )?.contactId;
    if (
      existing.id === owner ||
      directory.associates.some(user => user.active && user.contactId === existing.id)
    )
      return {
        field: want.field.name,
        value: want.text,
        code: 'owner-company',
        message: 'This company owns the SuperOffice licence: renaming it locks its users out.',
        tip: 'Leave the name as it is in SuperOffice, or rename the company there together with SuperOffice support.',
      };
  }
  if (datatype.name === 'Person' && want.field.kind === 'relation') {
    const user = directory.associates.find(associate => associate.personId === existing.id);
    if (user)
      return {
        field: want.field.name,
        value: want.text,
        code: 'person-is-user',
        message: `This person is the SuperOffice user ${user.name}: moving them to another company locks them out.`,
        tip: 'Leave users in their company.',
      };
  }
  return null;
}

const ofTheCompany = new Set(['Associate', 'Business', 'Category']);

/**
 * Our contact, business and category of a person with a company are the company's, and read-only
 * (writing.md, section 2): sending them would change nothing, tonight and every night.
 */
export function mirrored(
  datatype: Datatype,
  want: Wanted,
  row: readonly Wanted[],
  existing: Existing | null,
): Problem | null {
  const { slot } = want.field;
  if (datatype.name !== 'Person' || slot.at !== 'reference' || !ofTheCompany.has(slot.property)) return null;
  const company = row.find(other => other.field.kind === 'relation');
  const hasCompany = company
    ? Number(company.value ?? 0) > 0 || company.planned === true
    : Number(existing?.archive.cells.get('contactId')?.raw ?? 0) > 0;
  if (!hasCompany) return null;
  return {
    field: want.field.name,
    value: want.text,
    code: 'follows-company',
    message: `${want.field.name} of a person with a company is the company's, and was left alone.`,
    tip: 'Set it on the company, and leave this column out of the person file.',
  };
}
