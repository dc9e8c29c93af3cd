import { type Area, areas, type Check, type CheckStatus, type DoctorResult } from '../doctor/result.ts';
import { probeLines } from './probe.ts';
import type { Style } from './style.ts';
import { count, number, oneLine, wrap } from './words.ts';

export interface DoctorTextOptions {
  readonly style: Style;
  /** Columns of the terminal; null: no terminal, nothing is broken over lines. */
  readonly width: number | null;
}

const headings: Readonly<Record<Area, string>> = {
  config: 'Config',
  machine: 'This machine',
  connection: 'Connection',
  files: 'Files',
  keys: 'Key fields',
  columns: 'More-page and extra columns',
  references: 'Lists, countries, users',
  tickets: 'Tickets and messages',
  bulk: 'Mass operations',
  cron: 'As a job',
};

/** Room of the longest status, with two blanks around it. */
const indent = ' '.repeat(11);

/** What the doctor found, for the person who asked. */
export function doctorText(result: DoctorResult, options: DoctorTextOptions): string {
  const { profile, tenant } = result;
  const who = [...(profile === '' ? [] : [`profile ${profile}`]), ...(tenant === '' ? [] : [tenant])];
  const lines = [...(who.length === 0 ? [] : [options.style.bold(who.map(oneLine).join(', ')), ''])];
  for (const area of areas) {
    const checks = result.checks.filter(check => check.area === area);
    if (checks.length === 0) continue;
    lines.push(options.style.bold(headings[area]));
    lines.push(...areaLines(checks, options));
    lines.push('');
  }
  lines.push(...madeLines(result), ...scheduleLines(result, options), ...probed(result, options));
  lines.push(...verdict(result, options));
  return `${lines.join('\n')}\n`;
}

/** So many checks that say the same are listed; more are counted. */
const mostAlike = 8;

function areaLines(checks: readonly Check[], options: DoctorTextOptions): string[] {
  const alike = checks.filter(({ oneOfMany }) => oneOfMany);
  if (alike.length <= mostAlike) return listed(checks, options);
  const others = checks.filter(({ oneOfMany }) => !oneOfMany);
  const counted = `${mark('ok', options.style)}${number(alike.length)} columns are right; --json lists them.`;
  return [...listed(others, options), `  ${counted}`];
}

/** What is to be done is said once, below the last of those that have it in common. */
function listed(checks: readonly Check[], options: DoctorTextOptions): string[] {
  return checks.flatMap((check, index) => {
    const next = checks[index + 1];
    return checkLines(next?.todo === check.todo ? { ...check, todo: null } : check, options);
  });
}

function checkLines(check: Check, { style, width }: DoctorTextOptions): string[] {
  const columns = width ?? Number.POSITIVE_INFINITY;
  const text = `${indent}${oneLine(check.name)}: ${oneLine(check.found)}`;
  const [first = '', ...more] = wrap(text, columns, `${indent}  `);
  const marked = `  ${mark(check.status, style)}${first.slice(indent.length)}`;
  const todo = check.todo === null ? [] : wrap(`${indent}→ ${oneLine(check.todo)}`, columns, `${indent}  `);
  return [marked, ...more, ...todo];
}

function mark(status: CheckStatus, style: Style): string {
  const word = status.padEnd(indent.length - 2);
  if (status === 'ok') return style.good(word);
  if (status === 'advice') return style.warn(word);
  return status === 'missing' ? style.bad(word) : style.dim(word);
}

function madeLines({ made }: DoctorResult): string[] {
  if (made.length === 0) return [];
  return [
    'Made and published:',
    ...made.map(({ entity, progId, type }) => `  ${entity}  ${progId} (${type})`),
    '',
  ];
}

function scheduleLines({ schedule }: DoctorResult, { style }: DoctorTextOptions): string[] {
  if (schedule === null) return [];
  const { environment, environmentFile, crontab, systemdService, systemdTimer, windowsTask } = schedule;
  const indented = (text: string): string[] =>
    text
      .trimEnd()
      .split('\n')
      .map(line => (line === '' ? '' : `  ${line}`));
  return [
    ...(environmentFile === null
      ? []
      : [style.bold(`${environmentFile} (mode 0600)`), ...environment.map(line => `  ${line}`), '']),
    style.bold('crontab -e'),
    ...indented(crontab),
    '',
    style.bold('/etc/systemd/system/sic.service'),
    ...indented(systemdService),
    '',
    style.bold('/etc/systemd/system/sic.timer, then: systemctl enable --now sic.timer'),
    ...indented(systemdTimer),
    '',
    style.bold('Windows'),
    ...indented(windowsTask),
    '',
  ];
}

function probed({ probe }: DoctorResult, { style, width }: DoctorTextOptions): string[] {
  return probe === null ? [] : [...probeLines(probe, width ?? Number.POSITIVE_INFINITY, style), ''];
}

function verdict({ checks, fixable, error }: DoctorResult, options: DoctorTextOptions): string[] {
  const missing = checks.filter(({ status }) => status === 'missing').length;
  const advice = checks.filter(({ status }) => status === 'advice').length;
  const more = advice === 0 ? '' : ` ${count(advice, 'piece')} of advice.`;
  if (missing === 0) return [`${options.style.good('Nothing has to be mended.')}${more}`];
  const lines = [
    `${options.style.bad(`${count(missing, 'thing has', 'things have')} to be mended.`)}${more}`,
  ];
  if (fixable > 0 && error === null)
    lines.push(
      `${count(fixable, 'missing field')} can be made by the same command with --fix (it tells which, and asks).`,
    );
  return lines;
}
