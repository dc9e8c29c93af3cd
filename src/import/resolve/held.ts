import type { Field } from '../../datatypes/field.ts';
import type { ArchiveCell } from '../../superoffice/archive.ts';
import { type Held, momentText, nothingHeld } from '../plan/value.ts';
import { type Existing, elementsKey } from './current.ts';
import type { Directory } from './directory.ts';

/** What an existing record holds in a field. */
export function heldValue(field: Field, existing: Existing, directory: Directory): Held {
  const { slot } = field;
  switch (slot.at) {
    case 'dynamic':
      return fromCell(field, existing.dynamic.get(slot.path), directory, '');
    case 'foreignKey':
      return text(existing.key);
    case 'input':
      return nothingHeld;
    case 'tags':
      return tagsIn(field, existing.archive.cells.get(slot.column), directory);
    case 'element':
      return text(existing.elements.get(elementsKey(slot))?.[slot.rank - 1]?.value ?? '');
    case 'interests': {
      const list = directory.lists.get(field.list ?? '');
      const names = existing.interests.map(id => list?.byId(id)?.name ?? `#${id}`);
      return { value: existing.interests, text: names.join('|') || null };
    }
    default:
      return fromCell(
        field,
        existing.archive.cells.get(slot.column),
        directory,
        existing.parentKeys.get(slot.column) ?? '',
      );
  }
}

function fromCell(
  field: Field,
  cell: ArchiveCell | undefined,
  directory: Directory,
  presentKey: string,
): Held {
  if (!cell) return nothingHeld;
  switch (field.kind) {
    case 'list':
      return listItem(field, cell, directory);
    case 'associate':
    case 'country':
    case 'relation': {
      const id =
        cell.raw === null && field.kind === 'associate'
          ? userNamed(cell.display, directory)
          : Number(cell.raw ?? 0);
      if (id <= 0) return nothingHeld;
      return { value: id, text: presentKey || nameOf(field, id, cell, directory) };
    }
    case 'integer':
    case 'decimal': {
      const number = Number(cell.raw ?? 0);
      return { value: number, text: String(number) };
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
      return text(String(cell.raw ?? cell.display));
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

function tagsIn(field: Field, cell: ArchiveCell | undefined, directory: Directory): Held {
  const ids = String(cell?.raw ?? cell?.display ?? '')
    .split(',')
    .map(Number)
    .filter(id => id > 0);
  const list = directory.lists.get(field.list ?? '');
  return {
    value: ids,
    text: ids.map(id => list?.byId(id)?.name ?? `#${id}`).join(field.separator ?? '|') || null,
  };
}

/** The agent form of archives has no ids (reading.md, section 10.1): then users and list items are found again by their text. */
function userNamed(name: string, { associates }: Directory): number {
  return associates.find(associate => associate.name === name)?.id ?? 0;
}

function listItem(field: Field, cell: ArchiveCell, directory: Directory): Held {
  const list = directory.lists.get(field.list ?? '');
  const item = cell.raw === null || cell.raw === '' ? list?.find(cell.display) : list?.byId(Number(cell.raw));
  if (item) return { value: item.id, text: item.name };
  const id = Number(cell.raw ?? 0);
  return id > 0 ? { value: id, text: cell.display || `#${id}` } : nothingHeld;
}

function nameOf(field: Field, id: number, cell: ArchiveCell, directory: Directory): string {
  const named =
    field.kind === 'associate'
      ? directory.associates.find(associate => associate.id === id)?.name
      : directory.countries.find(country => field.kind === 'country' && country.id === id)?.englishName;
  return named ?? (cell.display || `#${id}`);
}

function text(value: string): Held {
  return { value, text: value === '' ? null : value };
}
