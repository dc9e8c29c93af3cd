import { fileURLToPath } from 'node:url';
import { startChild } from './child.mjs';

const report = fileURLToPath(new URL('./report-usage.cjs', import.meta.url));

/** Runs a program as a process of its own. Seconds of wall time, and what it printed. Throws when it cannot be started. */
export async function ran(command, args, options = {}) {
  const { seconds, stdout, code } = await waitedFor(command, args, options, ['ignore', 'pipe', 'inherit']);
  return { seconds, stdout, code };
}

/** The same for a Node script, with the MiB of its peak memory. */
export async function timed(script, args, options = {}) {
  const command = ['--require', report, script, ...args];
  const stdio = ['ignore', 'pipe', 'inherit', 'pipe'];
  const { seconds, stdout, code, told } = await waitedFor(process.execPath, command, options, stdio);
  return { seconds, mebibytes: Number(told) / 1024, stdout, code };
}

async function waitedFor(command, args, options, stdio) {
  const started = performance.now();
  const { child, ended } = startChild(command, args, { ...options, stdio });
  const pipes = [child.stdio[1], child.stdio[3]];
  const [code, stdout, told] = await Promise.all([ended, ...pipes.map(textOf)]);
  return { seconds: (performance.now() - started) / 1000, stdout, code, told };
}

async function textOf(stream) {
  let text = '';
  for await (const piece of stream?.setEncoding('utf8') ?? []) text += piece;
  return text;
}

/** A job for `inTurn`: a Node script, as a process of its own. */
export function script(path, ...args) {
  return async () => {
    const { seconds, code } = await timed(path, args);
    if (code !== 0) throw new Error(`${path} ${args.join(' ')}: exit code ${code}`);
    return seconds;
  };
}

/** A job for `inTurn`: one of the scripts in yardsticks/. */
export function yardstick(name, ...args) {
  return script(yardstickPath(name), ...args);
}

export function yardstickPath(name) {
  return fileURLToPath(new URL(`./yardsticks/${name}.mjs`, import.meta.url));
}

/**
 * Runs the jobs in turn (A B C A B C …), because machines drift, after a warm-up of each. A job answers with the seconds
 * that count of it. One that is null, or whose program this machine does not have, is left out.
 * @returns the seconds by the name of the job, one a round
 */
export async function inTurn(rounds, jobs) {
  const seconds = {};
  for (const [name, job] of Object.entries(jobs)) if (await canRun(job)) seconds[name] = [];
  for (let round = 0; round < rounds; round++)
    for (const name of Object.keys(seconds)) seconds[name].push(await jobs[name]());
  return seconds;
}

async function canRun(job) {
  if (job === null) return false;
  try {
    await job();
    return true;
  } catch (error) {
    if (error.code === 'ENOENT' && error.syscall?.startsWith('spawn')) return false;
    throw error;
  }
}

/** A line of the table: the median of the ratios of each round, with the least and the most. */
export function ratio(seconds, ours, theirs, { rows = null, goal = null } = {}) {
  const line = { what: `${ours} ÷ ${theirs}`, rows, unit: '×', goal };
  if (!seconds[theirs]) return { ...line, value: null, skipped: `${theirs} is not on this machine` };
  const ratios = seconds[ours].map((took, round) => took / seconds[theirs][round]);
  return {
    ...line,
    value: median(ratios),
    low: Math.min(...ratios),
    high: Math.max(...ratios),
    detail: `${median(seconds[ours]).toFixed(3)} s ÷ ${median(seconds[theirs]).toFixed(3)} s`,
  };
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** MB (10⁶ bytes) of MiB. */
export function megabytes(mebibytes) {
  return (mebibytes * 2 ** 20) / 1e6;
}
