import type { ArchiveResult } from '../run.ts';
import type { Source } from '../source.ts';
import { encodedText } from './encoded.ts';
import { tooltipHint } from './hints.ts';

/** `ArchiveListItem`s of the agents (reading.md, section 10.1): display values only. */
export function listItems({ archive, columns, rows }: ArchiveResult, source: Source) {
  return rows.map(row => ({
    EntityName: archive.entityName(row),
    PrimaryKey: archive.primaryKey(row),
    ColumnData: Object.fromEntries(
      columns.map(({ name, column }) => {
        const cell = column.cell(row, source);
        return [
          name,
          {
            DisplayValue: encodedText(column, cell, source),
            TooltipHint: tooltipHint(column, cell, row, archive),
            LinkHint: '',
          },
        ];
      }),
    ),
    LinkHint: archive.linkHint(row),
    StyleHint: '',
    TableRight: null,
    FieldProperties: {},
  }));
}
