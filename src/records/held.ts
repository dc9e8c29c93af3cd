import type { Field } from '../datatypes/field.ts';
import type { ArchiveCell } from '../superoffice/archive.ts';
import { allNames, shownName } from '../superoffice/multi-language.ts';
import type { ListItem, SuperOfficeList } from '../superoffice/superoffice.ts';
import { type Existing, elementsKey } from './current.ts';
import { fileName } from './file-name.ts';
import { fileLine, fileText } from './file-text.ts';
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
      return text(existing.key, fileLine(existing.key));
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
      // Whoever is no user that can be found by name, such as one of a customer centre, still has one.
      if (id <= 0) return cell.raw === null && field.kind === 'associate' ? text(cell.display) : nothingHeld;
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
    case 'key':
      return text(cell.display, fileLine(cell.display));
    case 'file':
      return text(cell.display, cell.display === '' ? '' : fileName(cell.display));
    default:
      if (field.slot.at === 'readonly' && field.slot.isReference && cell.raw === 0) return nothingHeld;
      // Of what is no text people see the text, such as that of an item in an archive of any kind.
      return text(typeof cell.raw === 'string' ? cell.raw : shownName(cell.display));
  }
}

/** Enumerations come as the number that the database keeps, as a flag, or by name. */
function choiceIn({ choices = [] }: Field, { raw, display, hint }: ArchiveCell): Held {
  const number = typeof raw === 'boolean' ? Number(raw) : Number(raw ?? hint ?? Number.NaN);
  const words = [String(raw), ...allNames(display)].map(word => word.toLowerCase());
  const found =
    choices.find(choice => choice.number === number) ??
    choices.find(({ name }) => words.includes(name.toLowerCase()));
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
  // SuperOffice keeps them in the order in which they were added, which says nothing.
  return texts.sort().join(separator) || null;
}

/** The agent form of archives has no ids (reading.md, section 10.1): then users and list items are found again by their text. */
function userNamed(name: string, { associates }: Names): number {
  return associates.find(associate => associate.name === name)?.id ?? 0;
}

function listItem(field: Field, cell: ArchiveCell, names: Names): Held {
  const list = names.lists.get(field.list ?? '');
  const isNamed = cell.raw === null || cell.raw === '';
  const item = isNamed ? itemShown(list, cell) : list?.byId(Number(cell.raw));
  if (list && item) return { value: item.id, text: itemSpelling(item, list) };
  const id = Number(cell.raw ?? 0);
  if (id > 0) return { value: id, text: fileLine(cell.display) || `#${id}` };
  return isNamed ? text(cell.display, fileLine(shownName(cell.display))) : nothingHeld;
}

/**
 * The item that a text shows, deleted ones too. Beside it there may be the id of the item, or that of the record that the
 * text is of: the item of that id is meant where it reads so.
 */
function itemShown(
  list: SuperOfficeList | undefined,
  { display, hint = 0 }: ArchiveCell,
): ListItem | null | undefined {
  if (list === undefined || display === '') return null;
  const readsSo = ({ name, raw }: ListItem): boolean =>
    raw === display || name === shownName(display) || allNames(raw).includes(display);
  const hinted = list.byId(hint);
  return hinted && readsSo(hinted) ? hinted : (list.find(display) ?? list.items.find(readsSo));
}

function nameOf(field: Field, id: number, cell: ArchiveCell, names: Names): string {
  const associate = field.kind === 'associate' ? byId(names.associates, id) : undefined;
  if (associate) return associateSpelling(field, associate, names);
  const country = field.kind === 'country' ? byId(names.countries, id) : undefined;
  if (country) return countrySpelling(country, names);
  // A country that was deleted stays on its records; the list still knows its name.
  const item = field.kind === 'country' ? names.lists.get(field.list ?? '')?.byId(id) : null;
  if (item) return fileLine(item.name);
  return fileLine(cell.display) || `#${id}`;
}

/** @param said how a file says it */
function text(value: string, said = fileText(value)): Held {
  return { value, text: said === '' ? null : said };
}
