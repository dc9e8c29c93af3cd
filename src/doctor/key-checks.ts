import type { Datatype } from '../datatypes/datatype.ts';
import { type FieldNames, keyName, longestKey } from '../datatypes/udef.ts';
import type { UdefDefinition } from '../superoffice/superoffice.ts';
import { type Check, checksOf } from './check.ts';
import { type Layout, missingFields } from './layout.ts';

const { ok, advice, missing } = checksOf('keys');

/**
 * The field that holds a datatype's user key: short text, 39 characters, indexed, and read-only for people
 * (integration-cloud.md, section 3.1). Datatypes without such a field have no checks here.
 * @param program how the reader starts this program
 */
export function keyChecks(datatype: Datatype, layout: Layout, names: FieldNames, program: string): Check[] {
  const progId = keyName(datatype, names);
  if (progId === null || datatype.custom.kind !== 'udef') return [];
  const field = layout.get(progId);
  return [field ? qualityOf(progId, datatype, field) : notThere(progId, datatype, layout, names, program)];
}

function notThere(
  name: string,
  datatype: Datatype,
  layout: Layout,
  names: FieldNames,
  program: string,
): Check {
  const [{ nearest } = { nearest: null }] = missingFields(datatype, [datatype.keyField], layout, names);
  const found = `${datatype.entity} has no published field with that Prog ID, for the keys of ${datatype.name}.`;
  if (nearest !== null)
    return missing(
      name,
      `${found} It has "${nearest}": the letter case differs.`,
      'Correct the Prog ID of that field in SuperOffice, and publish.',
    );
  return missing(
    name,
    found,
    `Make it in SuperOffice (short text, ${longestKey} characters, indexed, read-only) and publish, or let ${program} doctor --fix make it.`,
  );
}

function qualityOf(name: string, { name: datatype }: Datatype, field: UdefDefinition): Check {
  const { type, length, indexed, readOnly, mandatory } = field;
  if (type !== 'ShortText' && type !== 'LongText')
    return missing(
      name,
      `It is a field of the type ${type}, and keys are texts.`,
      'Take the Prog ID off that field, give it to a short text, and publish.',
    );
  if (!indexed)
    return missing(
      name,
      'It is not indexed, so SuperOffice reads all its records for every hundred keys that are looked up.',
      'Tick "Indexed" on the field in SuperOffice, and publish.',
    );
  const faults = [
    ...(type === 'LongText' ? ['is a long text, which takes one of nine places'] : []),
    ...(length > 0 && length < longestKey ? [`holds ${length} characters; longer keys are rejected`] : []),
    ...(readOnly ? [] : ['is not read-only: a person who changes a key cuts the record off from its rows']),
    ...(mandatory ? ['is mandatory: people who make a record have to think up a key'] : []),
  ];
  if (faults.length > 0)
    return advice(
      name,
      `It ${faults.join('; it ')}.`,
      `Make it a short text of ${longestKey} characters, indexed, read-only and not mandatory, and publish.`,
    );
  return ok(name, `Short text, ${length} characters, indexed, read-only: the keys of ${datatype}.`);
}
