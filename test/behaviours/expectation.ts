import { Ajv } from 'ajv';
import schema from './expectation.schema.json' with { type: 'json' };

/** What `expected.json` of a behaviour says; the schema beside this file tells each property. */
export interface Expectation {
  readonly about: string;
  readonly steps: readonly Step[];
}

export interface Step {
  readonly argv: readonly string[];
  readonly edit?: { readonly file: string; readonly from: string; readonly to: string };
  readonly exitCode?: number;
  readonly counts?: Readonly<Record<string, number>>;
  readonly rows?: readonly ExpectedRow[];
  readonly warnings?: Readonly<Record<string, number>>;
  readonly fileWarnings?: readonly string[];
  readonly added?: readonly string[];
  readonly requests?: Readonly<Record<string, number>>;
  readonly stderr?: readonly string[];
  readonly rejects?: readonly string[];
}

export interface ExpectedRow {
  readonly file?: string;
  readonly place?: string;
  readonly key?: string;
  readonly status?: string;
  readonly codes?: readonly string[];
  readonly warnings?: readonly string[];
  readonly says?: readonly string[];
  readonly changes?: readonly string[];
}

const isExpectation = new Ajv({ allErrors: true }).compile<Expectation>(schema);

export function readExpectation(text: string, folder: string): Expectation {
  const json: unknown = JSON.parse(text);
  if (isExpectation(json)) return json;
  const faults = (isExpectation.errors ?? []).map(fault => `${fault.instancePath} ${fault.message}`);
  throw new Error(`${folder}/expected.json: ${faults.join('; ')}`);
}
