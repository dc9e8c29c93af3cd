import type { Datatype } from '../datatypes/datatype.ts';
import { type FieldNames, longestKey } from '../datatypes/udef.ts';
import type { NewUdef, PlainUdefType } from '../superoffice/udef-layout.ts';
import { isListColumn } from './column-checks.ts';
import { customColumns, type Layout, missingFields } from './layout.ts';
import type { FieldSurvey, FileSurvey } from './survey.ts';

/** Fields that are to be made on one entity, and published together. */
export interface EntityPlan {
  readonly entity: string;
  readonly fields: readonly NewUdef[];
}

/** Where the layout of a datatype was read: keys and columns are looked for there. */
export interface Laid {
  readonly datatype: Datatype;
  readonly layout: Layout;
}

/**
 * The fields that are missing and can be made: keys, and more-page columns of the files whose values a field of the type
 * that their name tells can hold. Lists are left to people, who choose what is in them; so is a Prog ID that is there in
 * another letter case.
 */
export function planFields(
  laid: readonly Laid[],
  surveys: readonly FileSurvey[],
  names: FieldNames,
): EntityPlan[] {
  const plans: EntityPlan[] = [];
  for (const { datatype, layout } of laid) {
    if (datatype.custom.kind !== 'udef') continue;
    const own = surveys.filter(({ input }) => input.datatype === datatype);
    const wanted = own.flatMap(({ input }) => input.plan.fields.map(({ name }) => name));
    const columns = [...new Set([datatype.keyField, ...customColumns(datatype, wanted, names)])];
    const fields = missingFields(datatype, columns, layout, names)
      .filter(({ nearest, column }) => nearest === null && !isListColumn(column))
      .flatMap(({ column, progId }) => {
        const told = own.flatMap(({ fields: all }) =>
          [...all.values()].filter(({ field }) => field.name === column),
        );
        if (column === datatype.keyField) return [keyField(progId, datatype)];
        if (told.some(({ faults }) => faults.size > 0)) return [];
        return [columnField(column, progId, told)];
      });
    if (fields.length > 0) plans.push({ entity: datatype.entity, fields });
  }
  return plans;
}

function keyField(progId: string, { keyField: column }: Datatype): NewUdef {
  return {
    progId,
    label: column,
    tooltip: 'Key of the record in the system it comes from',
    type: 'ShortText',
    length: longestKey,
    indexed: true,
    readOnly: true,
  };
}

function columnField(column: string, progId: string, told: readonly FieldSurvey[]): NewUdef {
  const type = typeOf(column, told);
  const length = type === 'ShortText' ? shortText : type === 'LongText' ? longText : 0;
  return { progId, label: column, tooltip: '', type, length, indexed: false, readOnly: false };
}

/** Most characters of the two kinds of texts (reading.md, section 14.2). */
const shortText = 39;
const longText = 199;

const byWord: ReadonlyMap<string, PlainUdefType> = new Map([
  ['Num', 'Number'],
  ['Dec', 'Decimal'],
  ['Check', 'Checkbox'],
]);

/** By the kind word in the column's name; the values decide between the two texts, and the two dates. */
function typeOf(column: string, told: readonly FieldSurvey[]): PlainUdefType {
  const word = /User([A-Za-z]+)\d{2}$/.exec(column)?.[1] ?? '';
  if (word === 'Date') return told.some(({ wideDates }) => wideDates) ? 'UnlimitedDate' : 'Date';
  const longest = Math.max(0, ...told.map(each => each.longest));
  return byWord.get(word) ?? (longest > shortText ? 'LongText' : 'ShortText');
}

/** One line for people: `Contact  Siteshop:CompUserKey01: short text, 39 characters, indexed, read-only` */
export function fieldWords({ progId, type, length, indexed, readOnly }: NewUdef): string {
  const what = type.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
  const more = [
    ...(length > 0 ? [`${length} characters`] : []),
    ...(indexed ? ['indexed'] : []),
    ...(readOnly ? ['read-only for people'] : []),
  ];
  return `${progId}: ${[what, ...more].join(', ')}`;
}
