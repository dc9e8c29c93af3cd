import type { Field, FieldKind } from '../../datatypes/field.ts';
import { didYouMean } from '../../problems/did-you-mean.ts';
import { type ArchiveColumnInfo, findArchiveColumn } from '../../superoffice/archive-columns.ts';
import type { Source } from './source.ts';

export interface ArchiveSourceOptions {
  readonly provider: string;
  readonly entities: string;
  readonly key: string;
  readonly changed: string | null;
  /** What SuperOffice says of the archive's columns, by name; null: not known. */
  readonly columns: ReadonlyMap<string, ArchiveColumnInfo> | null;
}

/** Any archive of SuperOffice: its own columns are the fields, and its texts are what it shows. */
export function archiveSource({ provider, entities, key, changed, columns }: ArchiveSourceOptions): Source {
  return {
    row: provider,
    datatype: null,
    archive: { provider, entities, idColumn: key },
    changed: changed === null ? [] : [changed],
    find: name => {
      const info = columns && findArchiveColumn(columns, name);
      if (columns === null || info) return { field: columnField(info?.name ?? name, info) };
      const near = didYouMean(name, columns.keys());
      const advice = near === null ? '' : ` Did you mean "${near}"?`;
      return { field: null, why: `SuperOffice's archive ${provider} has no such column.${advice}` };
    },
    names: [...(columns?.keys() ?? [])],
    everything: [],
  };
}

function columnField(name: string, info: ArchiveColumnInfo | null): Field {
  return {
    name,
    kind: info ? kindOf(info) : 'text',
    meaning: info?.label ?? '',
    slot: {
      at: 'readonly',
      column: name,
      ...(info && references.has(info.restriction.toLowerCase()) ? { isReference: true } : {}),
    },
  };
}

/** Restriction types of columns that show the text of what they name by its number. */
const references: ReadonlySet<string> = new Set(['listany', 'listall', 'usergroup', 'ejuser', 'ejcategory']);

/** By the restriction type, which decides how a column is compared; those that cannot be filtered show their text. */
function kindOf({ restriction, type }: ArchiveColumnInfo): FieldKind {
  switch ((restriction || type).toLowerCase()) {
    case 'int':
      return 'integer';
    case 'decimal':
      return 'decimal';
    case 'bool':
      return 'boolean';
    case 'date':
    case 'datetime':
    case 'unlimiteddate':
      return 'datetime';
    case 'associate':
      return 'associate';
    default:
      return 'text';
  }
}
