import type { Field } from '../../datatypes/field.ts';
import { numberText, type PlainValue } from '../../records/value.ts';
import { defaultOpenPoints, type OpenPoints } from '../../superoffice/open-points.ts';

/** "No date" on the wire (reading.md, section 5.2). */
const emptyDate = '0001-01-01T00:00:00';

/** The JSON that an entity property takes (writing.md, sections 1.6 and 2). References are cleared as the tenant has it. */
export function encodeProperty(
  field: Field,
  value: PlainValue,
  { clearedReference }: OpenPoints = defaultOpenPoints,
): unknown {
  if (field.slot.at === 'reference' && value === null && clearedReference === 'null') return null;
  if (field.slot.at === 'reference') return { [field.slot.idProperty]: value ?? 0 };
  if (field.kind === 'boolean') return value === true;
  if (field.kind === 'date') return value === null ? emptyDate : `${String(value)}T00:00:00`;
  if (field.kind === 'datetime') return value ?? emptyDate;
  if (field.kind === 'integer' || field.kind === 'decimal') return value ?? 0;
  return value ?? '';
}

/** The text that `CustomFields` takes (writing.md, section 3): invariant culture, month first. */
export function encodeCustomField(
  field: Field,
  value: PlainValue,
  { clearedDate }: OpenPoints = defaultOpenPoints,
): string {
  const isDate = field.kind === 'date' || field.kind === 'datetime';
  if (isDate && value === null && clearedDate === 'empty-text') return '';
  switch (field.kind) {
    case 'integer':
    case 'list':
      return `[I:${Number(value ?? 0)}]`;
    case 'decimal':
      return `[F:${numberText(Number(value ?? 0))}]`;
    case 'boolean':
      return value === true ? '[I:1]' : '[I:0]';
    case 'date': {
      if (value === null) return '[D:01/01/0001]';
      const [year, month, day] = String(value).split('-');
      return `[D:${month}/${day}/${year}]`;
    }
    case 'datetime': {
      if (value === null) return '[DT:01/01/0001 00:00:00]';
      const [date = '', time = ''] = String(value).split('T');
      const [year, month, day] = date.split('-');
      return `[DT:${month}/${day}/${year} ${time}]`;
    }
    default:
      return String(value ?? '');
  }
}
