/** Numbers of the tables that records with foreign keys live in (writing.md, section 7.1). */
const numbers: Readonly<Record<string, number>> = {
  contact: 5,
  person: 6,
  appointment: 9,
  document: 10,
  project: 11,
  projectmember: 12,
  sale: 13,
  ej_message: 258,
  ticket: 262,
};

const names = new Map(Object.entries(numbers).map(([name, number]) => [number, name]));

/** Number of a table by its name in any case; 0 for none, undefined for a table without a documented number. */
export function tableNumberOf(name: string): number | undefined {
  return name === '' ? 0 : numbers[name.toLowerCase()];
}

/** Name of a table by its number; '' for none. */
export function tableNameOf(number: number): string {
  return names.get(number) ?? '';
}
