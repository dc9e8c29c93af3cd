import { readdirSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type Answer, readAnswer } from '../support/answer.ts';
import { sic } from '../support/sic.ts';
import { type ExpectedRow, readExpectation, type Step } from './expectation.ts';

const here = import.meta.dirname;

for (const entry of readdirSync(here, { withFileTypes: true })) {
  if (!entry.isDirectory()) continue;
  const folder = join(here, entry.name);
  const { about, steps } = readExpectation(readFileSync(join(folder, 'expected.json'), 'utf8'), entry.name);
  test(`${entry.name}: ${about}`, async () => {
    const work = await mkdtemp(join(tmpdir(), 'sic-behaviour-'));
    onTestFinished(() => rm(work, { recursive: true, force: true }));
    await cp(folder, work, { recursive: true });
    let rejects = '';
    for (const [index, step] of steps.entries()) {
      const answer = await take(step, work, rejects);
      expect(await seen(answer, step, work), `step ${index + 1}: sic ${step.argv.join(' ')}`).toEqual(
        expected(step),
      );
      rejects = answer.rejects ?? rejects;
    }
  });
}

async function take(step: Step, work: string, rejects: string): Promise<Answer & { stderr: string }> {
  if (step.edit) {
    const file = resolve(work, step.edit.file.replace('<rejects>', rejects));
    await replaceIn(file, step.edit.from, step.edit.to);
  }
  const argv = step.argv.map(word => word.replace('<rejects>', rejects));
  const ran = await sic([...argv, '--json', '--state-dir', join(work, 'state')], { cwd: work });
  return { ...readAnswer(ran.stdout), exitCode: ran.exitCode, stderr: ran.stderr };
}

/** Byte by byte, so that the file's encoding does not matter. */
async function replaceIn(file: string, from: string, to: string): Promise<void> {
  const text = await readFile(file, 'latin1');
  const bytes = (part: string): string => Buffer.from(part, 'utf8').toString('latin1');
  expect(text, `${file} holds what is to be replaced`).toContain(bytes(from));
  await writeFile(file, text.replaceAll(bytes(from), bytes(to)), 'latin1');
}

/** The step's expectation, with what it leaves unsaid filled in. */
function expected(step: Step) {
  return {
    exitCode: step.exitCode ?? 0,
    counts: step.counts ?? {},
    warnings: step.warnings ?? {},
    fileWarnings: (step.fileWarnings ?? []).map(part => expect.stringContaining(part)),
    added: step.added ?? [],
    ...(step.rows && { rows: step.rows.map(expectedRow) }),
    ...(step.requests && { requests: step.requests }),
    ...(step.stderr && { stderr: containing(step.stderr) }),
    ...(step.rejects && { rejects: step.rejects.map(start => expect.stringMatching(beginning(start))) }),
  };
}

/** What happened, in the same shape: only what the step speaks of. */
async function seen(answer: Answer & { stderr: string }, step: Step, work: string) {
  const { exitCode, counts, requests, warnings, fileWarnings, added, rows, stderr } = answer;
  return {
    exitCode,
    counts: Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0)),
    warnings: Object.fromEntries(warnings.map(({ code, count }) => [code, count])),
    fileWarnings,
    added: added.map(({ list, name }) => `${list}: ${name}`),
    ...(step.rows && { rows: rows.map((row, index) => seenRow(row, step.rows?.[index] ?? {})) }),
    ...(step.requests && { requests: pick(requests, Object.keys(step.requests)) }),
    ...(step.stderr && { stderr }),
    ...(step.rejects && { rejects: await rejectLines(answer.rejects, work) }),
  };
}

function expectedRow({ says, ...row }: ExpectedRow) {
  return says ? { ...row, says: containing(says) } : row;
}

function seenRow(row: Answer['rows'][number], wanted: ExpectedRow) {
  const codes = row.problems.map(problem => problem.code);
  const whole = {
    file: row.file,
    place: row.place,
    key: row.key,
    status: row.status,
    codes,
    warnings: row.warnings.map(warning => warning.code),
    says: [...row.problems, ...row.warnings].map(({ message, tip }) => `${message} ${tip}`).join('\n'),
    changes: row.changes.map(({ field, from, to }) => `${field}: ${from ?? '–'} → ${to ?? '–'}`),
  };
  return Object.keys(wanted).length === 0 ? whole : pick(whole, Object.keys(wanted));
}

function containing(parts: readonly string[]): unknown {
  return expect.toSatisfy((text: string) => parts.every(part => text.includes(part)), parts.join(' … '));
}

function beginning(text: string): RegExp {
  return new RegExp(`^${text.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)}`);
}

function pick(from: object, names: readonly string[]): object {
  return Object.fromEntries(Object.entries(from).filter(([name]) => names.includes(name)));
}

async function rejectLines(path: string | null, work: string): Promise<string[]> {
  if (path === null) return [];
  const bytes = await readFile(resolve(work, path));
  const encoding = await readFile(join(work, 'sic.config.json'), 'utf8').then(
    text => /"encoding": "([^"]+)"/.exec(text)?.[1] ?? 'utf-8',
    () => 'utf-8',
  );
  const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
  const lines = text.replaceAll('"', '').split(/\r?\n/);
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}
