import { fullRight } from './carriers/rights.ts';
import { readDictionary } from './custom-fields.ts';
import { type EntityDescription, udefOwnerOf } from './entity.ts';
import { extraFieldProperties } from './extra-field-values.ts';
import { fieldProperties } from './field-properties.ts';
import type { Property } from './property.ts';

/** What every entity's carrier ends with. The dictionaries only note what was sent: custom-fields.ts judges them together. */
export function sharedProperties(description: EntityDescription): readonly Property[] {
  return [
    ...dictionaries(description),
    ...(description.afterDictionaries ?? []),
    { name: 'TableRight', read: () => fullRight },
    { name: 'FieldProperties', read: ({ reading }) => fieldProperties(description, reading.database) },
  ];
}

function dictionaries({ name, table }: EntityDescription): readonly Property[] {
  const owner = udefOwnerOf(name);
  if (name === 'Attachment') return [];
  if (owner === undefined) return extraFieldProperties(table);
  return [
    {
      name: 'UserDefinedFields',
      isDictionary: true,
      read: record => readDictionary(owner, record, 'userDefined'),
      write: (draft, value) => {
        draft.userDefinedFields = value;
      },
    },
    {
      name: 'ExtraFields',
      isDictionary: true,
      read: () => ({}),
      write: (draft, value) => {
        draft.extraFields = value;
      },
    },
    {
      name: 'CustomFields',
      isDictionary: true,
      read: record => readDictionary(owner, record, 'custom'),
      write: (draft, value) => {
        draft.customFields = value;
      },
    },
  ];
}
