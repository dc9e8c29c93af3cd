import { didYouMean } from '../../problems/did-you-mean.ts';
import { orList } from '../../problems/or-list.ts';
import { SicError } from '../../problems/sic-error.ts';
import type { Quirks } from '../../sandbox/server.ts';

type QuirkTable = Readonly<Record<string, { readonly values: readonly string[] }>>;

/**
 * The `NAME=VALUE` of `--quirk`. The sandbox is loaded for it only when there is one. Throws SicError 'usage' for a name or
 * a value that the sandbox does not have, and for a name that is given two values.
 */
export async function quirksOf(given: readonly string[]): Promise<Partial<Quirks>> {
  if (given.length === 0) return {};
  const { quirkTable } = await import('../../sandbox/server.ts');
  const known: QuirkTable = quirkTable;
  const quirks = new Map<string, string>();
  for (const text of given) {
    const { name, value } = oneQuirk(text, known);
    const before = quirks.get(name) ?? value;
    if (before !== value)
      throw new SicError('usage', `--quirk ${name} is given twice: ${before} and ${value}.`, {
        hint: 'Leave one of them out.',
      });
    quirks.set(name, value);
  }
  return Object.fromEntries(quirks);
}

function oneQuirk(text: string, known: QuirkTable): { readonly name: string; readonly value: string } {
  const [, name = text, value] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
  if (!Object.hasOwn(known, name)) {
    const near = didYouMean(name, Object.keys(known));
    throw new SicError('usage', `--quirk "${name}" is no open point of the sandbox.`, {
      hint: near === null ? `There is: ${Object.keys(known).join(', ')}.` : `Did you mean "${near}"?`,
    });
  }
  const values = known[name]?.values ?? [];
  if (value !== undefined && values.includes(value)) return { name, value };
  const near = value === undefined ? null : didYouMean(value, values);
  throw new SicError(
    'usage',
    value === undefined
      ? `--quirk ${name} has no value.`
      : `--quirk ${name} is "${value}", which is none of its values.`,
    {
      hint: `${near === null ? '' : `Did you mean "${near}"? `}Behind --quirk ${name}= write ${orList(values)}.`,
    },
  );
}
