import type { Datatype } from '../datatypes/datatype.ts';
import { type FieldNames, keyName, longestKey } from '../datatypes/udef.ts';
import { keyPlace } from '../records/keys.ts';
import type { SuperOffice } from '../superoffice/superoffice.ts';
import { type Check, checksOf } from './check.ts';
import { faultCheck } from './fault-check.ts';

const { ok, advice, missing } = checksOf('tickets');

/** Where the user keys of requests and messages are kept, and whether SuperOffice answers when it is asked for one. */
export async function ticketKeyCheck(
  superoffice: SuperOffice,
  datatype: Datatype,
  names: FieldNames,
): Promise<Check> {
  const name = `${datatype.name} keys`;
  try {
    const field = keyName(datatype, names);
    return field === null
      ? await foreignKeyCheck(name, superoffice, datatype, names)
      : await extraFieldCheck(name, field, superoffice, datatype);
  } catch (error) {
    return faultCheck('tickets', name, error);
  }
}

async function foreignKeyCheck(
  name: string,
  superoffice: SuperOffice,
  datatype: Datatype,
  names: FieldNames,
): Promise<Check> {
  const place = keyPlace(datatype, names);
  if (place.at !== 'foreignKey') throw new Error(`the keys of ${datatype.name} are in a field`);
  // Looked for like any other; that nothing is found is of no account.
  await superoffice.foreignKeys.withValues(place.ring, ['sic-doctor']);
  return ok(
    name,
    `They are foreign keys of SuperOffice (application sic, device ${place.ring.device}), which need no field; the first import makes the device.`,
  );
}

async function extraFieldCheck(
  name: string,
  field: string,
  superoffice: SuperOffice,
  { entity, name: datatype }: Datatype,
): Promise<Check> {
  const definition = (await superoffice.udefs(entity)).get(field);
  const setting = `"${datatype.toLowerCase()}Key"`;
  if (!definition)
    return missing(
      name,
      `The profile keeps them in ${field}, and ${entity} has no such extra field.`,
      `Make a short text of that name in SuperOffice, indexed; or take ${setting} out of the profile: then the keys need no field.`,
    );
  if (definition.type !== 'ShortText' && definition.type !== 'LongText')
    return missing(
      name,
      `The profile keeps them in ${field}, which is of the type ${definition.type}; keys are texts.`,
      `Name a text field in ${setting} of the profile.`,
    );
  if (!definition.indexed)
    return advice(
      name,
      `They are in the extra field ${field}, which is not indexed: every look for keys reads the whole table.`,
      'Index the field in SuperOffice (Settings and maintenance, Tables).',
    );
  return ok(
    name,
    `They are in the extra field ${field}, an indexed text of at least ${longestKey} characters.`,
  );
}
