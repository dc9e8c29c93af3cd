import { pick } from '../../http/names.ts';
import { translate } from '../../lists/text.ts';
import type { DbValue } from '../../store/table.ts';
import type { Property } from '../property.ts';
import { shown, textOf, toInteger } from '../values.ts';
import { objectsIn } from './objects.ts';

/** Ids that a column holds as `3,5`, in the order they were put on. */
export function tagIds(value: DbValue | undefined): number[] {
  return textOf(value)
    .split(',')
    .filter(id => id !== '')
    .map(Number);
}

/** Tags of a ticket: exactly what is sent, each once; `/Tags/-` adds to them (writing.md, section 5.2). */
export function tags(name: string, column: string): Property {
  return {
    name,
    list: 'tags',
    empty: [],
    field: { type: 'SuperOffice.CRM.Services.Tag[]', length: 0 },
    read: ({ row, reading }) =>
      tagIds(row[column]).flatMap(id => {
        const tag = reading.database.table('tags').get(id);
        if (!tag) return [];
        return {
          Id: id,
          Name: translate(textOf(tag.name), reading.language),
          ToolTip: translate(textOf(tag.tooltip), reading.language),
          TableRight: null,
          FieldProperties: {},
        };
      }),
    write: (draft, value) => {
      const items = objectsIn(draft, name, value);
      if (!items) return;
      const table = draft.writing.database.table('tags');
      const ids = new Set<number>();
      for (const item of items) {
        const id = toInteger(pick(item, 'Id'));
        if (id === undefined || !table.get(id)) {
          draft.reject(name, `there is no tag ${shown(item)}`);
          return;
        }
        ids.add(id);
      }
      draft.columns[column] = [...ids].join(',');
    },
  };
}
