import type { Reading } from '../property.ts';
import { noDate } from '../stamps.ts';
import { numberOf, textOf } from '../values.ts';
import { associateName } from './associate.ts';
import { listItemName } from './list-item.ts';
import { primaryUrl } from './primary.ts';
import { fullRight } from './rights.ts';

/** The flat `Project` carrier: `GET /v1/Project/{id}/Simple`, `Sale.Project`. null for id 0 and for no such project. */
export function simpleProject(id: number, reading: Reading): Record<string, unknown> | null {
  const { database } = reading;
  const row = database.table('project').get(id);
  if (!row) return null;
  const url = primaryUrl(database, 'project_id', id);
  const date = (column: string): string => (textOf(row[column]) || noDate) + reading.zone;
  return {
    ProjectId: id,
    Name: textOf(row.name),
    Description: textOf(database.table('text').get(numberOf(row.text_id))?.text),
    URL: textOf(url?.url_address),
    Type: listItemName('projtype', numberOf(row.type_idx), reading),
    AssociateId: numberOf(row.associate_id),
    AssociateFullName: associateName(database, numberOf(row.associate_id)),
    TypeId: numberOf(row.type_idx),
    Updated: date('updated'),
    StatusId: numberOf(row.status_idx),
    Status: listItemName('projstatus', numberOf(row.status_idx), reading),
    TextId: numberOf(row.text_id),
    PublishTo: date('publishTo'),
    PublishFrom: date('publishFrom'),
    IsPublished: row.isPublished === 1,
    URLName: textOf(url?.description),
    ProjectNumber: textOf(row.project_number),
    ActiveErpLinks: 0,
    EventId: 0,
    StartDate: noDate + reading.zone,
    TableRight: fullRight,
    FieldProperties: {},
  };
}
