import { translate } from '../../lists/text.ts';
import type { Reading } from '../property.ts';
import { numberOf, textOf } from '../values.ts';

/** The slim `DocumentTemplate` carrier of a document; null without one. */
export function documentTemplateCarrier(id: number, reading: Reading): Record<string, unknown> | null {
  const row = reading.database.table('doctmpl').get(id);
  if (!row) return null;
  return {
    DocumentTemplateId: id,
    Name: translate(textOf(row.name), reading.language),
    Tooltip: translate(textOf(row.tooltip), reading.language),
    SaveInDb: numberOf(row.save_in_db),
    Filename: textOf(row.filename),
    DefaultOref: textOf(row.default_oref),
    RecordType: textOf(row.record_type),
    Deleted: numberOf(row.deleted),
    Direction: textOf(row.direction),
    AutoeventId: numberOf(row.autoevent_id),
    QuoteDocType: 'None',
    TableRight: null,
    FieldProperties: {},
  };
}
