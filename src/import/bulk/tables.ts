import type { DatatypeName } from '../../datatypes/datatype.ts';

/** How a cell of a column is written (writing.md, section 6.3). */
export type CellKind = 'integer' | 'text' | 'moment';

/** The tables of one datatype that mass operations write (writing.md, section 7). */
export interface Tables {
  /** Webhooks and the date of the last change are those of this one. */
  readonly root: string;
  /** Its primary key, by which the tables of more-page fields are found as well. */
  readonly key: string;
  /** Columns of the root that no request may leave out. */
  readonly required: Readonly<Record<string, CellKind>>;
  /** More-page fields of every type but LongText. */
  readonly small: string;
  /** Those of type LongText. */
  readonly large: string;
}

const integers = <Column extends string>(...columns: Column[]): Record<Column, 'integer'> =>
  Object.fromEntries(columns.map(column => [column, 'integer'])) as Record<Column, 'integer'>;

const tables: Readonly<Partial<Record<DatatypeName, Tables>>> = {
  Company: {
    root: 'contact',
    key: 'contact_id',
    required: { name: 'text', ...integers('country_id', 'business_idx', 'category_idx') },
    small: 'udcontactsmall',
    large: 'udcontactlarge',
  },
  Person: {
    root: 'person',
    key: 'person_id',
    required: {
      ...integers('contact_id', 'rank'),
      firstname: 'text',
      ...integers('country_id', 'business_idx', 'category_idx'),
    },
    small: 'udpersonsmall',
    large: 'udpersonlarge',
  },
  Project: {
    root: 'project',
    key: 'project_id',
    required: integers('type_idx', 'associate_id'),
    small: 'udprojectsmall',
    large: 'udprojectlarge',
  },
  Sale: {
    root: 'sale',
    key: 'sale_id',
    required: {
      ...integers('associate_id', 'group_idx', 'contact_id'),
      saledate: 'moment',
      ...integers('probability_idx', 'appointment_id', 'project_id'),
    },
    small: 'udsalesmall',
    large: 'udsalelarge',
  },
  Appointment: {
    root: 'appointment',
    key: 'appointment_id',
    required: {
      ...integers('associate_id', 'group_idx'),
      done: 'moment',
      ...integers('task_idx', 'owned_externally'),
    },
    small: 'udappntsmall',
    large: 'udappntlarge',
  },
  Document: {
    root: 'document',
    key: 'document_id',
    required: { application_id: 'integer', name: 'text', contentSetCount: 'integer' },
    small: 'uddocsmall',
    large: 'uddoclarge',
  },
};

/** null: mass operations do nothing for this datatype. */
export function tablesOf(datatype: DatatypeName): Tables | null {
  return tables[datatype] ?? null;
}
