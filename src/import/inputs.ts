import { resolve } from 'node:path';
import type { Config, Mapping } from '../config/config.ts';
import type { Datatype } from '../datatypes/datatype.ts';
import { datatypes } from '../datatypes/index.ts';
import type { UdefLayout } from '../datatypes/udef.ts';
import { openRecords } from '../formats/open.ts';
import type { RecordFile } from '../formats/record.ts';
import { chooseDatatype, chooseMapping } from '../mapping/choose.ts';
import { planColumns } from '../mapping/columns.ts';
import { requireKnownLists } from '../mapping/list-names.ts';
import { type ColumnPlan, describePlan } from '../mapping/plan.ts';
import { SicError } from '../problems/sic-error.ts';

/** An opened file with everything that is known before its first record is read. */
export interface Input {
  /** As the user typed it. */
  readonly label: string;
  readonly records: RecordFile;
  readonly datatype: Datatype;
  readonly mapping: Mapping | null;
  readonly plan: ColumnPlan & { readonly fingerprint: string };
}

/**
 * Opens all files and looks at their headers, so that a bad one is refused before anything is sent. In the order in
 * which they are to be imported: parents before children, else as named.
 */
export async function openInputs(
  files: readonly string[],
  datatypeFlag: string | null,
  config: Config,
  cwd: string,
): Promise<Input[]> {
  const paths = files.map(file => resolve(cwd, file));
  for (const [index, path] of paths.entries())
    if (paths.indexOf(path) !== index)
      throw new SicError('usage', `${files[index]} is named twice.`, { hint: 'Name each file once.' });
  requireKnownLists(config.lists.keys());
  const inputs: Input[] = [];
  for (const [index, label] of files.entries()) {
    const mapping = chooseMapping(config.mappings, label);
    const records = await openRecords(paths[index] ?? label, {
      separator: mapping?.csv.separator ?? null,
      encoding: mapping?.csv.encoding ?? null,
      label,
    });
    const datatype = chooseDatatype(label, datatypeFlag, mapping);
    inputs.push({
      label,
      records,
      datatype,
      mapping,
      plan: planFor(label, records, datatype, mapping, config, null),
    });
  }
  return inputs.sort((a, b) => datatypes.indexOf(a.datatype) - datatypes.indexOf(b.datatype));
}

/** The same input with its more-page columns checked against what SuperOffice has published. */
export function withLayout(input: Input, config: Config, layout: UdefLayout): Input {
  const { label, records, datatype, mapping } = input;
  return { ...input, plan: planFor(label, records, datatype, mapping, config, layout) };
}

function planFor(
  label: string,
  records: RecordFile,
  datatype: Datatype,
  mapping: Mapping | null,
  config: Config,
  layout: UdefLayout,
): Input['plan'] {
  const { integrationId, progIdPrefix } = config;
  const plan = planColumns({
    file: label,
    columns: records.columns,
    datatype,
    mapping,
    integrationId,
    progIdPrefix,
    layout,
  });
  return { ...plan, fingerprint: describePlan(plan) };
}
