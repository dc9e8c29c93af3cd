import type { EarningMethod } from '../../config/config.ts';
import type { Datatype } from '../../datatypes/datatype.ts';
import type { Field } from '../../datatypes/field.ts';
import { type FieldNames, isCustomColumn, type UdefLayout, udefFields } from '../../datatypes/udef.ts';
import { columnNames, guessColumn } from '../../mapping/unknown-column.ts';
import type { FindField } from '../expression/parse.ts';
import type { Source } from './source.ts';

export interface DatatypeSourceOptions {
  /** Published more-page fields; null: not known, so that names alone tell what is one. */
  readonly layout: UdefLayout;
  readonly fieldNames: FieldNames;
  readonly earningMethod: EarningMethod;
}

/** The records of a datatype by the column names of imports, and by those that SuperOffice fills in itself. */
export function datatypeSource(datatype: Datatype, options: DatatypeSourceOptions): Source {
  const { provider, entities, idColumn } = datatype.archive;
  const find = finder(datatype, options);
  return {
    row: datatype.name,
    datatype,
    archive: { provider, entities, idColumn },
    changed: changedColumns(datatype),
    find,
    names: [datatype.keyField, ...columnNames(datatype).keys()],
    everything: everythingOf(datatype, options, find),
  };
}

function finder(datatype: Datatype, { layout, fieldNames }: DatatypeSourceOptions): FindField {
  const known = columnNames(datatype);
  return name => {
    const standard = known.get(name);
    if (standard) {
      const why = notReadable(standard);
      return why === null ? { field: standard } : { field: null, why };
    }
    const {
      fields: [field],
      problems: [problem],
    } = udefFields(datatype, [name], layout, fieldNames);
    if (field) return { field };
    if (problem?.code === 'not-a-key')
      return {
        field: null,
        why: `the field with the Prog ID "${problem.progId}" is no text in SuperOffice.`,
      };
    if (problem) {
      const near = problem.nearest === null ? '' : ` It has "${problem.nearest}": the letter case differs.`;
      return {
        field: null,
        why: `SuperOffice has no field "${problem.progId}" on ${datatype.entity}.${near}`,
      };
    }
    if (/^IntegrationID(?:Check)?$/.test(name))
      return { field: null, why: 'it is the same in every row, and no row can be told by it.' };
    const { sentence } = guessColumn(name, datatype);
    return {
      field: null,
      why: `${datatype.name} has no such field. ${sentence || `sic fields ${datatype.name} lists them.`}`,
    };
  };
}

/** Why nothing can be read of a field; null: it can. */
function notReadable({ name, slot, kind }: Field): string | null {
  if (slot.at !== 'input' || slot.column !== undefined || kind === 'files') return null;
  return kind === 'content'
    ? 'files do not fit into a row. --with-files saves them to a folder.'
    : `SuperOffice does not keep it. ${name} only tells an import what to do.`;
}

/** All that an import takes back as it is: in every pair that says the same twice, one. */
function everythingOf(datatype: Datatype, options: DatatypeSourceOptions, find: FindField): Field[] {
  const earning = options.earningMethod === 'percent' ? 'Earning' : 'EarningPercent';
  const left = new Set(['AssociateFullName', earning]);
  const key = find(datatype.keyField);
  const custom = [...(options.layout?.keys() ?? [])]
    .map(name => columnOf(datatype, name, options.fieldNames))
    .filter(name => name !== null && name !== datatype.keyField)
    .sort();
  return [
    ...(key.field ? [key.field] : []),
    ...datatype.fields.filter(({ name, slot }) => {
      const isRead = slot.at === 'input' ? slot.column !== undefined : slot.at !== 'readonly';
      return isRead && !left.has(name);
    }),
    ...custom.flatMap(name => (name === null ? [] : (find(name).field ?? []))),
  ];
}

/** The column name of a field that the tenant has beyond the catalogue; null where an import has no name for it. */
function columnOf(datatype: Datatype, name: string, { progIdPrefix, keyFields }: FieldNames): string | null {
  if (Object.values(keyFields).includes(name)) return null;
  if (datatype.custom.kind === 'extra') return isCustomColumn(datatype, name) ? name : null;
  if (!name.startsWith(progIdPrefix)) return null;
  const column = name.slice(progIdPrefix.length);
  return isCustomColumn(datatype, column) ? column : null;
}

/** A record that was never changed has no time of it. Messages are only made. */
function changedColumns({ fields }: Datatype): string[] {
  return fields.flatMap(({ name, slot }) =>
    (name === 'CreatedDate' || name === 'UpdatedDate') && slot.at === 'readonly' ? [slot.column] : [],
  );
}
