import { isObject, pick } from '../../http/names.ts';
import { ejUserCarrier, ejUserOfAssociate, systemEjUser } from '../carriers/service-user.ts';
import type { FieldInfo, Property } from '../property.ts';
import { numberOf, shown, toInteger } from '../values.ts';

const associateField: FieldInfo = { type: 'SuperOffice.CRM.Services.Associate', length: 4 };

/** `AssociateId` that leaves the choice of the owner to the category (writing.md, section 5.1). Kept until the save resolves it. */
export const ownerByCategoryRules = 2_147_483_647;

/** Who owns a ticket: an associate in the carrier, a user of customer service in the column. */
export function owner(name: string, column: string): Property {
  return {
    name,
    column,
    list: 'associate',
    empty: null,
    field: associateField,
    read: ({ row, reading }) => ejUserCarrier(numberOf(row[column]), reading),
    write: (draft, value) => {
      const id = value === null ? 0 : isObject(value) ? toInteger(pick(value, 'AssociateId')) : undefined;
      if (id === undefined) draft.reject(name, `${shown(value)} has no AssociateId`);
      else if (id === 0) draft.columns[column] = systemEjUser;
      else if (id === ownerByCategoryRules) draft.columns[column] = ownerByCategoryRules;
      else {
        const user = ejUserOfAssociate(draft.writing.database, id);
        if (user === 0) draft.reject(name, `no user of customer service has AssociateId ${id}`);
        else draft.columns[column] = user;
      }
    },
  };
}

/** Who made a ticket or message: the server's to say. */
export function madeBy(name: string, column: string): Property {
  return {
    name,
    field: associateField,
    read: ({ row, reading }) => ejUserCarrier(numberOf(row[column]), reading),
  };
}
