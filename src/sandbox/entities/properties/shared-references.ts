import { associateCarrier } from '../carriers/associate.ts';
import { listItemCarrier } from '../carriers/list-item.ts';
import type { FieldInfo, Property } from '../property.ts';
import { numberOf } from '../values.ts';
import { reference } from './reference.ts';
import { mandatoryField } from './scalar.ts';

const associateField: FieldInfo = { type: 'SuperOffice.CRM.Services.Associate', length: 4 };

/** An owner or another colleague, changed by its `AssociateId`. */
export function associate(name: string, column: string): Property {
  return reference({
    name,
    column,
    idProperty: 'AssociateId',
    table: 'associate',
    list: 'associate',
    field: associateField,
    carrier: associateCarrier,
  });
}

/** Who made or last changed the record: the server's to say. null before anyone did. */
export function stampAssociate(name: string, column: string): Property {
  return {
    name,
    field: associateField,
    read: ({ row, reading }) => associateCarrier(numberOf(row[column]), reading),
  };
}

/**
 * Customer service's references. Without a value a company's priority and language are empty carriers, a person's are
 * null: so the fixtures of the official client.
 */
export function supportReferences(
  none: 'empty' | 'null',
): Readonly<Record<'SupportAssociate' | 'TicketPriority' | 'CustomerLanguage', Property>> {
  const item = (name: string, column: string, table: string | null, list: string): Property =>
    reference({
      name,
      column,
      idProperty: 'Id',
      table,
      list,
      field: { type: `SuperOffice.CRM.Services.${name}`, length: 4 },
      carrier: (id, reading) => (id === 0 && none === 'null' ? null : listItemCarrier(table, id, reading)),
    });
  return {
    SupportAssociate: associate('SupportAssociate', 'supportAssociateId'),
    TicketPriority: item('TicketPriority', 'ticketPriorityId', 'ticketpriority', 'ticketpriority'),
    // The sandbox holds no customer languages, so no id of one exists.
    CustomerLanguage: item('CustomerLanguage', 'supportLanguageId', null, 'customerlanguage'),
  };
}

/** An item of a list whose MDO list and table share their name, unless `table` says otherwise. */
export function listReference(
  name: string,
  column: string,
  list: string,
  { table = list, isMandatory = false }: { readonly table?: string; readonly isMandatory?: boolean } = {},
): Property {
  const type = `SuperOffice.CRM.Services.${name}`;
  return reference({
    name,
    column,
    idProperty: 'Id',
    table,
    list,
    field: isMandatory ? mandatoryField(type, 4) : { type, length: 4 },
    carrier: (id, reading) => listItemCarrier(table, id, reading),
  });
}
