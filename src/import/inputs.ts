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
  const faults: SicError[] = [];
  for (const [index, label] of files.entries()) {
    try {
      inputs.push(await openInput(label, paths[index] ?? label));
    } catch (error) {
      if (!(error instanceof SicError)) throw error;
      faults.push(error);
    }
  }
  if (faults.length > 0) throw allFaults(faults);
  return inputs.sort((a, b) => datatypes.indexOf(a.datatype) - datatypes.indexOf(b.datatype));

  async function openInput(label: string, path: string): Promise<Input> {
    const mapping = chooseMapping(config.mappings, label);
    const records = await openRecords(path, {
      separator: mapping?.csv.separator ?? null,
      encoding: mapping?.csv.encoding ?? null,
      label,
    });
    const datatype = chooseDatatype(label, datatypeFlag, mapping);
    return {
      label,
      records,
      datatype,
      mapping,
      plan: planFor(label, records, datatype, mapping, config, null),
    };
  }
}

/** One error for all files that cannot be taken, so that nobody has to find them one by one. */
function allFaults(faults: readonly SicError[]): SicError {
  const [first] = faults;
  if (!first || faults.length === 1) return first ?? new SicError('file', 'No file can be taken.');
  const told = faults.map(({ message, detail, hint }) =>
    [message, detail, hint && `→ ${hint}`].filter(Boolean).join('\n'),
  );
  return new SicError(first.code, `${faults.length} files cannot be taken, so none was imported.`, {
    detail: told.join('\n'),
  });
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
