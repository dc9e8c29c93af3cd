import { listByTableNumber, userDefinedListTableNumber } from '../lists/tables.ts';
import { translate } from '../lists/text.ts';
import type { UdefField, UdefOwner } from '../store/database.ts';
import { udefOwners } from '../store/database.ts';
import { templateVariable } from './allocate.ts';
import { progIdOf } from './columns.ts';

/** `UserDefinedFieldInfo` with every property of the specs. */
export function userDefinedFieldInfo(owner: UdefOwner, field: UdefField, language: string | null): object {
  const { appearance } = field;
  return {
    UDefFieldId: field.udefFieldId,
    ColumnId: columnId(owner, field),
    FieldDefault: field.fieldDefault,
    FieldHeight: appearance.fieldHeight,
    FieldLabel: translate(field.label, language),
    FieldLeft: appearance.fieldLeft,
    FieldTop: appearance.fieldTop,
    FieldType: field.type,
    FieldWidth: appearance.fieldWidth,
    FormatMask: appearance.formatMask,
    HideLabel: field.hideLabel,
    IsIndexed: field.isIndexed,
    LabelHeight: appearance.labelHeight,
    LabelLeft: appearance.labelLeft,
    LabelTop: appearance.labelTop,
    LabelWidth: appearance.labelWidth,
    LastVersionId: field.lastVersionId,
    ListTableId: field.listTableId,
    IsMandatory: field.isMandatory,
    Type: owner,
    Page1LineNo: appearance.page1LineNo,
    ProgId: field.udefIdentity === 0 ? field.progId : progIdOf(field),
    IsReadOnly: field.isReadOnly,
    ShortLabel: translate(field.shortLabel, language),
    TabOrder: field.tabOrder,
    TextLength: field.textLength,
    Tooltip: translate(field.tooltip, language),
    UdefIdentity: field.udefIdentity,
    UDListDefinitionId: field.udListDefinitionId,
    Justification: appearance.justification,
    Version: field.version,
    TemplateVariableName: templateVariable(owner, field),
    HasBeenPublished: field.hasBeenPublished,
    MdoListName: mdoListName(field),
    TableRight: null,
    FieldProperties: {},
  };
}

/** The udef kinds in the words of custom fields (reading.md, section 14.1). */
const customFieldTypes: Readonly<Record<UdefField['type'], string>> = {
  Number: 'Integer',
  ShortText: 'ShortText',
  LongText: 'LongText',
  Date: 'Date',
  UnlimitedDate: 'Date',
  Checkbox: 'Checkbox',
  List: 'MdoList',
  Decimal: 'Decimal',
};

/** `FieldInfoBase`: what user-defined and extra fields have in common. */
export interface CustomField {
  readonly FieldType: string;
  /** Prog ID or column. */
  readonly FieldName: string;
  readonly DisplayName: string;
  readonly Description: string;
  readonly ShortLabel: string;
  readonly HideLabel: boolean;
  readonly HideField: boolean;
  readonly IsIndexed: boolean;
  readonly IsMandatory: boolean;
  readonly IsReadOnly: boolean;
  readonly IsExternal: boolean;
  readonly IsDisplayField: boolean;
  readonly Rank: number;
  readonly TemplateVariableName: string | null;
}

export function fieldInfoBase(owner: UdefOwner, field: UdefField, language: string | null): CustomField {
  return {
    FieldType: customFieldTypes[field.type],
    FieldName: progIdOf(field),
    DisplayName: translate(field.label, language),
    Description: translate(field.tooltip, language),
    ShortLabel: translate(field.shortLabel, language),
    HideLabel: field.hideLabel,
    HideField: false,
    IsIndexed: field.isIndexed,
    IsMandatory: field.isMandatory,
    IsReadOnly: field.isReadOnly,
    IsExternal: false,
    IsDisplayField: false,
    Rank: field.tabOrder,
    TemplateVariableName: templateVariable(owner, field),
  };
}

/** MDO list that feeds a List field: `udlist98`, `business`. null for other types and until it is published. */
function mdoListName(field: UdefField): string | null {
  if (field.type !== 'List' || !field.hasBeenPublished) return null;
  if (field.listTableId === userDefinedListTableNumber) return `udlist${field.udListDefinitionId}`;
  return listByTableNumber(field.listTableId)?.mdoName ?? null;
}

/** A dictionary id, not a column number; that it is stable and unique per column is all that is documented. */
function columnId(owner: UdefOwner, field: UdefField): number {
  if (field.column === '') return 0;
  const kind = { s: 0, l: 100, d: 200 }[field.column.charAt(0)] ?? 0;
  return 10_000 + udefOwners.indexOf(owner) * 1000 + kind + Number(field.column.slice(-2));
}
