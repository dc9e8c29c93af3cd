import type { Column } from '../column.ts';
import type { Archive } from '../provider.ts';
import { virtualColumns } from '../virtual.ts';

/** Everything that can be asked of an archive; the restrictions that all have come first, as in the documents' sample. */
export function columnInfos(archive: Archive) {
  return [...virtualColumns, ...archive.columns()].map(column => columnInfo(column));
}

/** `ArchiveColumnInfo` (reading.md, section 7.5). */
export function columnInfo(column: Column, name = column.name) {
  return {
    DisplayName: column.label ?? labelOf(name),
    DisplayTooltip: '',
    DisplayType: displayTypes[column.kind],
    CanOrderBy: column.sortable,
    Name: name,
    CanRestrictBy: column.restriction !== null,
    RestrictionType: column.restriction ?? '',
    RestrictionListName: column.listName || null,
    IsVisible: !virtualColumns.includes(column),
    ExtraInfo: '',
    Width: '10%',
    IconHint: '',
    HeadingIconHint: '',
  };
}

const displayTypes: Readonly<Record<Column['kind'], string>> = {
  integer: 'int',
  decimal: 'decimal',
  bool: 'checkbox',
  string: 'string',
  date: 'date',
  datetime: 'datetime',
  list: 'listAny',
  associate: 'associate',
  ids: 'listInterest',
  timeSpan: 'timeSpan',
};

/** `personContact/name` → `Person contact: name`. */
function labelOf(name: string): string {
  const words = name.replace(
    /([a-z])([A-Z])/g,
    (_, before: string, after: string) => `${before} ${after.toLowerCase()}`,
  );
  const spaced = words.replaceAll('/', ': ');
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
