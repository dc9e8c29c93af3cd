import type { UdefType } from '../datatypes/field.ts';
import type { UdefDefinition } from '../superoffice/superoffice.ts';
import { type Check, checksOf } from './check.ts';
import { faultWords, howToSee } from './file-checks.ts';
import type { Layout, MissingField } from './layout.ts';
import type { FieldSurvey, FileSurvey } from './survey.ts';
import { count } from './words.ts';

const { advice, missing, right } = checksOf('columns');

const typeWords: Readonly<Record<UdefType, string>> = {
  Number: 'number',
  ShortText: 'short text',
  LongText: 'long text',
  Date: 'date',
  UnlimitedDate: 'unlimited date',
  DateTime: 'date and time',
  Checkbox: 'check box',
  List: 'list',
  Decimal: 'decimal',
};

/**
 * Every column of a file beyond the catalogue: its field is there, and every value of the file fits it. All rows are
 * compared, since the one long value of a year is what breaks a night run.
 */
export function columnChecks(
  survey: FileSurvey,
  layout: Layout,
  missingOnes: readonly MissingField[],
  program: string,
): Check[] {
  const { input } = survey;
  const checks: Check[] = [];
  for (const [field, column] of survey.fields) {
    if (field.slot.at !== 'custom') continue;
    const { progId } = field.slot;
    const name = `${input.label}, ${field.name}`;
    const lost = missingOnes.find(each => each.progId === progId);
    // A missing key field is told among the keys.
    if (lost && field.kind === 'key') continue;
    const definition = layout.get(progId);
    if (lost) checks.push(notThere(name, lost, survey, column, program));
    else if (definition) checks.push(fitOf(name, column, definition, survey));
  }
  return checks;
}

function notThere(
  name: string,
  { progId, nearest, shape, column }: MissingField,
  { input }: FileSurvey,
  survey: FieldSurvey,
  program: string,
): Check {
  const { datatype } = input;
  const isUdef = datatype.custom.kind === 'udef';
  const what = isUdef
    ? `more-page field with the Prog ID ${progId}`
    : `extra field ${progId} that sic can write`;
  const found = `${datatype.entity} has no ${what}.`;
  if (nearest !== null)
    return missing(
      name,
      `${found} It has "${nearest}": the letter case differs.`,
      'Correct the Prog ID of that field in SuperOffice and publish, or map the column in the config.',
    );
  const values = heldWords(survey);
  if (!isUdef)
    return missing(
      name,
      `${found} ${values}`,
      'Make an extra field of that name in SuperOffice (Settings and maintenance, Tables), or take the column out.',
    );
  if (isListColumn(column))
    return missing(
      name,
      `${found} ${values}`,
      'Make a list field with that Prog ID in SuperOffice and publish: which list it shows is for you to choose.',
    );
  if (survey.faults.size > 0)
    return missing(
      name,
      `${found} As a field of the type ${typeWords[shape.type]} it could not take what the file holds. ${faultWords([...survey.faults.values()])}`,
      'Make a field in SuperOffice that fits the values, or correct the file.',
    );
  return missing(
    name,
    `${found} ${values}`,
    `Make it in SuperOffice and publish, or let ${program} doctor --fix make it.`,
  );
}

function heldWords({ fitting, longest, field }: FieldSurvey): string {
  if (fitting === 0) return 'The file has no value for it.';
  const size = field.kind === 'text' && longest > 0 ? `, the longest of ${count(longest, 'character')}` : '';
  return `The file has ${count(fitting, 'value')} for it${size}.`;
}

/** `CompUserList01`: the one kind of field that needs more than a type. */
export function isListColumn(column: string): boolean {
  return /UserList\d{2}$/.test(column);
}

function fitOf(
  name: string,
  survey: FieldSurvey,
  definition: UdefDefinition,
  { rows, input }: FileSurvey,
): Check {
  const { field } = survey;
  const { type, length, label: shown, readOnly, mandatory } = definition;
  const size = length > 0 ? `, ${length} characters` : '';
  const what = `${typeWords[type]}${size}${shown === '' ? '' : ` ("${shown}")`}`;
  const faults = [...survey.faults.values()];
  if (faults.length > 0)
    return missing(
      name,
      `${capital(what)}. ${faultWords(faults)}`,
      survey.fitting === 0
        ? 'Give the Prog ID to a field of another type in SuperOffice and publish, or correct the file.'
        : howToSee(input.label),
    );
  const word = wordOf(field.name);
  const expected = word === null ? null : expectations.get(word);
  if (expected && !expected.includes(type))
    return advice(
      name,
      `${capital(what)}, although the name says ${word}. ${valueWords(survey)}`,
      'Make sure that this is the field that is meant: the type in SuperOffice counts, not the name.',
    );
  if (mandatory && survey.fitting < rows)
    return advice(
      name,
      `The field is mandatory in SuperOffice, and ${count(rows - survey.fitting, 'row')} of ${count(rows, 'row')} have no value for it.`,
      'Give every row a value: SuperOffice may refuse new records without one.',
    );
  return right(name, `${capital(what)}${readOnly ? ', read-only for people' : ''}. ${valueWords(survey)}`);
}

function valueWords({ fitting, longest, field }: FieldSurvey): string {
  if (fitting === 0) return 'The file has no value for it.';
  const size = field.kind === 'text' && longest > 0 ? `, the longest of ${count(longest, 'character')}` : '';
  return `${count(fitting, 'value')} ${fitting === 1 ? 'fits' : 'fit'}${size}.`;
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** `Num` in `CompUserNum01`. */
function wordOf(column: string): string | null {
  return /User([A-Za-z]+)\d{2}$/.exec(column)?.[1] ?? null;
}

/** Types that a kind word of the hosted service lets one expect (integration-cloud.md, section 3.2). */
const expectations: ReadonlyMap<string, readonly UdefType[]> = new Map([
  ['Text', ['ShortText', 'LongText']],
  ['Num', ['Number', 'Decimal']],
  ['Dec', ['Decimal']],
  ['Check', ['Checkbox']],
  ['Date', ['Date', 'UnlimitedDate', 'DateTime']],
  ['List', ['List']],
]);
