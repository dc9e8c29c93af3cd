import type { ColumnMapping, Mapping } from '../../src/config/config.ts';
import { company } from '../../src/datatypes/company.ts';
import { defaultFieldNames } from '../../src/datatypes/udef.ts';
import { type ColumnSource, planColumns } from '../../src/mapping/columns.ts';
import type { ColumnPlan } from '../../src/mapping/plan.ts';
import { SicError } from '../../src/problems/sic-error.ts';

export function mapping(parts: Partial<Mapping> = {}): Mapping {
  return {
    match: null,
    datatype: null,
    csv: { separator: null, encoding: null },
    dates: [],
    decimal: null,
    columns: new Map(),
    constants: new Map(),
    unknownColumns: 'refuse',
    empty: 'keep',
    duplicates: 'first',
    ...parts,
  };
}

export function to(field: string | null, parts: Partial<ColumnMapping> = {}): ColumnMapping {
  return { to: field, values: new Map(), empty: null, ...parts };
}

/** A plan for a Company file unless said otherwise. */
export function plan(columns: readonly string[], parts: Partial<ColumnSource> = {}): ColumnPlan {
  return planColumns({
    file: 'companies.csv',
    columns,
    fixed: true,
    datatype: company,
    mapping: null,
    integrationId: null,
    timeZone: null,
    fieldNames: defaultFieldNames,
    layout: null,
    ...parts,
  });
}

/** The SicError that `act` throws. */
export function refusal(act: () => unknown): SicError {
  try {
    act();
  } catch (error) {
    if (error instanceof SicError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
