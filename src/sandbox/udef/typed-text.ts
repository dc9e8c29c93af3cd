import { SandboxError } from '../http/exchange.ts';

/** What a refusal says of a custom field: user-defined fields go by their Prog ID, extra fields by their name. */
export interface TypedField {
  readonly type: string;
  readonly name: string;
}

export const int32 = { least: -2_147_483_648, most: 2_147_483_647 };

/** The texts that `CustomFields` holds, `[I:3]` and the like, as writing.md, section 3 has them. Each throws SandboxError 400. */
export function readText(field: TypedField, text: string, limit: number): string {
  if (text.length > limit)
    throw refusal(field, `is ${text.length} characters long, the field holds ${limit}`);
  return text;
}

export function readInteger(field: TypedField, text: string): number {
  const number = unwrap(text, ['I']);
  if (number === undefined || !/^[+-]?\d+$/.test(number)) throw unreadable(field, text);
  const value = Number(number);
  if (value < int32.least || value > int32.most) throw unreadable(field, text);
  return value;
}

export function readDecimal(field: TypedField, text: string): number {
  const number = unwrap(text, ['F', 'M', 'I']);
  if (number === undefined || !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(number))
    throw unreadable(field, text);
  const value = Number(number);
  if (!Number.isFinite(value)) throw unreadable(field, text);
  return value;
}

export function readCheckbox(field: TypedField, text: string): 0 | 1 {
  if (/^true$/i.test(text)) return 1;
  if (/^false$/i.test(text)) return 0;
  const value = readInteger(field, text);
  if (value !== 0 && value !== 1) throw unreadable(field, text);
  return value;
}

/** The inside of `[I:3]` when the marker is allowed; a text without brackets as it is. */
export function unwrap(text: string, markers: readonly string[]): string | undefined {
  const match = /^\[([A-Z]{1,2}):(.*)\]$/s.exec(text);
  if (!match) return text.trim();
  return markers.includes(match[1] ?? '') ? (match[2] ?? '').trim() : undefined;
}

/** Never in exponent form: .NET prints decimals plainly. */
export function plainDecimal(value: number): string {
  const text = String(value);
  return text.includes('e')
    ? value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 })
    : text;
}

export function unreadable(field: TypedField, text: string): SandboxError {
  return refusal(field, `cannot be read from '${text}'`);
}

export function refusal({ type, name }: TypedField, complaint: string): SandboxError {
  return new SandboxError(400, 'ArgumentException', `The ${type} value of ${name} ${complaint}`);
}
