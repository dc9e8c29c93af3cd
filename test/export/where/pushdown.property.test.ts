import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { probeTenant } from '../../../src/cli/probe/run.ts';
import { loadConfig } from '../../../src/config/load.ts';
import { chooseProfile } from '../../../src/config/profiles.ts';
import { datatypes } from '../../../src/datatypes/index.ts';
import type { Quirks } from '../../../src/sandbox/server.ts';
import { type Desk, openDesk } from '../../behaviours/desk.ts';
import { at } from '../../sandbox/entities/tenant.ts';
import { columnsOf, type KnownColumn, makeNastyRecords } from './nasty-records.ts';
import { type Applied, type Criterion, type Operator, type Row, satisfies, taken } from './oracle.ts';

/** All rows of a datatype, read once, and what may be asked about them. */
interface Known {
  readonly datatype: string;
  /** How the export of it begins, and the column with the number of each row. */
  readonly argv: readonly string[];
  readonly id: string;
  readonly columns: readonly KnownColumn[];
  readonly rows: readonly Row[];
}

/** A few columns at a time, so that every query fits into an address and is answered in the usual form. */
const columnsAtATime = 6;

async function readEverything(desk: Desk): Promise<Known[]> {
  const all: Known[] = [];
  for (const { name: datatype, ...more } of datatypes) {
    const columns = columnsOf({ name: datatype, ...more });
    const rows = new Map<string, Row>();
    for (let begun = 0; begun < columns.length; begun += columnsAtATime) {
      const names = columns.slice(begun, begun + columnsAtATime).map(({ name }) => name);
      const fields = [...new Set(['SuperOfficeId', ...names])].join(',');
      for (const row of rowsIn(
        await desk.run('export', '--datatype', datatype, '--fields', fields),
        datatype,
      ))
        rows.set(row.SuperOfficeId ?? '', { ...rows.get(row.SuperOfficeId ?? ''), ...row });
    }
    all.push({
      datatype,
      argv: ['--datatype', datatype, '--fields', 'SuperOfficeId'],
      id: 'SuperOfficeId',
      columns,
      rows: [...rows.values()],
    });
  }
  return all;
}

function rowsIn(answer: object, name: string): Row[] {
  const rows: unknown = Object.entries(answer).find(([key]) => key === name)?.[1];
  if (!Array.isArray(rows)) throw new Error(JSON.stringify(answer));
  return rows;
}

const anyOperator: readonly Operator[] = ['=', '<>', '>', '>=', '<', '<='];
const equality: readonly Operator[] = ['=', '<>'];
const unordered = ['boolean', 'choice', 'list', 'lists', 'associate', 'country', 'relation'];

function functionsOf(kind: KnownColumn['kind']): readonly Applied[] {
  if (kind === 'date' || kind === 'datetime') return [null, null, null, 'year', 'year', 'month'];
  return kind === 'text' ? [null, null, null, null, null, 'upper', 'length'] : [null];
}

/** Of every kind as often, however many columns are of it; a value that is there more often than one that need not be. */
function criterionOf({ columns, rows }: Known): fc.Arbitrary<Criterion> {
  const kinds = [...new Set(columns.map(({ kind }) => kind))];
  return (
    fc
      .constantFrom(...kinds, ...kinds.filter(kind => kind === 'text'))
      .chain(kind => fc.constantFrom(...columns.filter(column => column.kind === kind)))
      .chain(column =>
        fc.record({ column: fc.constant(column), applied: fc.constantFrom(...functionsOf(column.kind)) }),
      )
      .chain(({ column, applied }) => {
        const shown = [...new Set(rows.map(row => row[column.name] ?? ''))]
          .filter(text => text !== '')
          .flatMap(text => (column.kind === 'lists' ? text.split(column.separator) : [text]))
          .map(text => taken(text, applied));
        const others = nearMisses(column, applied);
        const value =
          [...shown, ...others].length === 0 ? fc.constant('') : someValue(shown, others, column, applied);
        return fc.record({
          column: fc.constant(column),
          applied: fc.constant(applied),
          operator: fc.constantFrom(...operatorsOf({ column, applied, value: 'x' })),
          value,
        });
      })
      // Nothing is less than an empty value, or more.
      .map(criterion =>
        operatorsOf(criterion).includes(criterion.operator) ? criterion : { ...criterion, operator: '=' },
      )
  );
}

