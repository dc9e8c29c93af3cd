import { SandboxError } from '../http/exchange.ts';
import { canonical } from '../http/names.ts';
import type { UdefField } from '../store/database.ts';
import { isSameGroup, textLimit, udefTypes } from './allocate.ts';

/** Properties of `UserDefinedFieldInfo` that a caller may set. */
const writable = [
  'FieldDefault',
  'FieldHeight',
  'FieldLabel',
  'FieldLeft',
  'FieldTop',
  'FieldType',
  'FieldWidth',
  'FormatMask',
  'HideLabel',
  'IsIndexed',
  'LabelHeight',
  'LabelLeft',
  'LabelTop',
  'LabelWidth',
  'ListTableId',
  'IsMandatory',
  'Page1LineNo',
  'ProgId',
  'IsReadOnly',
  'ShortLabel',
  'TabOrder',
  'TextLength',
  'Tooltip',
  'UDListDefinitionId',
  'Justification',
] as const;

/** Lays a carrier over a field; what the carrier leaves out stays. Throws SandboxError 400 for what no field can be. */
export function applyCarrier(field: UdefField, carrier: unknown): UdefField {
  const sent = canonical(carrier, writable);
  const text = (name: (typeof writable)[number], current: string) => textOf(sent[name], name, current);
  const number = (name: (typeof writable)[number], current: number) => numberOf(sent[name], name, current);
  const flag = (name: (typeof writable)[number], current: boolean) => flagOf(sent[name], name, current);
  const { appearance } = field;
  const typed = withType(field, readType(sent.FieldType) ?? field.type);
  return {
    ...typed,
    fieldDefault: text('FieldDefault', typed.fieldDefault),
    label: text('FieldLabel', typed.label),
    hideLabel: flag('HideLabel', typed.hideLabel),
    isIndexed: flag('IsIndexed', typed.isIndexed),
    listTableId: number('ListTableId', typed.listTableId),
    isMandatory: flag('IsMandatory', typed.isMandatory),
    progId: text('ProgId', typed.progId),
    isReadOnly: flag('IsReadOnly', typed.isReadOnly),
    shortLabel: text('ShortLabel', typed.shortLabel),
    tabOrder: number('TabOrder', typed.tabOrder),
    textLength: textLimit(typed.type) === 0 ? 0 : number('TextLength', typed.textLength) || typed.textLength,
    tooltip: text('Tooltip', typed.tooltip),
    udListDefinitionId: number('UDListDefinitionId', typed.udListDefinitionId),
    appearance: {
      fieldHeight: number('FieldHeight', appearance.fieldHeight),
      fieldLeft: number('FieldLeft', appearance.fieldLeft),
      fieldTop: number('FieldTop', appearance.fieldTop),
      fieldWidth: number('FieldWidth', appearance.fieldWidth),
      labelHeight: number('LabelHeight', appearance.labelHeight),
      labelLeft: number('LabelLeft', appearance.labelLeft),
      labelTop: number('LabelTop', appearance.labelTop),
      labelWidth: number('LabelWidth', appearance.labelWidth),
      page1LineNo: number('Page1LineNo', appearance.page1LineNo),
      formatMask: text('FormatMask', appearance.formatMask),
      justification: text('Justification', appearance.justification),
    },
  };
}

/** The field with another type. Its column goes when the type needs one of another kind; publishing finds a new one. */
export function withType(field: UdefField, type: UdefField['type']): UdefField {
  if (field.type === type) return field;
  return {
    ...field,
    type,
    textLength: textLimit(type),
    column: isSameGroup(field.type, type) ? field.column : '',
  };
}

/** A type by its name in any case. undefined when none was sent; throws SandboxError 400 for one that does not exist. */
export function readType(value: unknown): UdefField['type'] | undefined {
  if (value === undefined || value === null) return undefined;
  const wanted = String(value).toLowerCase();
  const type = udefTypes.find(candidate => candidate.toLowerCase() === wanted);
  if (!type) throw new SandboxError(400, 'ArgumentException', `Unknown field type '${String(value)}'`);
  return type;
}

function textOf(value: unknown, name: string, current: string): string {
  if (value === undefined) return current;
  if (value === null) return '';
  if (typeof value === 'string') return value;
  throw misfit(name, value);
}

function numberOf(value: unknown, name: string, current: number): number {
  if (value === undefined || value === null) return current;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number === 'number' && Number.isInteger(number)) return number;
  throw misfit(name, value);
}

function flagOf(value: unknown, name: string, current: boolean): boolean {
  if (value === undefined || value === null) return current;
  if (typeof value === 'boolean') return value;
  throw misfit(name, value);
}

function misfit(name: string, value: unknown): SandboxError {
  return new SandboxError(400, 'ArgumentException', `${name} cannot be ${JSON.stringify(value)}`);
}
