import type { Field } from '../datatypes/field.ts';
import { itemsText } from './held.ts';
import { byId, type Names } from './names.ts';
import { associateSpelling, countrySpelling } from './spelling.ts';
import { momentText, numberText, type PlainValue } from './value.ts';

/** A value as a file would say it; null = empty. @param parentKeys user keys of parents by id */
export function plainText(
  field: Field,
  value: PlainValue,
  names: Names,
  parentKeys: ReadonlyMap<number, string>,
): string | null {
  if (value === null || value === '') return null;
  if (Array.isArray(value))
    return itemsText(value, names.lists.get(field.list ?? ''), field.separator ?? '|');
  const id = Number(value);
  switch (field.kind) {
    case 'list':
      return id > 0 ? itemsText([id], names.lists.get(field.list ?? ''), '') : null;
    case 'associate': {
      const associate = byId(names.associates, id);
      if (associate) return associateSpelling(field, associate, names);
      return id > 0 ? `#${id}` : null;
    }
    case 'country': {
      const country = byId(names.countries, id);
      if (country) return countrySpelling(country, names);
      return id > 0 ? `#${id}` : null;
    }
    case 'relation':
      return id > 0 ? parentKeys.get(id) || `#${id}` : null;
    case 'boolean':
      return value === true ? 'TRUE' : 'FALSE';
    case 'integer':
    case 'decimal':
      return numberText(id);
    case 'datetime':
      return momentText(String(value));
    default:
      return String(value);
  }
}
