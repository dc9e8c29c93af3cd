import type { Datatype } from '../datatype.ts';
import type { Slot } from '../field.ts';

/** Where an import writes a slot, as a path into the REST entity: `Contact.Address.Postal.City`; '' for read-only ones. */
export function writtenTo(datatype: Datatype, slot: Slot): string {
  const { entity } = datatype;
  switch (slot.at) {
    case 'property':
    case 'dynamic':
      return `${entity}.${slot.property}`;
    case 'reference':
      return `${entity}.${slot.property}.${slot.idProperty}`;
    case 'address':
      return `${entity}.Address.${slot.block}.${slot.part}`;
    case 'element':
      return `${entity}.${slot.property}[${slot.rank - 1}].Value`;
    case 'interests':
      return `${entity}.Interests`;
    case 'custom':
      return `${entity}.CustomFields["${slot.progId}"]`;
    case 'tags':
      return `${entity}.${slot.property}`;
    case 'foreignKey':
      return `ForeignApp key ${datatype.keyField} of table ${slot.table}`;
    case 'input':
      return slot.becomes;
    case 'readonly':
      return '';
  }
}

/** Where current values of a slot are read: archive provider and column, or a path of the dynamic provider. */
export function readFrom(datatype: Datatype, slot: Slot): string {
  const main = datatype.entity.toLowerCase();
  switch (slot.at) {
    case 'dynamic':
      return `dynamic: ${slot.path}`;
    case 'element':
      return `dynamic: table ${slot.table}, ${elementFilter(slot)}`;
    case 'interests':
      return `dynamic: ${main}.(${slot.table}->${main}_id)`;
    case 'foreignKey':
      return 'ForeignKeys: keyValue';
    case 'input':
      return '';
    default:
      return `${datatype.archive.provider}: ${slot.column}`;
  }
}

function elementFilter({ table, type, rank }: Extract<Slot, { at: 'element' }>): string {
  if (table === 'url') return `rank ${rank}`;
  return `${table === 'phone' ? 'ptype_idx' : 'type'} ${type}, rank ${rank}`;
}
