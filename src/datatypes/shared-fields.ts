import type { DatatypeName } from './datatype.ts';
import type { Field, Slot } from './field.ts';

/**
 * Our contact in its two columns. They share one slot object, so whoever resolves them can tell that both name the
 * same user (integration-cloud.md, section 4.2).
 */
export function associateFields(column: string, note: string, property = 'Associate'): Field[] {
  const slot: Slot = { at: 'reference', property, idProperty: 'AssociateId', column };
  return [
    {
      name: 'AssociateName',
      kind: 'associate',
      meaning: `Our contact, by user id (ANDERSDYRE). ${note}`,
      slot,
    },
    {
      name: 'AssociateFullName',
      kind: 'associate',
      meaning: `Our contact, by full name (Anders Dyre). ${note}`,
      slot,
    },
  ];
}

/** A parent by its user key. `needed`: what every record of the datatype has to belong to. */
export function relationField(
  parent: Extract<DatatypeName, 'Company' | 'Person' | 'Project' | 'Sale' | 'Ticket'>,
  column: string,
  meaning: string,
  needed?: 'create',
): Field {
  const { keyField, property, idProperty } = parents[parent];
  return {
    name: keyField,
    kind: 'relation',
    parent,
    length: 39,
    ...(needed ? { needed } : {}),
    meaning,
    slot: { at: 'reference', property, idProperty, column },
  };
}

const parents = {
  Company: { keyField: 'CompUserKey01', property: 'Contact', idProperty: 'ContactId' },
  Person: { keyField: 'PersUserKey01', property: 'Person', idProperty: 'PersonId' },
  Project: { keyField: 'ProjUserKey01', property: 'Project', idProperty: 'ProjectId' },
  Sale: { keyField: 'SaleUserKey01', property: 'Sale', idProperty: 'SaleId' },
  Ticket: { keyField: 'TickUserKey01', property: 'Ticket', idProperty: 'TicketId' },
} as const;

/** Country is found, never added (integration-cloud.md, section 4.3). Read by id, which no language changes. */
export function countryField(column: string): Field {
  return {
    name: 'CountryName',
    kind: 'country',
    list: 'Country',
    missing: 'reject',
    meaning: 'Country, by name, English name, postal prefix or ISO code. Countries are never added.',
    slot: { at: 'reference', property: 'Country', idProperty: 'CountryId', column },
  };
}

/** A standard drop-down list whose missing values are added by default (integration-cloud.md, section 4.4). */
export function listField(name: string, column: string, meaning: string): Field {
  return {
    name,
    kind: 'list',
    list: name,
    missing: 'add',
    meaning,
    slot: { at: 'reference', property: name, idProperty: 'Id', column },
  };
}

/**
 * A list that people keep in SuperOffice: its items carry behaviour, so an import never adds one (integration-cloud.md,
 * section 4.4).
 * @param list name of the typed list, where it is not that of the column
 */
export function keptListField(
  name: string,
  slot: { readonly property: string; readonly idProperty: string; readonly column: string },
  meaning: string,
  list = name,
): Field {
  return { name, kind: 'list', list, missing: 'reject', meaning, slot: { at: 'reference', ...slot } };
}

/** Columns that SuperOffice fills in itself: for export, filters and diagnosis. What an archive lacks is left out. */
export function readOnlyFields(columns: {
  readonly id: string;
  readonly createdDate: string;
  readonly updatedDate?: string;
  readonly createdBy?: string;
  readonly updatedBy?: string;
}): Field[] {
  const { id, createdDate, updatedDate, createdBy, updatedBy } = columns;
  return [
    readOnly('SuperOfficeId', 'integer', id, 'The record number in SuperOffice.'),
    readOnly('CreatedDate', 'date', createdDate, 'Day on which the record was created.'),
    ...(updatedDate ? [readOnly('UpdatedDate', 'date', updatedDate, 'Day of the last change.')] : []),
    ...(createdBy ? [readOnly('CreatedBy', 'associate', createdBy, 'User who created the record.')] : []),
    ...(updatedBy ? [readOnly('UpdatedBy', 'associate', updatedBy, 'User who changed it last.')] : []),
  ];
}

function readOnly(name: string, kind: Field['kind'], column: string, meaning: string): Field {
  return { name, kind, meaning: `${meaning} Read-only.`, slot: { at: 'readonly', column } };
}
