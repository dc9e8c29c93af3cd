import { badRequest } from '../refusal.ts';

/** Properties of a JSON body by name in lower case: the official client writes camelCase, samples PascalCase. */
export class BodyReader {
  readonly #properties: ReadonlyMap<string, unknown>;

  constructor(body: unknown) {
    if (typeof body !== 'object' || body === null || Array.isArray(body))
      throw badRequest('A JSON object was expected as body.');
    this.#properties = new Map(Object.entries(body).map(([name, value]) => [name.toLowerCase(), value]));
  }

  /** '' when absent or null. */
  text(name: string): string {
    const value = this.#value(name);
    if (value === undefined || value === null) return '';
    if (typeof value === 'object') throw badRequest(`${name} must be a text.`);
    return String(value);
  }

  number(name: string, otherwise: number): number {
    const value = this.#value(name);
    if (value === undefined || value === null) return otherwise;
    const number = typeof value === 'object' ? Number.NaN : Number(value);
    if (!Number.isInteger(number)) throw badRequest(`${name} must be a whole number.`);
    return number;
  }

  flag(name: string): boolean {
    const value = this.#value(name);
    return value === true || String(value).toLowerCase() === 'true';
  }

  /** Empty when absent or null. */
  list(name: string): readonly unknown[] {
    const value = this.#value(name) ?? [];
    if (!Array.isArray(value)) throw badRequest(`${name} must be an array.`);
    return value;
  }

  texts(name: string): string[] {
    return this.list(name).map(value => String(value ?? ''));
  }

  #value(name: string): unknown {
    return this.#properties.get(name.toLowerCase());
  }
}
