import type { Field, Slot } from './field.ts';

/**
 * Our contact in its two columns. They share one slot object, so whoever resolves them can tell that both name the
 * same user (integration-cloud.md, section 4.2).
 */
export function associateFields(column: string, note: string): Field[] {
  const slot: Slot = { at: 'reference', property: 'Associate', idProperty: 'AssociateId', column };
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

/** Columns that SuperOffice fills in itself: for export, filters and diagnosis. */
export function readOnlyFields(columns: {
  readonly id: string;
  readonly createdDate: string;
  readonly updatedDate: string;
  readonly createdBy: string;
  readonly updatedBy: string;
}): Field[] {
  return [
    readOnly('SuperOfficeId', 'integer', columns.id, 'The record number in SuperOffice.'),
    readOnly('CreatedDate', 'date', columns.createdDate, 'Day on which the record was created.'),
    readOnly('UpdatedDate', 'date', columns.updatedDate, 'Day of the last change.'),
    readOnly('CreatedBy', 'associate', columns.createdBy, 'User who created the record.'),
    readOnly('UpdatedBy', 'associate', columns.updatedBy, 'User who changed it last.'),
  ];
}

function readOnly(name: string, kind: Field['kind'], column: string, meaning: string): Field {
  return { name, kind, meaning: `${meaning} Read-only.`, slot: { at: 'readonly', column } };
}
