import type { CustomField } from '../udef/carrier.ts';
import type { ExtraField } from './definitions.ts';

/** `FieldInfoBase` of an extra field (reading.md, section 14.1). */
export function extraFieldInfo(field: ExtraField): CustomField {
  return {
    FieldType: field.type,
    FieldName: field.name,
    DisplayName: field.label,
    Description: field.description,
    ShortLabel: field.label,
    HideLabel: false,
    HideField: false,
    IsIndexed: field.isIndexed,
    IsMandatory: false,
    IsReadOnly: false,
    IsExternal: false,
    IsDisplayField: false,
    Rank: field.rank,
    TemplateVariableName: null,
  };
}
