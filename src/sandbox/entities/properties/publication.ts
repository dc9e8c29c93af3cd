import type { Property } from '../property.ts';
import { date, flag } from './scalar.ts';

type PublicationProperty = 'PublishEventDate' | 'PublishTo' | 'PublishFrom' | 'IsPublished';

/**
 * When a record is shown outside SuperOffice. The documents do not name the table behind it; it is kept in columns of
 * the main table and has no effect here.
 */
export function publication(): Readonly<Record<PublicationProperty, Property>> {
  return {
    PublishEventDate: date('PublishEventDate', 'publishEventDate'),
    PublishTo: date('PublishTo', 'publishTo'),
    PublishFrom: date('PublishFrom', 'publishFrom'),
    IsPublished: flag('IsPublished', 'isPublished'),
  };
}
