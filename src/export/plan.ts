import type { Config } from '../config/config.ts';
import { readablePath } from '../config/fault.ts';
import { pointerPart } from '../config/json-text.ts';
import type { Datatype } from '../datatypes/datatype.ts';
import type { Field } from '../datatypes/field.ts';
import { datatypeNamed } from '../datatypes/index.ts';
import { type FieldNames, isCustomColumn } from '../datatypes/udef.ts';
import { didYouMean } from '../problems/did-you-mean.ts';
import { SicError } from '../problems/sic-error.ts';
import { idsPerRequest } from '../records/id-filters.ts';
import { findByKey, keyPlace, recordsOf } from '../records/keys.ts';
import { type Names, readNames } from '../records/names.ts';
import type { ArchiveColumnInfo } from '../superoffice/archive-columns.ts';
import { canFilter } from '../superoffice/filter.ts';
import type { SuperOffice } from '../superoffice/superoffice.ts';
import { type OutputColumn, outputColumns } from './columns.ts';
import { type Parsed, parseExpression } from './expression/parse.ts';
import { type OrderKey, readOrder } from './order/order.ts';
import type { Search } from './search.ts';
import { archiveSource } from './source/archive-source.ts';
import { datatypeSource } from './source/datatype-source.ts';
import type { Source } from './source/source.ts';
import { comparison, type Place, type PlacedCriterion, readCriteria, understood } from './where/criteria.ts';
import { type FoundIds, idsFirst } from './where/ids-first.ts';
import { type Comparison, push } from './where/push.ts';
import type { Pushed } from './where/pushed.ts';

/** What SuperOffice is asked about one criterion. */
export interface PlannedCriterion extends Comparison {
  /** As it was written. */
  readonly text: string;
  readonly pushed: Pushed;
  /** Records that were found beforehand; null: none were looked for. */
  readonly found: FoundIds | null;
}

/** An export, ready to be read. */
export interface ExportPlan {
  readonly source: Source;
  readonly columns: readonly OutputColumn[];
  readonly criteria: readonly PlannedCriterion[];
  readonly order: readonly OrderKey[];
  /** Everything that has to be read of a record. */
  readonly fields: readonly Field[];
  readonly names: Names;
  /** What SuperOffice says of the archive's columns; empty where nobody needed to know. */
  readonly archiveColumns: ReadonlyMap<string, ArchiveColumnInfo>;
  /** How many numbers one list of a filter may hold. */
  readonly idsPerRequest: number;
  /** Archive columns that hold the key of a record's parent, by relation; the others are looked up. */
  readonly parentKeyColumns: ReadonlyMap<Field, string>;
}

/** What flags say on top of a search. */
export interface Asked {
  readonly where: readonly string[];
  /** Takes the place of the search's own order; empty: it stays. */
  readonly order: readonly string[];
  /** Only what was changed since some time is wanted. */
  readonly isSince: boolean;
  /** The files of documents and messages are saved, and the columns name them. */
  readonly withFiles: boolean;
}

export interface PlanPorts {
  readonly superoffice: SuperOffice;
  readonly config: Config;
  readonly fieldNames: FieldNames;
}

/**
 * Finds out what has to be read, and how much of the criteria SuperOffice can decide. Throws SicError for fields and values
 * that do not exist, SuperOfficeError.
 */
export async function planExport(search: Search, asked: Asked, ports: PlanPorts): Promise<ExportPlan> {
  const written = writtenCriteria(search, asked.where);
  const { source, archiveColumns } = await openSource(search, written, asked, ports);
  const columns = outputColumns(search.fields, source, {
    config: ports.config,
    place: placeOf(search, 'fields', '--fields'),
    withFiles: asked.withFiles,
  });
  const parse = parserOf(columns, source);
  const criteria = written.map(criterion => understood(criterion, parse));
  const order = readOrder(
    asked.order.length > 0 ? asked.order : search.order,
    parse,
    asked.order.length > 0 ? flag('--order') : placeOf(search, 'order', '--order'),
  );
  const fields = [
    ...new Set([...columns, ...criteria, ...order].flatMap(({ expression }) => expression.field ?? [])),
  ];
  const names = await readNames(ports.superoffice, fields);
  const planned: PlannedCriterion[] = [];
  for (const criterion of criteria) {
    const compared = await comparison(criterion, {
      names,
      timeZone: ports.config.timeZone,
      parents: (field, key) => parentIds(field, key, ports),
    });
    const found =
      source.datatype && (await idsFirst(ports.superoffice, source.datatype, ports.fieldNames, compared));
    const { textFiltersIgnoreCase } = ports.superoffice.openPoints;
    const pushed = push(compared, {
      columns: archiveColumns,
      idColumn: source.archive.idColumn,
      textFiltersIgnoreCase,
    });
    planned.push({ ...compared, text: criterion.text, pushed, found });
  }
  return {
    source,
    columns,
    criteria: planned,
    order,
    fields,
    names,
    archiveColumns,
    idsPerRequest: idsPerRequest(ports.superoffice),
    parentKeyColumns: parentKeyColumns(fields, archiveColumns, ports.fieldNames),
  };
}

function flag(shown: string): Place {
  return { shown, code: 'usage' };
}

/** A search of the config is told by its place there, one of flags by the flag. */
export function placeOf({ name, isNamed }: Search, setting: string, otherwise: string): Place {
  return isNamed
    ? { shown: readablePath(`/searches${pointerPart(name)}/${setting}`), code: 'config' }
    : flag(otherwise);
}

/** All criteria as written; those of flags name only what the search allows. Throws SicError. */
export function writtenCriteria(search: Search, where: readonly string[]): PlacedCriterion[] {
  const asked = readCriteria(where, flag('--where'));
  if (search.allowed !== null) for (const criterion of asked) refuseUnlessAllowed(criterion, search.allowed);
  return [...readCriteria(search.fixed, placeOf(search, 'where', '--where')), ...asked];
}

