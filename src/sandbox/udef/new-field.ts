import type { Database, UdefAppearance, UdefField } from '../store/database.ts';
import { textLimit } from './allocate.ts';

const appearance: UdefAppearance = {
  fieldHeight: 0,
  fieldLeft: 0,
  fieldTop: 0,
  fieldWidth: 0,
  labelHeight: 0,
  labelLeft: 0,
  labelTop: 0,
  labelWidth: 0,
  page1LineNo: 0,
  formatMask: '',
  justification: 'Default',
};

/** A field of this type as the template call answers it: nothing is stored, so all ids are 0. */
export function newField(type: UdefField['type']): UdefField {
  return {
    udefFieldId: 0,
    udefIdentity: 0,
    progId: '',
    label: '',
    shortLabel: '',
    tooltip: '',
    type,
    textLength: textLimit(type),
    isIndexed: false,
    isMandatory: false,
    isReadOnly: false,
    hideLabel: false,
    listTableId: 0,
    udListDefinitionId: 0,
    column: '',
    fieldDefault: '',
    tabOrder: 0,
    version: 0,
    hasBeenPublished: false,
    lastVersionId: 0,
    appearance,
  };
}

/** Both kinds of ids are unique over all owners: they are keys of one table in SuperOffice. */
export function nextFieldId(database: Database): number {
  return highest(database, field => field.udefFieldId) + 1;
}

export function nextIdentity(database: Database): number {
  return highest(database, field => field.udefIdentity) + 1;
}

function highest(database: Database, of: (field: UdefField) => number): number {
  let most = 0;
  for (const { draft, published } of database.layouts.values())
    for (const field of [...draft, ...published]) most = Math.max(most, of(field));
  return most;
}
