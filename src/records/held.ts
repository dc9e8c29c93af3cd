import type { Field } from '../datatypes/field.ts';
import type { ArchiveCell } from '../superoffice/archive.ts';
import { shownName } from '../superoffice/multi-language.ts';
import type { SuperOfficeList } from '../superoffice/superoffice.ts';
import { type Existing, elementsKey } from './current.ts';
import { byId, type Names } from './names.ts';
import { associateSpelling, countrySpelling, itemSpelling } from './spelling.ts';
import { type Held, momentText, nothingHeld, numberText } from './value.ts';

/** What an existing record holds in a field. */
export function heldValue(field: Field, existing: Existing, names: Names): Held {
  const { slot } = field;
  switch (slot.at) {
    case 'dynamic':
      return fromCell(field, existing.dynamic.get(slot.path), names, '');
    case 'foreignKey':
      return text(existing.key);
    case 'input':
      return slot.column === undefined
        ? nothingHeld
        : fromCell(field, existing.archive.cells.get(slot.column), names, '');
    case 'tags':
      return tagsIn(field, existing.archive.cells.get(slot.column), names);
    case 'element':
      return text(existing.elements.get(elementsKey(slot))?.[slot.rank - 1]?.value ?? '');
    case 'interests': {
      const list = names.lists.get(field.list ?? '');
      return { value: existing.interests, text: itemsText(existing.interests, list, '|') };
    }
    default:
      return fromCell(
        field,
        existing.archive.cells.get(slot.column),
        names,
        existing.parentKeys.get(slot.column) ?? '',
      );
  }
}

function fromCell(field: Field, cell: ArchiveCell | undefined, names: Names, presentKey: string): Held {
  if (!cell) return nothingHeld;
  switch (field.kind) {
    case 'list':
      return listItem(field, cell, names);
    case 'associate':
    case 'country':
    case 'relation': {
      const id =
        cell.raw === null && field.kind === 'associate'
          ? userNamed(cell.display, names)
          : Number(cell.raw ?? 0);
      if (id <= 0) return nothingHeld;
      return { value: id, text: presentKey || nameOf(field, id, cell, names) };
    }
    case 'integer':
    case 'decimal': {
      const number = Number(cell.raw ?? 0);
      return { value: number, text: numberText(number) };
    }
    case 'boolean': {
      const ticked = cell.raw === true || cell.raw === 1 || /^(1|true)$/i.test(String(cell.raw));
      return { value: ticked, text: ticked ? 'TRUE' : 'FALSE' };
    }
    case 'choice':
      return choiceIn(field, cell);
    case 'datetime': {
      const moment = String(cell.raw ?? cell.display).slice(0, 19);
      return moment === '' || moment.startsWith('0001-')
        ? nothingHeld
        : { value: moment, text: momentText(moment) };
    }
    case 'date': {
      const day = String(cell.raw ?? cell.display).slice(0, 10);
      return day === '' || day.startsWith('0001-') ? nothingHeld : text(day);
    }
    default:
      // Of what is no text people see the text, such as that of an item in an archive of any kind.
      return text(typeof cell.raw === 'string' ? cell.raw : shownName(cell.display));
  }
}

/** Enumerations come as the number that the database keeps, as a flag, or by name. */
function choiceIn({ choices = [] }: Field, { raw, display }: ArchiveCell): Held {
  const number = typeof raw === 'boolean' ? Number(raw) : Number(raw ?? Number.NaN);
  const word = display.toLowerCase();
  const found =
    choices.find(choice => choice.number === number) ??
    choices.find(
      ({ name }) => name.toLowerCase() === word || name.toLowerCase() === String(raw).toLowerCase(),
    );
  return found ? text(found.name) : nothingHeld;
}

function tagsIn(field: Field, cell: ArchiveCell | undefined, names: Names): Held {
  const ids = String(cell?.raw ?? cell?.display ?? '')
    .split(',')
    .map(Number)
    .filter(id => id > 0);
  return { value: ids, text: itemsText(ids, names.lists.get(field.list ?? ''), field.separator ?? '|') };
}

/** Items of a list as a file names them; null: none. */
export function itemsText(
  ids: readonly number[],
  list: SuperOfficeList | undefined,
  separator: string,
): string | null {
  const texts = ids.map(id => {
    const item = list?.byId(id);
    return list && item ? itemSpelling(item, list) : `#${id}`;
  });
  return texts.join(separator) || null;
}

/** The agent form of archives has no ids (reading.md, section 10.1): then users and list items are found again by their text. */
function userNamed(name: string, { associates }: Names): number {
  return associates.find(associate => associate.name === name)?.id ?? 0;
}

function listItem(field: Field, cell: ArchiveCell, names: Names): Held {
  const list = names.lists.get(field.list ?? '');
  const item = cell.raw === null || cell.raw === '' ? list?.find(cell.display) : list?.byId(Number(cell.raw));
  if (list && item) return { value: item.id, text: itemSpelling(item, list) };
  const id = Number(cell.raw ?? 0);
  return id > 0 ? { value: id, text: cell.display || `#${id}` } : nothingHeld;
}

function nameOf(field: Field, id: number, cell: ArchiveCell, names: Names): string {
  const associate = field.kind === 'associate' ? byId(names.associates, id) : undefined;
  if (associate) return associateSpelling(field, associate, names);
  const country = field.kind === 'country' ? byId(names.countries, id) : undefined;
  if (country) return countrySpelling(country, names);
  return cell.display || `#${id}`;
}

function text(value: string): Held {
  return { value, text: value === '' ? null : value };
}
