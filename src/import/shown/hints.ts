import { shellWord } from '../../problems/shell-word.ts';
import type { PlanHead } from './format.ts';

/** More names than these make no command to copy. */
const mostNamed = 5;

/** What to do about a plan that does not hold any more. */
export function plannedAnew(
  shown: string,
  { asked, files, profile }: Pick<PlanHead, 'asked' | 'files' | 'profile'>,
): string {
  const named = files.length > mostNamed ? ['FILE…'] : files.map(file => shellWord(file.named));
  const flags: [string, string | number | null][] = [
    ['--datatype', asked.datatype],
    ['--files', asked.files],
    ['--on-conflict', asked.onConflict],
    ['--limit', asked.limit],
  ];
  const repeated = flags.flatMap(([flag, value]) => (value === null ? [] : [flag, shellWord(String(value))]));
  const where = profile === 'sandbox' ? ' --sandbox' : ` --profile ${shellWord(profile)}`;
  const command = ['sic validate', ...named, ...(asked.full ? ['--full'] : []), ...repeated, '--out'];
  return `Make a new plan and look at it: ${command.join(' ')} ${shellWord(shown)}${where}`;
}
