import { fullRight } from './carriers/rights.ts';
import { readDictionary } from './custom-fields.ts';
import type { EntityDescription } from './entity.ts';
import { fieldProperties } from './field-properties.ts';
import type { Property } from './property.ts';

/** What every entity's carrier ends with. The dictionaries only note what was sent: custom-fields.ts judges them together. */
export function sharedProperties(description: EntityDescription): readonly Property[] {
  return [
    {
      name: 'UserDefinedFields',
      isDictionary: true,
      read: record => readDictionary(description.name, record, 'userDefined'),
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
      read: record => readDictionary(description.name, record, 'custom'),
      write: (draft, value) => {
        draft.customFields = value;
      },
    },
    ...(description.afterDictionaries ?? []),
    { name: 'TableRight', read: () => fullRight },
    { name: 'FieldProperties', read: ({ reading }) => fieldProperties(description, reading.database) },
  ];
}
