import os from 'node:os';
import path from 'node:path';
import type { Config } from '../../config/config.ts';
import { loadConfig } from '../../config/load.ts';
import { type ChosenProfile, chooseProfile } from '../../config/profiles.ts';
import type { Check } from '../../doctor/check.ts';
import { cronChecks } from '../../doctor/cron-checks.ts';
import { faultCheck } from '../../doctor/fault-check.ts';
import { type EntityPlan, fieldWords } from '../../doctor/field-plan.ts';
import { folderCheck, nodeCheck } from '../../doctor/machine-checks.ts';
import { folderFacts } from '../../doctor/machine-facts.ts';
import type { DoctorResult, MadeField } from '../../doctor/result.ts';
import { scheduleOf } from '../../doctor/schedule.ts';
import { openVisit } from '../../doctor/visit.ts';
import { noCounts } from '../../import/result.ts';
import { SicError } from '../../problems/sic-error.ts';
import { oneLine } from '../../report/words.ts';
import type { SuperOffice } from '../../superoffice/superoffice.ts';
import type { DoctorFlags } from '../commands/doctor.ts';
import { canAsk, confirm } from '../confirm.ts';
import { openConnection } from '../connection.ts';
import type { Context } from '../context.ts';
import { configWish, profileWish, programName, stateFolder } from '../environment.ts';
import { exitCodeOfDoctor } from '../exit-code.ts';
import { fieldNames, readZipPassword } from '../field-names.ts';
import type { Outcome } from '../outcome.ts';
import { requireProbeAllowed, targetOf } from '../probe/permission.ts';
import { createProgress } from '../progress.ts';
import { styleFor } from '../ui.ts';
import { cronFacts } from './cron-facts.ts';
import { subjectOf } from './subject.ts';

/** `sic doctor`: looks, mends with --fix, tells. */
export async function runDoctor(
  files: readonly string[],
  flags: DoctorFlags,
  context: Context,
  outcome: Outcome,
): Promise<void> {
  const result = await examine(files, flags, context, outcome);
  outcome.exitCode = exitCodeOfDoctor(result, context.signal.reason);
  await report(result, flags, context, outcome);
}

const nothingFound = { tenant: '', made: [], fixable: 0, schedule: null, probe: null, error: null } as const;

async function examine(
  files: readonly string[],
  flags: DoctorFlags,
  context: Context,
  outcome: Outcome,
): Promise<DoctorResult> {
  if (flags.yes && !flags.fix)
    throw new SicError('usage', '--yes says nothing without --fix.', {
      hint: 'Add --fix to make the missing fields, or leave --yes out.',
    });
  const node = nodeCheck(process.versions.node);
  const settings = await settingsOf(flags, context);
  if ('fault' in settings)
    return { ...nothingFound, profile: '', checks: [settings.fault, node, ...(await temporaryChecks())] };
  const { chosen } = settings;
  outcome.profile = chosen.name;
  // Before the first request: a tenant where nobody meant to make experiments is not touched.
  if (flags.probe !== undefined) requireProbeAllowed(targetOf(chosen), namedTenant(flags.probe));
  const result = await visit(files, flags, context, settings, node);
  if (flags.probe === undefined || result.tenant === '' || result.error !== null) return result;
  return { ...result, probe: await probeOf(flags.probe, flags, context, settings) };
}

/** Nothing behind `--probe`: commander says true. */
function namedTenant(probe: string | true): string | null {
  return probe === true ? null : probe;
}

async function probeOf(
  wish: string | true,
  flags: DoctorFlags,
  context: Context,
  { config, chosen }: Settings,
): Promise<DoctorResult['probe']> {
  const { env, signal, now } = context;
  const note = (text: string) => context.stderr.write(`${oneLine(text)}\n`);
  const { probeTenant } = await import('../probe/run.ts');
  return probeTenant(chosen, namedTenant(wish), {
    rate: flags.rate,
    concurrency: flags.concurrency,
    stateRoot: stateFolder(flags, context, config),
    program: programName(context),
    env,
    conceal: context.conceal,
    keychain: context.keychain,
    note,
    now,
    tell: question => note(`trying out: ${question}`),
    signal,
  });
}

interface Settings {
  readonly config: Config;
  readonly chosen: ChosenProfile;
}

async function settingsOf(flags: DoctorFlags, context: Context): Promise<Settings | { fault: Check }> {
  let name = 'config file';
  try {
    const config = await loadConfig({ file: configWish(flags, context), cwd: context.cwd });
    name = 'profile';
    return { config, chosen: chooseProfile(config, profileWish(flags, context)) };
  } catch (error) {
    // The command line is not what the doctor is asked about.
    if (error instanceof SicError && error.code === 'usage') throw error;
    return { fault: faultCheck('config', name, error) };
  }
}

async function temporaryChecks(): Promise<Check[]> {
  return [folderCheck('temporary files', await folderFacts(os.tmpdir()), 'TMPDIR')];
}

