import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { SicError } from '../../problems/sic-error.ts';
import { systemCode } from '../../state/state-error.ts';
import { plannedAnew } from './hints.ts';
import type { ShownPlan } from './read.ts';

/** Throws SicError 'plan' when the plan was made for another profile. */
export function requireSameProfile({ head, shown }: ShownPlan, profile: string): void {
  if (head.profile === profile) return;
  const flag = head.profile === 'sandbox' ? '--sandbox' : `--profile ${head.profile}`;
  throw new SicError(
    'plan',
    `${shown} was made for the profile "${head.profile}", and this is "${profile}".`,
    { hint: `Add ${flag}, or make a plan for this one: sic validate FILE… --out ${shown}` },
  );
}

/**
 * Throws SicError 'plan' when the config decides anything else by now, and names it.
 * @param parts see `decidingParts`
 */
export function requireSameConfig({ head, shown }: ShownPlan, parts: Readonly<Record<string, string>>): void {
  const names = new Set([...Object.keys(head.config), ...Object.keys(parts)]);
  const moved = [...names].filter(name => head.config[name] !== parts[name]);
  if (moved.length === 0) return;
  throw new SicError('plan', `The config changed since ${shown} was made: ${moved.join(', ')}.`, {
    hint: `Nothing was written. ${plannedAnew(shown, head)}`,
  });
}

/** Reads the files of the plan to their ends. Throws SicError 'plan' when one is gone or not what it was. */
export async function requireSameFiles({ head, shown }: ShownPlan): Promise<void> {
  const moved: string[] = [];
  for (const { path, sha256 } of head.files) {
    const now = await hashOfFile(path).catch((error: unknown) => {
      if (systemCode(error) === '') throw error;
      return null;
    });
    if (now === null) moved.push(`${path} is gone or cannot be read`);
    else if (now !== sha256) moved.push(`${path} has changed`);
  }
  if (moved.length === 0) return;
  throw new SicError('plan', `Since ${shown} was made, ${moved.join(', and ')}.`, {
    hint: `Nothing was written. ${plannedAnew(shown, head)}`,
  });
}

/** SHA-256 in hexadecimal. Rejects with the error of the system. */
export async function hashOfFile(path: string): Promise<string> {
  const sum = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) sum.update(chunk);
  return sum.digest('hex');
}
