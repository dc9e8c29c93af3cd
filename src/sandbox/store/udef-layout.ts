/** Entities that can have user-defined fields (reading.md, section 14.1). */
export const udefOwners = ['Contact', 'Person', 'Project', 'Sale', 'Appointment', 'Document'] as const;
export type UdefOwner = (typeof udefOwners)[number];

/** A user-defined field as the layout endpoints show it; the full carrier is built from this in udef/. */
export interface UdefField {
  udefFieldId: number;
  udefIdentity: number;
  progId: string;
  label: string;
  shortLabel: string;
  tooltip: string;
  type: 'Number' | 'ShortText' | 'LongText' | 'Date' | 'UnlimitedDate' | 'Checkbox' | 'List' | 'Decimal';
  textLength: number;
  isIndexed: boolean;
  isMandatory: boolean;
  isReadOnly: boolean;
  hideLabel: boolean;
  listTableId: number;
  udListDefinitionId: number;
  /** Column of the owner's small or large table: `string05`, `long02`, `double01`. '' until published. */
  column: string;
  fieldDefault: string;
  tabOrder: number;
  version: number;
  hasBeenPublished: boolean;
  /** `udefFieldId` before the last publish; 0 for a field that was new then. */
  lastVersionId: number;
  /** Where and how a client draws it; kept and handed back, without effect here. */
  appearance: UdefAppearance;
}

export interface UdefAppearance {
  readonly fieldHeight: number;
  readonly fieldLeft: number;
  readonly fieldTop: number;
  readonly fieldWidth: number;
  readonly labelHeight: number;
  readonly labelLeft: number;
  readonly labelTop: number;
  readonly labelWidth: number;
  readonly page1LineNo: number;
  readonly formatMask: string;
  readonly justification: string;
}

/** Lists and fields are replaced, never changed in place: caches go by the identity of the lists. */
export interface UdefLayout {
  readonly draft: readonly Readonly<UdefField>[];
  readonly published: readonly Readonly<UdefField>[];
}
