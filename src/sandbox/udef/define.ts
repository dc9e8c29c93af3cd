import type { Database, UdefField, UdefOwner } from '../store/database.ts';
import { allocateColumn, indexColumn } from './allocate.ts';
import { newField, nextFieldId, nextIdentity } from './new-field.ts';

/** What the seed says about a field; the rest gets SuperOffice's defaults. */
export interface UdefSpec {
  readonly progId: string;
  readonly label: string;
  readonly type: UdefField['type'];
  readonly shortLabel?: string;
  readonly tooltip?: string;
  /** Characters, texts only; default: as many as the column holds. */
  readonly textLength?: number;
  readonly isIndexed?: boolean;
  readonly isMandatory?: boolean;
  readonly isReadOnly?: boolean;
  /** 136 = user-defined list; else the table number of a built-in list. */
  readonly listTableId?: number;
  /** `udlistdefinition_id`, with `listTableId` 136. */
  readonly udListDefinitionId?: number;
  readonly fieldDefault?: string;
}

/** Adds a field that is already published: column, ids and index are there when it returns. */
export function defineUdef(database: Database, owner: UdefOwner, spec: UdefSpec): UdefField {
  const layout = database.layout(owner);
  const field: UdefField = {
    ...newField(spec.type),
    shortLabel: spec.label,
    ...spec,
    udefFieldId: nextFieldId(database),
    udefIdentity: nextIdentity(database),
    column: allocateColumn(spec.type, spec.isIndexed ?? false, layout.published),
    tabOrder: layout.published.length + 1,
    version: 1,
    hasBeenPublished: true,
  };
  database.setLayout(owner, { draft: [...layout.draft, field], published: [...layout.published, field] });
  if (field.isIndexed) indexColumn(database, owner, field);
  return field;
}
