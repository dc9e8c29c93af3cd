import { SicError } from '../../problems/sic-error.ts';

/** So far may two clocks be apart before tokens, which live for minutes, are taken for old or not yet valid. Milliseconds. */
export const clockTolerance = 5 * 60_000;

/** Two moments that should be the same, milliseconds since 1970. `server` null: it did not tell. */
export interface Clocks {
  readonly local: number;
  readonly server: number | null;
}

/** Throws SicError 'sign-in' when this machine's clock is further off than `tolerance`. */
export function refuseWrongClock({ local, server }: Clocks, host: string, tolerance = clockTolerance): void {
  if (server === null || Math.abs(local - server) <= tolerance) return;
  const apart = span(Math.abs(local - server));
  const side = local < server ? 'behind' : 'ahead of';
  throw new SicError('sign-in', `This machine's clock is ${apart} ${side} the clock of ${host}.`, {
    hint: 'Sign-ins carry the time, so set the clock and run the same command again (Linux: timedatectl set-ntp true; Windows: w32tm /resync; macOS: sntp -sS time.apple.com).',
  });
}

function span(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  if (minutes < 120) return counted(minutes, 'minute');
  const hours = Math.round(minutes / 60);
  return hours < 48 ? counted(hours, 'hour') : counted(Math.round(hours / 24), 'day');
}

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