function someValue(
  shown: readonly string[],
  others: readonly string[],
  column: KnownColumn,
  applied: Applied,
): fc.Arbitrary<string> {
  const canBeEmpty = applied !== null || !['integer', 'decimal', 'boolean'].includes(column.kind);
  const from = (texts: readonly string[]) =>
    fc.constantFrom(...(texts.length > 0 ? texts : [...shown, ...others]));
  return fc.oneof(
    { weight: 8, arbitrary: from(shown) },
    { weight: 6, arbitrary: from(shown).chain(text => near(text, column, applied)) },
    { weight: 4, arbitrary: from(others) },
    { weight: canBeEmpty ? 1 : 0, arbitrary: fc.constant('') },
  );
}

function operatorsOf({ column, applied, value }: Omit<Criterion, 'operator'>): readonly Operator[] {
  const isOrdered = applied !== null || !unordered.includes(column.kind);
  return isOrdered && value !== '' ? anyOperator : equality;
}

/** Values that no record need have. */
function nearMisses({ kind }: KnownColumn, applied: Applied): readonly string[] {
  if (applied === 'upper') return ['Ærø', 'ACME '];
  if (applied !== null) return ['0', '12', '2024', '2024,5', '9999', '-1'];
  switch (kind) {
    case 'text':
    case 'file':
      return [
        'acme',
        'ACME ',
        "l'oréal",
        'o\\brien',
        'ærø',
        'STRASSE',
        'A;Name=B',
        '8',
        '10,0',
        "'",
        '\\',
        '[I:1]',
      ];
    case 'key':
      return ["c'0;å", "C'0;Å", "t'1;å", 'A\\B', '0'];
    case 'relation':
      return ["C'1;Å", "c'1;å", 'nobody', 'no\\body'];
    case 'integer':
      return ['-1', '0', '7,5', '2147483647', '2147483648', '-99999999999'];
    case 'decimal':
      return ['0', '0,3', '0.30000001', '1234,56', '99999999,99', '-0.5'];
    case 'boolean':
      return ['TRUE', 'false'];
    case 'date':
      return ['2024-01-01', '2024-12-31', '1000-01-01', '9999-12-31'];
    case 'datetime':
      return ['2024-12-31', '2024-12-31 23:30', '2025-01-01T00:30:00', '2024-01-01 00:00', '9999-12-31'];
    case 'country':
      return ['Norway'];
    case 'associate':
      return ['SIC'];
    default:
      return [];
  }
}

/** The value, or one right beside it. */
function near(text: string, { kind }: KnownColumn, applied: Applied): fc.Arbitrary<string> {
  if (applied === null && ['date', 'datetime', 'relation', 'boolean', 'choice'].includes(kind))
    return fc.constant(text);
  if (applied !== null && applied !== 'upper')
    return fc.constantFrom(text, String(Number(text.replace(',', '.')) + 1));
  if (kind === 'integer' || kind === 'decimal') {
    const number = Number(text.replace(',', '.'));
    return fc.constantFrom(text, text, String(number + 1), String(number - 1), `${Math.trunc(number)},5`);
  }
  if (kind === 'text' || kind === 'file')
    return fc.constantFrom(
      text,
      text,
      text.toUpperCase(),
      text.toLowerCase(),
      `${text} `,
      text.slice(1) || '-',
      `x${text}`,
    );
  if (kind === 'key') return fc.constantFrom(text, text, text.toUpperCase(), text.toLowerCase());
  return fc.constantFrom(text, text.toLowerCase(), text.toUpperCase());
}