async function visit(
  files: readonly string[],
  flags: DoctorFlags,
  context: Context,
  { config, chosen }: Settings,
  node: Check,
): Promise<DoctorResult> {
  const { env, cwd, signal, now } = context;
  const stateRoot = stateFolder(flags, context, config);
  const state = await folderFacts(path.join(stateRoot, chosen.name));
  const subject = subjectOf(chosen, config, flags);
  const progress = await createProgress(context);
  const connection = openConnection(chosen, {
    rate: flags.rate,
    concurrency: flags.concurrency,
    stateRoot,
    env,
    program: programName(context),
    conceal: context.conceal,
    keychain: context.keychain,
    note: progress.note,
    signal,
  });
  let told = '';
  const visit = await openVisit(
    { files, datatype: flags.datatype ?? null, filesFolder: flags.files ?? null },
    {
      config,
      subject,
      names: fieldNames(config, chosen),
      cwd,
      env,
      program: programName(context),
      zipPassword: () => readZipPassword(config, context),
      readSecret: async ({ ref, what }) => {
        const { readSecret } = await import('../../config/secrets.ts');
        const { keychain } = context;
        const secret = await readSecret(ref, { env, ...(keychain ? { keychain } : {}) }, what);
        context.conceal(() => [secret]);
        return secret;
      },
      connect: () => connection.connect(),
      now,
      reading: ({ label, datatype, records }, rows, bytes) => {
        if (told !== label) progress.start(label, datatype.name, records.size);
        told = label;
        progress.update({ ...noCounts(), read: rows }, bytes);
      },
      signal,
    },
  ).catch(async (error: unknown) => {
    progress.stop();
    await connection.close();
    throw error;
  });
  try {
    let findings = await visit.examine();
    progress.end();
    const machine = [node, folderCheck('state folder', state, '--state-dir'), ...(await temporaryChecks())];
    const cron = flags.asCron
      ? await cronFacts(files, chosen, subject, config, flags, context, stateRoot)
      : null;
    const asCron = cron === null ? [] : cronChecks(cron, subject.secrets, state);
    const resultOf = (more: Partial<DoctorResult>): DoctorResult => ({
      ...nothingFound,
      profile: chosen.name,
      tenant: findings.tenant,
      checks: [...machine, ...findings.checks, ...asCron],
      fixable: findings.plans.reduce((sum, { fields }) => sum + fields.length, 0),
      schedule: cron === null ? null : scheduleOf(cron.job),
      ...more,
    });
    if (!flags.fix || visit.superoffice === null || findings.plans.length === 0) return resultOf({});
    const refusal = await leaveToFix(findings.plans, findings.tenant, flags, context);
    if (refusal !== null) return resultOf({ error: refusal });
    const { made, faults } = await makeFields(findings.plans, visit.superoffice);
    findings = await visit.examine();
    const after = resultOf({ made });
    return { ...after, checks: [...after.checks, ...faults] };
  } finally {
    progress.stop();
    await visit.close();
    await connection.close();
  }
}

/** Tells what would be made, and asks. null: go on. */
async function leaveToFix(
  plans: readonly EntityPlan[],
  tenant: string,
  flags: DoctorFlags,
  context: Context,
): Promise<DoctorResult['error']> {
  const lines = plans.flatMap(({ entity, fields }) =>
    fields.map(field => `  ${entity}  ${fieldWords(field)}`),
  );
  const entities = plans.map(({ entity }) => entity).join(', ');
  context.stderr.write(
    `In SuperOffice (${tenant}) these user-defined fields will be made, and the layout of ${entities} published:\n\n${lines.join('\n')}\n\n`,
  );
  if (flags.yes) return null;
  if (!canAsk(context))
    return {
      code: 'usage',
      message: 'Nothing was made: there is no terminal to ask on.',
      hint: 'Add --yes to make these fields without being asked.',
    };
  if (await confirm('Make them?', context)) return null;
  return { code: 'usage', message: 'Nothing was made.', hint: null };
}

/** One entity after the other: what is refused for one is no reason to leave the others. */
async function makeFields(
  plans: readonly EntityPlan[],
  superoffice: SuperOffice,
): Promise<{ made: MadeField[]; faults: Check[] }> {
  const made: MadeField[] = [];
  const faults: Check[] = [];
  for (const { entity, fields } of plans)
    try {
      await superoffice.udefLayouts.create(entity, fields);
      made.push(...fields.map(({ progId, type }) => ({ entity, progId, type })));
    } catch (error) {
      faults.push(faultCheck('keys', `fields of ${entity}`, error));
    }
  return { made, faults };
}

async function report(
  result: DoctorResult,
  flags: DoctorFlags,
  context: Context,
  outcome: Outcome,
): Promise<void> {
  if (flags.json) {
    const { doctorJson } = await import('../../report/doctor-json.ts');
    outcome.answered = true;
    context.stdout.write(doctorJson(result, outcome.exitCode));
  } else {
    const { doctorText } = await import('../../report/doctor-terminal.ts');
    const style = await styleFor(context.stdout, context);
    const width = context.stdout.isTTY ? context.stdout.columns : null;
    context.stdout.write(doctorText(result, { style, width }));
  }
  if (result.error !== null) {
    const { tellText } = await import('../errors.ts');
    await tellText({ ...result.error, detail: null }, context);
  }
}
