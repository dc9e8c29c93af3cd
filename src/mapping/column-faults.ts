import type { Datatype } from '../datatypes/datatype.ts';
import { longestKey } from '../datatypes/udef.ts';
import { SicError } from '../problems/sic-error.ts';

/** Why a column cannot be used, as far as the advice is concerned. */
export type ColumnFaultKind =
  | 'unknown'
  | 'spelling'
  | 'read-only'
  | 'twice'
  | 'mapping'
  | 'integration-id'
  | 'prog-id'
  | 'key-prog-id'
  | 'key-missing';

/** The faults of one header, gathered so that a user sees all of them at once. */
export class ColumnFaults {
  private readonly file: string;
  private readonly datatype: Datatype;
  private readonly found: { readonly kind: ColumnFaultKind; readonly text: string }[] = [];

  constructor(file: string, datatype: Datatype) {
    this.file = file;
    this.datatype = datatype;
  }

  add(kind: ColumnFaultKind, text: string): void {
    this.found.push({ kind, text: text.trim() });
  }

  /** @throws SicError `file` when anything was added */
  throwIfAny(columns: readonly string[]): void {
    const [first, ...more] = this.found;
    if (!first) return;
    const only = columns.length === 1 ? (columns[0] ?? '') : '';
    const separator = /[;,\t|]/.test(only)
      ? ' The header was read as a single column: is "csv": { "separator": … } right?'
      : '';
    const hint = `${this.advice()}${separator}`;
    if (more.length === 0) throw new SicError('file', `${this.file}: ${first.text}`, { hint });
    throw new SicError('file', `${this.file}: the header has ${this.found.length} faults.`, {
      hint,
      detail: this.found.map(({ text }) => text).join('\n'),
    });
  }

  private advice(): string {
    const list = `\`sic fields ${this.datatype.name}\` lists the columns.`;
    const kinds = new Set(this.found.map(({ kind }) => kind));
    const isUdef = this.datatype.custom.kind === 'udef';
    const advice: Readonly<Record<ColumnFaultKind, string>> = {
      unknown: `Rename the column in the file, map it in the config, or set "unknownColumns": "ignore".`,
      spelling:
        'Column names are compared with letter case: correct the header, or map the column in the config.',
      'read-only': 'Take the column out, or map it to null in the config.',
      twice: 'Keep one of them, or map the other to null in the config.',
      mapping: 'Correct the mapping in the config.',
      'integration-id':
        'The config has an "integrationId", so a CSV file begins with IntegrationID and ends with IntegrationIDCheck; in other files every record holds both.',
      'prog-id': `${isUdef ? 'Give the field that Prog ID' : 'Make an extra field of that name'} in SuperOffice, or set "unknownColumns": "ignore" in the mapping.`,
      'key-prog-id': isUdef
        ? `Make a more-page field for the key in SuperOffice: short text, length ${longestKey}, indexed, with that Prog ID.`
        : `Make an extra field of that name in SuperOffice: short text, indexed. Or take "${this.datatype.name.toLowerCase()}Key" out of the profile: then the keys need no field.`,
      'key-missing': `Add the column, or map the one that holds the key to ${this.datatype.keyField}.`,
    };
    const asksForList = (['unknown', 'mapping', 'prog-id'] as const).some(kind => kinds.has(kind));
    return [...[...kinds].map(kind => advice[kind]), ...(asksForList ? [list] : [])].join(' ');
  }
}
