import { rowsWith } from '../entities/rows.ts';
import { numberOf, textOf } from '../entities/values.ts';
import type { Database } from '../store/database.ts';
import { tableNumberOf } from './table-numbers.ts';

/** The foreign keys of one record, `app.device.key` → value; of several with one name the last counts. */
export function foreignKeysOf(database: Database, table: string, recordId: number): Record<string, string> {
  const result: Record<string, string> = {};
  for (const row of rowsWith(database.table('foreignkey'), 'record_id', recordId)) {
    if (row.table_id !== tableNumberOf(table)) continue;
    const device = database.table('foreigndevice').get(numberOf(row.foreigndevice_id));
    const app = database.table('foreignapp').get(numberOf(device?.foreignapp_id));
    result[[app?.name, device?.name, row.subkey].map(textOf).join('.')] = textOf(row.subvalue);
  }
  return result;
}