function refuseUnlessAllowed({ left, text, place }: PlacedCriterion, allowed: readonly string[]): void {
  if (allowed.some(name => sameSpelling(name) === sameSpelling(left))) return;
  const near = didYouMean(left, allowed);
  const [only, ...others] = allowed;
  const advice =
    only === undefined
      ? 'Its "criteria" in the config are empty: nothing may be asked of it.'
      : `${near === null ? '' : `Did you mean "${near}"? `}Allowed ${others.length === 0 ? 'is' : 'are'} ${allowed.join(', ')}.`;
  throw new SicError(
    place.code,
    `${place.shown}: "${text}" names "${left}", which the search does not allow.`,
    { hint: advice },
  );
}

/** `Year( CreatedDate )` is `year(CreatedDate)`. */
function sameSpelling(name: string): string {
  const [, applied, field] = /^([A-Za-z]+)\s*\(\s*(.*?)\s*\)$/.exec(name.trim()) ?? [];
  return applied === undefined ? name.trim() : `${applied.toLowerCase()}(${field})`;
}

/** A criterion or an order names a column of the export, or any field of its records. */
export function parserOf(
  columns: readonly OutputColumn[],
  { find, names }: Source,
): (left: string) => Parsed {
  const byName = new Map(columns.map(({ name, expression }) => [name, expression]));
  return left => {
    const column = byName.get(left);
    const parsed: Parsed = column ? { ok: true, expression: column } : parseExpression(left, find);
    if (parsed.ok)
      return parsed.expression.field?.kind === 'files'
        ? { ok: false, why: 'it is known once the files are saved, and no row can be told by it.' }
        : parsed;
    // Of the columns and the fields the nearest: only what is said of a field is known behind the search's back.
    const near = didYouMean(left, [...byName.keys(), ...names]);
    return near !== null && byName.has(near) && !names.includes(near)
      ? { ok: false, why: `there is no such field. Did you mean "${near}"?` }
      : parsed;
  };
}

interface OpenSource {
  readonly source: Source;
  readonly archiveColumns: ReadonlyMap<string, ArchiveColumnInfo>;
}

/** Asks SuperOffice only for what this export needs to know of its columns. */
async function openSource(
  { of, fields, fixed, order }: Search,
  criteria: readonly PlacedCriterion[],
  asked: Asked,
  { superoffice, config, fieldNames }: PlanPorts,
): Promise<OpenSource> {
  if (of.kind === 'archive') {
    const columns = await superoffice.archiveColumns(of.provider);
    return { source: archiveSource({ ...of, columns }), archiveColumns: columns };
  }
  const datatype = datatypeOf(of.datatype);
  const named = [
    ...(fields ?? []).map(({ expression }) => expression),
    ...criteria.map(({ left }) => left),
    ...[...order, ...asked.order].flatMap(text => text.split(',')),
  ].join(' ');
  const words = named.split(/[^\p{L}\d_]+/u);
  const needsLayout = fields === null || words.some(word => isKeyOrCustom(datatype, word));
  const relations = datatype.fields.filter(({ kind }) => kind === 'relation');
  const needsColumns =
    fixed.length + criteria.length > 0 ||
    asked.isSince ||
    asked.order.length + order.length > 0 ||
    (fields === null ? relations.length > 0 : relations.some(({ name }) => words.includes(name)));
  const none: OpenSource['archiveColumns'] = new Map();
  const [layout, archiveColumns] = await Promise.all([
    needsLayout ? superoffice.udefs(datatype.entity) : null,
    needsColumns ? superoffice.archiveColumns(datatype.archive.provider) : none,
  ]);
  const { earningMethod } = config;
  return { source: datatypeSource(datatype, { layout, fieldNames, earningMethod }), archiveColumns };
}

function isKeyOrCustom(datatype: Datatype, word: string): boolean {
  return word === datatype.keyField || isCustomColumn(datatype, word);
}

function datatypeOf(name: string): Datatype {
  const datatype = datatypeNamed(name);
  if (!datatype) throw new Error(`no datatype ${name}`);
  return datatype;
}

/** Keys that stand beside the records outlive them, and are shown as long as a child names the record. */
async function parentIds(
  { parent }: Field,
  key: string,
  { superoffice, fieldNames }: PlanPorts,
): Promise<readonly number[] | null> {
  if (!canFilter(key)) return null;
  const datatype = datatypeOf(parent ?? '');
  const place = keyPlace(datatype, fieldNames);
  if (place.at === 'foreignKey') {
    const { records, refused } = await recordsOf(superoffice, place.ring, [key]);
    return refused.has(key) ? null : [...records.keys()];
  }
  const { ids, refused } = await findByKey(superoffice, datatype, fieldNames, [key]);
  return refused.has(key) ? null : (ids.get(key) ?? []);
}

/** `contact/contactUdef/Siteshop:CompUserKey01`, where the archive has it (reading.md, section 9). */
function parentKeyColumns(
  fields: readonly Field[],
  archiveColumns: ReadonlyMap<string, ArchiveColumnInfo>,
  { progIdPrefix }: FieldNames,
): Map<Field, string> {
  const columns = new Map<Field, string>();
  for (const field of fields) {
    const { slot } = field;
    if (field.parent === undefined || slot.at !== 'reference') continue;
    const { archive, keyField } = datatypeOf(field.parent);
    const joined = `${slot.column.replace(/Id$/, '')}/${archive.customPrefix}${progIdPrefix}${keyField}`;
    if (slot.column === archive.idColumn && archiveColumns.has(joined)) columns.set(field, joined);
  }
  return columns;
}
