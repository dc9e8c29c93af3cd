import type { PlanHead } from './format.ts';

/** More names than these make no command to copy. */
const mostNamed = 5;

/** What to do about a plan that does not hold any more. */
export function plannedAnew(shown: string, { asked, files }: Pick<PlanHead, 'asked' | 'files'>): string {
  const named = files.length > mostNamed ? ['FILE…'] : files.map(file => word(file.named));
  const flags: [string, string | number | null][] = [
    ['--datatype', asked.datatype],
    ['--files', asked.files],
    ['--on-conflict', asked.onConflict],
    ['--limit', asked.limit],
  ];
  const repeated = flags.flatMap(([flag, value]) => (value === null ? [] : [flag, word(String(value))]));
  const command = ['sic validate', ...named, ...(asked.full ? ['--full'] : []), ...repeated, '--out'];
  return `Make a new plan and look at it: ${command.join(' ')} ${word(shown)}`;
}

function word(text: string): string {
  return /^[\w./:\\@%+,=…-]+$/.test(text) ? text : `"${text}"`;
}