/** As a person would write it, or as a program would. */
function written({ column, applied, operator, value }: Criterion, style: number): string {
  const left =
    applied === null
      ? column.name
      : style % 2 === 0
        ? `${applied}(${column.name})`
        : `${applied} ( ${column.name} )`;
  const needsQuotes = value.trim() !== value || value === '' || /^["'=<>]|[;\\]/.test(value);
  if (!needsQuotes && style < 5)
    return style < 3 ? `${left}${operator}${value}` : ` ${left} ${operator} ${value} `;
  const quote = style % 2 === 0 ? '"' : "'";
  return `${left}${operator}${quote}${value.replaceAll(quote, quote + quote)}${quote}`;
}

interface Question {
  readonly datatype: string;
  readonly criteria: readonly Criterion[];
  readonly styles: readonly number[];
  readonly isJoined: boolean;
  readonly limit: number | null;
}

function questionAbout(all: readonly Known[]): fc.Arbitrary<Question> {
  return fc.constantFrom(...all).chain(known => {
    const criterion = criterionOf(known);
    return fc.record({
      datatype: fc.constant(known.datatype),
      criteria: fc.oneof(
        { weight: 4, arbitrary: fc.tuple(criterion) },
        { weight: 1, arbitrary: fc.tuple(criterion, criterion) },
      ),
      styles: fc.tuple(fc.nat(9), fc.nat(9)),
      isJoined: fc.boolean(),
      limit: fc.oneof(
        { weight: 3, arbitrary: fc.constant(null) },
        { weight: 1, arbitrary: fc.constantFrom(1, 2, 3) },
      ),
    });
  });
}

function whereOf({ criteria, styles, isJoined }: Question): string[] {
  const texts = criteria.map((criterion, index) => written(criterion, styles[index] ?? 0));
  return isJoined ? [texts.join(';')] : texts;
}

/** The same question with every operator that its first criterion can have. */
async function holds(
  desk: Desk,
  all: readonly Known[],
  question: Question,
  more: readonly string[] = [],
): Promise<void> {
  const [first, ...others] = question.criteria;
  if (!first) return;
  for (const operator of operatorsOf(first))
    await holdsOnce(desk, all, { ...question, criteria: [{ ...first, operator }, ...others] }, more);
}

async function holdsOnce(
  desk: Desk,
  all: readonly Known[],
  question: Question,
  more: readonly string[],
): Promise<void> {
  const { datatype, criteria, limit } = question;
  const known = all.find(each => each.datatype === datatype);
  if (!known) throw new Error(datatype);
  const where = whereOf(question);
  const answer = await desk.run(
    'export',
    ...known.argv,
    ...[...where, ...more].flatMap(text => ['--where', text]),
    ...(limit === null ? [] : ['--limit', String(limit)]),
  );
  const ids = (rows: readonly Row[]): string => rows.map(row => row[known.id]).join(' ');
  const wanted = known.rows.filter(row => criteria.every(criterion => satisfies(row, criterion)));
  expect([where, ids(rowsIn(answer, datatype))]).toEqual([where, ids(wanted.slice(0, limit ?? undefined))]);
}

const seed = Number(process.env.SIC_SEED ?? 20241231);
const runs = (usual: number): number => Number(process.env.SIC_RUNS ?? usual);

/** @param isProbed sic has found out beforehand what is open, and keeps the answers */
async function deskWith(quirks: Partial<Quirks>, isProbed: boolean) {
  const desk = await openDesk({}, { quirks });
  if (isProbed) await probe(desk);
  await makeNastyRecords(desk.tenant, 24);
  return { desk, all: await readEverything(desk) };
}

async function probe({ folder, tenant }: Desk): Promise<void> {
  const config = await loadConfig({ file: null, cwd: folder });
  await probeTenant(chooseProfile(config, { named: null, sandbox: false }), '127.0.0.1', {
    rate: undefined,
    concurrency: 8,
    stateRoot: join(folder, '.sic'),
    env: { SIC_PASSWORD: tenant.sandbox.password },
    program: 'sic',
    conceal: () => {},
    note: () => {},
    tell: () => {},
    now: Date.now,
    signal: new AbortController().signal,
  });
}

test('SuperOffice never leaves out what satisfies a criterion, nor lets through what does not', async () => {
  const { desk, all } = await deskWith({}, false);
  await fc.assert(
    fc.asyncProperty(questionAbout(all), question => holds(desk, all, question)),
    { numRuns: runs(80), seed },
  );
}, 120_000);

const texts: ReadonlySet<KnownColumn['kind']> = new Set(['text', 'file', 'key', 'lists']);

test('nor one that minds letter case and takes few values at a time, once that is known', async () => {
  const quirks = { 'string-filters-ignore-case': 'no', 'values-in-one-in': '20' } as const;
  const { desk, all: known } = await deskWith(quirks, true);
  // Letter case is a matter of texts alone.
  const all = known.map(each => ({ ...each, columns: each.columns.filter(({ kind }) => texts.has(kind)) }));
  await fc.assert(
    fc.asyncProperty(questionAbout(all), question => holds(desk, all, question)),
    { numRuns: runs(40), seed },
  );
}, 120_000);

/** Archives by the column with the number of each row. */
const archives = {
  SimpleContact: 'contactId',
  Person: 'personId',
  SimpleProject: 'projectId',
  SimpleSale: 'saleId',
  SimpleAppointment: 'appointmentId',
  SimpleDocument: 'documentId',
  Ticket: 'ticketId',
  TicketMessage: 'ticketMessageId',
} as const;

const archiveKinds: Readonly<Record<string, KnownColumn['kind']>> = {
  int: 'integer',
  decimal: 'decimal',
  bool: 'boolean',
  date: 'datetime',
  datetime: 'datetime',
  unlimitedDate: 'datetime',
  associate: 'associate',
};

/** Of columns that are no more than shown, and of those that hold several values or a duration. */
const otherTypes: ReadonlySet<string> = new Set(['', 'timeSpan', 'intArray', 'listInterest']);

/** What SuperOffice says of the columns of an archive. */
async function archiveColumns(desk: Desk, archive: string): Promise<KnownColumn[]> {
  const columns = await desk.tenant.json('GET', `/v1/Archive/${archive}/$metadata`);
  return Object.entries(columns)
    .map(([name, column]) => [name, at(column, 'RestrictionType')] as const)
    .filter(([name, type]) => !otherTypes.has(String(type)) && !/^get\w+Rows$/.test(name))
    .map(([name, type]) => ({ name, kind: archiveKinds[String(type)] ?? 'text', separator: '|' }));
}

test('nor of any column of any archive', async () => {
  const searches: Record<string, object> = {};
  const desk = await openDesk({ searches });
  await makeNastyRecords(desk.tenant, 12);
  const columns = new Map<string, KnownColumn[]>();
  for (const [provider, key] of Object.entries(archives)) {
    const of = await archiveColumns(desk, provider);
    columns.set(provider, of);
    searches[provider] = { provider, key, fields: [key] };
    searches[`All${provider}`] = { provider, key, fields: of.map(({ name }) => name) };
  }
  const file = join(desk.folder, 'sic.config.json');
  await writeFile(file, JSON.stringify({ ...JSON.parse(await readFile(file, 'utf8')), searches }));
  const all: Known[] = [];
  for (const [archive, id] of Object.entries(archives)) {
    const rows = rowsIn(await desk.run('export', '--search', `All${archive}`), `All${archive}`);
    expect(rows.length).toBeGreaterThan(8);
    const argv = ['--search', archive];
    all.push({ datatype: archive, argv, id, columns: columns.get(archive) ?? [], rows });
  }
  await fc.assert(
    fc.asyncProperty(questionAbout(all), question => holds(desk, all, question)),
    { numRuns: runs(20), seed },
  );
}, 120_000);

/** True of every record, and too long for an address. */
const long = Array.from({ length: 70 }, () => 'SuperOfficeId>0');

test.each([true, false])(
  'nor one that answers long queries in texts alone (found out: %s), and every column is the same',
  async isProbed => {
    const { desk, all } = await deskWith({ 'post-archive-known': 'no' }, isProbed);
    const everyColumn = (columns: readonly KnownColumn[]) => columns.map(({ name }) => name).join(',');
    for (const { datatype, columns, rows } of all) {
      const where = long.flatMap(text => ['--where', text]);
      const answer = await desk.run(
        'export',
        '--datatype',
        datatype,
        '--fields',
        everyColumn(columns),
        ...where,
      );
      expect(rowsIn(answer, datatype)).toEqual(rows);
    }
    await fc.assert(
      fc.asyncProperty(questionAbout(all), question => holds(desk, all, question, long)),
      { numRuns: runs(12), seed },
    );
  },
  120_000,
);
