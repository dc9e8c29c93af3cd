import { readFile } from 'node:fs/promises';
import { systemCode } from './state-error.ts';

/**
 * What tells a process from a later one with the same number: boot and start time, from /proc. Null where the system has
 * no /proc; then the number alone must do.
 */
export async function processStart(pid: number): Promise<string | null> {
  const ticks = (await fieldsOf(pid))?.[19]; // field 22: start time in ticks since boot
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => null);
  return ticks === undefined || boot === null ? null : `${boot.trim()}/${ticks}`;
}

/** What /proc tells of a process, from field 3 on; null: nothing. */
async function fieldsOf(pid: number): Promise<string[] | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  // The command name, in parentheses, may itself hold spaces and parentheses: field 3 follows the last one.
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? null;
}

/** Whether a process of this machine lives and is the one that noted `start` of itself. */
export async function isAlive(pid: number, start: string | null): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (systemCode(error) === 'ESRCH') return false;
    // EPERM: it lives and belongs to somebody else.
  }
  // Killed, and nobody has asked yet how it ended: in a container without init that may be for ever.
  if (/^[ZX]$/.test((await fieldsOf(pid))?.[0] ?? '')) return false;
  if (start === null) return true;
  const now = await processStart(pid);
  return now === null || now === start;
}
