export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text property; '' when it is absent, null or something else. */
export function textOf(object: JsonObject, property: string): string {
  const value = object[property];
  return typeof value === 'string' ? value : '';
}

/** A number property. Also reads numbers in quotes: slim archives quote primary keys. 0 when there is none. */
export function numberOf(object: JsonObject, property: string): number {
  return toNumber(object[property]) ?? 0;
}

export function toNumber(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || !/^-?\d+(\.\d+)?$/.test(value)) return null;
  return Number(value);
}

export function isTrue(object: JsonObject, property: string): boolean {
  return object[property] === true;
}
