import type { UdefType } from '../datatypes/field.ts';

interface Group {
  readonly types: readonly UdefType[];
  /** Most fields of these types together that one entity can have (reading.md, section 14.2). */
  readonly most: number;
}

const groups: readonly Group[] = [
  { types: ['Number', 'Date', 'Checkbox', 'List'], most: 60 },
  { types: ['ShortText', 'UnlimitedDate'], most: 40 },
  { types: ['LongText'], most: 9 },
  { types: ['Decimal'], most: 10 },
];

/** Which limit of an entity the wanted fields would break, as a sentence; null: there is room for all of them. */
export function lackOfRoom(present: readonly UdefType[], wanted: readonly UdefType[]): string | null {
  for (const { types, most } of groups) {
    const has = present.filter(type => types.includes(type)).length;
    const more = wanted.filter(type => types.includes(type)).length;
    if (more > 0 && has + more > most)
      return `An entity can have ${most} fields of ${types.join(', ')} together; there are ${has}, and ${more} more are wanted.`;
  }
  return null;
}
