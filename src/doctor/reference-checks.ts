import type { Field } from '../datatypes/field.ts';
import type { Directory } from '../import/resolve/directory.ts';
import { resolveCell } from '../import/resolve/wanted.ts';
import type { Problem } from '../problems/problem.ts';
import type { SuperOffice, SuperOfficeList } from '../superoffice/superoffice.ts';
import { type Check, checksOf } from './check.ts';
import { faultCheck } from './fault-check.ts';
import type { FieldSurvey, FileSurvey } from './survey.ts';
import { count, someOf } from './words.ts';

const { ok, advice, missing, right } = checksOf('references');

/** List values, countries and users that a file names: each is there, will be added, or would get the row set aside. */
export function referenceChecks({ input, fields }: FileSurvey, directory: Directory): Check[] {
  return [...fields.values()]
    .filter(({ values }) => values.size > 0)
    .map(column => columnCheck(`${input.label}, ${column.field.name}`, column, directory));
}

function columnCheck(name: string, { field, values }: FieldSurvey, directory: Directory): Check {
  const lost: { text: string; rows: number; first: string; problem: Problem }[] = [];
  const odd: Problem[] = [];
  const added: string[] = [];
  for (const [text, { count: rows, first }] of values) {
    const { wanted, problem, warning } = resolveCell(
      field,
      field.kind === 'lists' ? [text] : text,
      directory,
    );
    if (problem) lost.push({ text, rows, first, problem });
    else if (warning) odd.push(warning);
    if (!problem) added.push(...(wanted?.add.map(each => each.name) ?? []));
  }
  const [worst] = lost.sort((a, b) => b.rows - a.rows);
  const all = count(values.size, 'different value');
  if (worst) {
    const rows = lost.reduce((sum, each) => sum + each.rows, 0);
    const names = someOf(lost.map(({ text }) => `"${text}"`));
    return missing(
      name,
      `${all}; not in SuperOffice: ${names} (${count(rows, 'row')}, the first at ${worst.first}).`,
      worst.problem.tip,
    );
  }
  const [first] = odd;
  const addition = added.length === 0 ? '' : ` New, and added by an import: ${someOf(added)}.`;
  if (first)
    return advice(
      name,
      `${all}. ${first.message}${odd.length === 1 ? '' : ` So it is with ${count(odd.length - 1, 'more value')}.`}${addition}`,
      first.tip,
    );
  if (added.length > 0) return ok(name, `${all}.${addition}`);
  return right(name, `${all}, known to SuperOffice.`);
}

/** Types and stages that sales of a file name together. */
export async function stageChecks(
  { input, stages }: FileSurvey,
  directory: Directory,
  superoffice: SuperOffice,
): Promise<Check[]> {
  const types = directory.lists.get('SaleType');
  const ratings = directory.lists.get('Rating');
  if (stages.size === 0 || !types || !ratings) return [];
  const name = `${input.label}, Stage of SaleType`;
  const wrong: string[] = [];
  for (const { type, stage, first } of stages.values()) {
    const [typeItem, stageItem] = [types.find(type), ratings.find(stage)];
    // What is not in its list is told by its own column.
    if (!typeItem || !stageItem) continue;
    const allowed = await superoffice.saleStages(typeItem.id);
    if (!allowed.some(({ id }) => id === stageItem.id)) wrong.push(`"${stage}" of "${type}" (${first})`);
  }
  if (wrong.length === 0)
    return [ok(name, `Every stage is one that its type of sale has (${count(stages.size, 'pair')}).`)];
  return [
    missing(
      name,
      `Stages that their type of sale does not have: ${someOf(wrong)}.`,
      'Correct the file, or give the type of sale that stage in SuperOffice.',
    ),
  ];
}

/** Without files: the things that rows may refer to can be read and are not empty. */
export async function generalReferenceChecks(superoffice: SuperOffice): Promise<Check[]> {
  const looks: readonly (readonly [string, () => Promise<Check>])[] = [
    [
      'countries',
      async () => notEmpty('countries', (await superoffice.countries()).length, 'country', 'countries'),
    ],
    [
      'users',
      async () =>
        notEmpty(
          'users',
          (await superoffice.associates()).filter(({ active }) => active).length,
          'active user',
        ),
    ],
    ['types of sale', () => saleTypeCheck(superoffice)],
    ...['Category', 'Business', 'Position'].map(
      list =>
        [
          `list ${list}`,
          async () => ok(`list ${list}`, `${count(inUse(await superoffice.list(list)), 'value')}.`),
        ] as const,
    ),
  ];
  const checks: Check[] = [];
  for (const [name, look] of looks)
    checks.push(await look().catch((error: unknown) => faultCheck('references', name, error)));
  return checks;
}

function notEmpty(name: string, many: number, one: string, more?: string): Check {
  return many > 0
    ? ok(name, `${count(many, one, more)}.`)
    : missing(
        name,
        `There is no ${one} that the signed-in user can see.`,
        'Check the rights of that user in SuperOffice.',
      );
}

async function saleTypeCheck(superoffice: SuperOffice): Promise<Check> {
  const types = (await superoffice.list('SaleType')).items.filter(({ deleted }) => !deleted);
  if (types.length === 0)
    return advice(
      'types of sale',
      'There is none, so sales cannot name one.',
      'Make the types of sale and their stages in SuperOffice before sales are imported.',
    );
  const bare: string[] = [];
  for (const { id, name } of types)
    if ((await superoffice.saleStages(id)).length === 0) bare.push(`"${name}"`);
  if (bare.length === 0) return ok('types of sale', `${count(types.length, 'type')}, each with its stages.`);
  return advice(
    'types of sale',
    `Types without a stage: ${someOf(bare)}.`,
    'Give them stages in SuperOffice, if sales of the files name a stage.',
  );
}

function inUse(list: SuperOfficeList): number {
  return list.items.filter(({ deleted }) => !deleted).length;
}

/** Fields whose lists have to be read for these files. */
export function fieldsAsked(surveys: readonly FileSurvey[]): Field[] {
  return surveys.flatMap(({ fields }) =>
    [...fields.values()].filter(({ values }) => values.size > 0).map(({ field }) => field),
  );
}
