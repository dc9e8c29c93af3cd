import { readFileSync } from 'node:fs';
import { systemCode } from './state-error.ts';

/**
 * What tells a process from a later one with the same number: boot and start time, from /proc. Null where the system has
 * no /proc; then the number alone must do.
 */
export function processStart(pid: number): string | null {
  const ticks = fieldsOf(pid)?.[19]; // field 22: start time in ticks since boot
  const boot = told('/proc/sys/kernel/random/boot_id');
  return ticks === undefined || boot === null ? null : `${boot.trim()}/${ticks}`;
}

/** What /proc tells of a process, from field 3 on; null: nothing. */
function fieldsOf(pid: number): string[] | null {
  const stat = told(`/proc/${pid}/stat`);
  // The command name, in parentheses, may itself hold spaces and parentheses: field 3 follows the last one.
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? null;
}

/** Not awaited: the system has it in memory, where another thread would take longer to look. */
function told(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** Whether a process of this machine lives and is the one that noted `start` of itself. */
export function isAlive(pid: number, start: string | null): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (systemCode(error) === 'ESRCH') return false;
    // EPERM: it lives and belongs to somebody else.
  }
  // Killed, and nobody has asked yet how it ended: in a container without init that may be for ever.
  if (/^[ZX]$/.test(fieldsOf(pid)?.[0] ?? '')) return false;
  if (start === null) return true;
  const now = processStart(pid);
  return now === null || now === start;
}
