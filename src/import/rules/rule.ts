import type { Config } from '../../config/config.ts';
import type { Datatype } from '../../datatypes/datatype.ts';
import type { Field } from '../../datatypes/field.ts';
import type { Row } from '../../mapping/row.ts';
import type { Problem } from '../../problems/problem.ts';
import type { Existing } from '../../records/current.ts';
import type { PlainValue } from '../../records/value.ts';
import type { KeptNames } from '../../state/kept-names.ts';
import type { SuperOffice } from '../../superoffice/superoffice.ts';
import type { Step } from '../plan/step.ts';
import type { Wanted } from '../plan/value.ts';
import type { Directory } from '../resolve/directory.ts';

/** A row whose cells are resolved, before it is planned. */
export interface Candidate {
  readonly datatype: Datatype;
  readonly row: Row;
  /** null: a new record. */
  readonly existing: Existing | null;
  /** An earlier run began to make this record, and nobody knows how far it got. */
  readonly wasInDoubt: boolean;
  readonly wanted: readonly Wanted[];
  readonly directory: Directory;
  readonly superoffice: SuperOffice;
  readonly config: Config;
  readonly keptNames: KeptNames;
}

/** What a rule makes of a candidate. What is left out stays as it was. */
export interface Verdict {
  /** In place of the candidate's. */
  readonly wanted?: readonly Wanted[];
  readonly problems?: readonly Problem[];
  readonly warnings?: readonly Problem[];
  readonly steps?: readonly Step[];
}

/** What a datatype asks of its rows beyond typed cells. */
export interface Rule {
  /** Faults that the row shows by itself; looked for offline too. */
  readonly check?: (row: Row, config: Config) => readonly Problem[];
  /** What follows from the row together with what SuperOffice holds. Throws SuperOfficeError. */
  readonly settle?: (candidate: Candidate) => Verdict | Promise<Verdict>;
}

/** A field of the datatype by its column name. */
export function fieldNamed(datatype: Datatype, name: string): Field {
  const field = datatype.fields.find(each => each.name === name);
  if (!field) throw new Error(`${datatype.name} has no field ${name}`);
  return field;
}

/** What a row says in a column: undefined when it says nothing, null when it clears. */
export function saidIn(row: Row, name: string): unknown {
  for (const [field, value] of row.values) if (field.name === name) return value;
  return undefined;
}

/** The wanted value of a column, if the row has one. */
export function wantedOf(wanted: readonly Wanted[], name: string): Wanted | undefined {
  return wanted.find(want => want.field.name === name);
}

export function want(field: Field, value: PlainValue, more: Partial<Wanted> = {}): Wanted {
  return { field, value, text: value === null ? null : String(value), add: [], ...more };
}

/** A property that no column speaks of, but that follows from one: written with `group`. No archive shows it, so it is not told. */
export function implied(property: string, value: PlainValue, kind: Field['kind'], group: string): Wanted {
  const field: Field = {
    name: property,
    kind,
    meaning: '',
    slot: { at: 'property', property, column: '' },
  };
  return want(field, value, { group, follows: true });
}
