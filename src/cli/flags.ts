import type { ConflictPolicy } from '../config/config.ts';
import { isLimit, type Limit, limitFlagText, readLimit } from '../config/limit.ts';
import type { Strategy } from '../import/ports.ts';
import { orList } from '../problems/or-list.ts';
import { SicError } from '../problems/sic-error.ts';

/** Flags of every command, before or after the verb. */
export interface GlobalFlags {
  readonly profile?: string;
  readonly config?: string;
  readonly stateDir?: string;
  readonly sandbox?: true;
  readonly json?: true;
}

/** Flags of import and validate. */
export interface FileFlags extends GlobalFlags {
  readonly datatype?: string;
  readonly full?: true;
  readonly onConflict?: ConflictPolicy;
  readonly strategy?: Strategy;
  readonly concurrency?: number;
  readonly rate?: number;
  readonly rejects?: string;
  readonly report?: string;
  readonly log?: string;
  readonly logKeys?: true;
  readonly files?: string;
  readonly rows?: true;
  readonly limit?: number;
  readonly maxErrors?: Limit;
  readonly maxChanges?: Limit;
  readonly maxRequests?: number;
  readonly deadline?: string;
  readonly ping?: string;
  readonly metrics?: string;
  readonly dryRun?: true;
  readonly offline?: true;
  /** Of validate: where the plan goes. */
  readonly out?: string;
  /** Of import: the plan that is carried out. */
  readonly plan?: string;
}

/**
 * Flags as they were given, by their names without dashes in front: `{ "dry-run": true, "max-errors": "5%" }`. For what is
 * kept and shown: without the address to ping, which is a secret.
 */
export function givenFlags(flags: object): Record<string, unknown> {
  const given = Object.entries(flags).filter(([name, value]) => value !== undefined && name !== 'ping');
  return Object.fromEntries(
    given.map(([name, value]) => [
      name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`),
      isLimit(value) ? limitFlagText(value) : value,
    ]),
  );
}

interface NumberRule {
  readonly flag: string;
  /** What the number is: `a number of rows`. */
  readonly what: string;
  readonly least: number;
  readonly most?: number;
  readonly fractions?: true;
  /** For the advice; 10 when it is not given. */
  readonly example?: number;
}

/** A reader of one number flag, for commander. What it refuses is a SicError that repeats the value. */
function numberFlag(rule: NumberRule): (text: string) => number {
  const { least, most = Number.MAX_SAFE_INTEGER } = rule;
  return text => {
    const value = /^-?\d+(?:\.\d+)?$/.test(text.trim()) ? Number(text) : Number.NaN;
    if (value >= least && value <= most && (rule.fractions || Number.isInteger(value))) return value;
    const range = rule.most === undefined ? `${least} or more` : `from ${least} to ${most}`;
    throw new SicError('usage', `${rule.flag} is "${text}", but it must be ${rule.what}, ${range}.`, {
      hint: `For example: ${rule.flag} ${rule.example ?? 10}`,
    });
  };
}

const conflictPolicies: readonly ConflictPolicy[] = ['file', 'crm', 'report'];

/** Reads `--on-conflict`. What it refuses is a SicError that repeats the value. */
export function conflictFlag(text: string): ConflictPolicy {
  const policy = conflictPolicies.find(each => each === text.trim());
  if (policy) return policy;
  throw new SicError('usage', `--on-conflict is "${text}", but it must be ${orList(conflictPolicies)}.`, {
    hint: 'file: the file wins. crm: SuperOffice wins. report: neither, the row is left alone and told.',
  });
}

const strategies: readonly Strategy[] = ['auto', 'entity', 'bulk'];

/** Reads `--strategy`. What it refuses is a SicError that repeats the value. */
export function strategyFlag(text: string): Strategy {
  const strategy = strategies.find(each => each === text.trim());
  if (strategy) return strategy;
  throw new SicError('usage', `--strategy is "${text}", but it must be ${orList(strategies)}.`, {
    hint: 'entity: record by record. bulk: many rows at once, for system users. auto: bulk where it is allowed and worth it.',
  });
}

export const concurrencyFlag = numberFlag({
  flag: '--concurrency',
  what: 'a number of requests at the same time',
  least: 1,
  most: 64,
});
export const rateFlag = numberFlag({
  flag: '--rate',
  what: 'a number of requests per second (0: no limit)',
  least: 0,
  fractions: true,
});
export const limitFlag = numberFlag({ flag: '--limit', what: 'a number of rows', least: 1 });
export const runsFlag = numberFlag({ flag: '--limit', what: 'a number of runs', least: 1 });
export const maxRequestsFlag = numberFlag({
  flag: '--max-requests',
  what: 'a number of requests',
  least: 1,
  example: 20_000,
});
export const portFlag = numberFlag({
  flag: '--port',
  what: 'a port (0: a free one)',
  least: 0,
  most: 65_535,
  example: 8471,
});
export const latencyFlag = numberFlag({
  flag: '--latency',
  what: 'a number of milliseconds',
  least: 0,
  most: 600_000,
});
export const timeoutFlag = numberFlag({
  flag: '--timeout',
  what: 'a number of seconds',
  least: 1,
  most: 3600,
  example: 300,
});

/** A reader of a flag that takes a number or a percentage. */
function limitedFlag(flag: string, example: string): (text: string) => Limit {
  return text => {
    const limit = readLimit(text);
    if (limit !== null) return limit;
    throw new SicError(
      'usage',
      `${flag} is "${text}", but it must be a number, or a percentage from 0% to 100%.`,
      { hint: `For example: ${flag} ${example}` },
    );
  };
}

export const maxErrorsFlag = limitedFlag('--max-errors', '5%');
export const maxChangesFlag = limitedFlag('--max-changes', '500');

export function deadlineFlag(text: string): string {
  if (/^(?:[01]\d|2[0-3]):[0-5]\d$/.test(text)) return text;
  throw new SicError('usage', `--deadline is "${text}", but it must be a time of day, from 00:00 to 23:59.`, {
    hint: 'For example: --deadline 05:30',
  });
}
