import type { Config } from '../config/config.ts';
import type { Datatype } from '../datatypes/datatype.ts';
import type { Field } from '../datatypes/field.ts';
import { datatypeNamed, datatypes } from '../datatypes/index.ts';
import type { FieldNames } from '../datatypes/udef.ts';
import { type Input, type InputOptions, type Inputs, openInputs, withLayout } from '../import/inputs.ts';
import { readDirectory } from '../import/resolve/directory.ts';
import { certificateEnd } from '../superoffice/certificate.ts';
import type { SuperOffice } from '../superoffice/superoffice.ts';
import { bulkCheck } from './bulk-checks.ts';
import { type Check, checksOf } from './check.ts';
import { columnChecks } from './column-checks.ts';
import { configFileChecks, profileCheck, secretChecks } from './config-checks.ts';
import {
  notReached,
  rateCheck,
  refusedChecks,
  signInCheck,
  tenantCheck,
  tlsCheck,
} from './connection-checks.ts';
import { faultCheck } from './fault-check.ts';
import { type EntityPlan, type Laid, planFields } from './field-plan.ts';
import { fileChecks } from './file-checks.ts';
import { keyChecks } from './key-checks.ts';
import { completed, customColumns, type Layout, missingFields } from './layout.ts';
import { clockCheck, proxyCheck } from './machine-checks.ts';
import { fieldsAsked, generalReferenceChecks, referenceChecks, stageChecks } from './reference-checks.ts';
import type { NamedSecret, Subject } from './subject.ts';
import { type FileSurvey, surveyFile } from './survey.ts';
import { ticketKeyCheck } from './ticket-checks.ts';

/** What a visit is given of the outside. */
export interface VisitPorts {
  readonly config: Config;
  readonly subject: Subject;
  readonly names: FieldNames;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** How the reader starts this program. */
  readonly program: string;
  readonly zipPassword: () => Promise<string | null>;
  readonly readSecret: (secret: NamedSecret) => Promise<string>;
  readonly connect: () => Promise<SuperOffice>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Told which file is being read, and how far. */
  readonly reading: (input: Input, rows: number, bytes: number) => void;
  readonly signal: AbortSignal;
}

/** What one look at the tenant came to. */
export interface Findings {
  readonly tenant: string;
  readonly checks: readonly Check[];
  /** Missing fields that can be made. */
  readonly plans: readonly EntityPlan[];
}

/** One connection, and the files, for as long as the doctor looks. */
export interface Visit {
  /** Looks at everything; what SuperOffice shows is asked anew each time. */
  examine(): Promise<Findings>;
  /** Signed in; null when that failed. */
  readonly superoffice: SuperOffice | null;
  close(): Promise<void>;
}

/** Opens files and connection. What fails is a check; only a bug, or the end of the run, is thrown. */
export async function openVisit(options: InputOptions, ports: VisitPorts): Promise<Visit> {
  const { config, subject, signal } = ports;
  const local: Check[] = [...configFileChecks(config, ports.names), profileCheck(subject)];
  const secrets = await secretChecks(subject.secrets, ports.readSecret);
  local.push(...secrets, proxyCheck(subject.address, ports.env));

  let inputs: Inputs | null = null;
  if (options.files.length > 0)
    try {
      inputs = await openInputs(options, ports);
    } catch (error) {
      local.push(faultCheck('files', 'files', error));
    }

  let superoffice: SuperOffice | null = null;
  let refused: Check[] = [];
  if (subject.secrets.some(({ signsIn }, index) => signsIn && secrets[index]?.status === 'missing'))
    refused = [checksOf('connection').skipped('sign-in', 'There is nothing to sign in with.')];
  else
    try {
      superoffice = await ports.connect();
    } catch (error) {
      signal.throwIfAborted();
      refused = refusedChecks(error);
    }

  const opened = inputs?.inputs ?? [];
  const hasFiles = options.files.length > 0;
  return {
    superoffice,
    async examine() {
      if (superoffice) return examineTenant(local, opened, hasFiles, superoffice, ports);
      const { surveys, broken } = await surveyAll(opened, ports);
      const rate = rateCheck(subject, rowsOf(surveys, hasFiles));
      const checks = [...local, clockCheck(null), ...refused, notReached(), rate];
      return { tenant: '', plans: [], checks: [...checks, ...surveys.flatMap(fileChecks), ...broken] };
    },
    async close() {
      await superoffice?.close();
      await inputs?.close();
    },
  };
}

async function examineTenant(
  local: readonly Check[],
  opened: readonly Input[],
  hasFiles: boolean,
  superoffice: SuperOffice,
  ports: VisitPorts,
): Promise<Findings> {
  const { subject, names, config } = ports;
  const checks: Check[] = [...local];
  const looked = concerned(opened, hasFiles);
  const { laid, faults } = await readLayouts(looked, superoffice);
  const inputs = opened.map(input => checkedAgainst(input, laid, ports));
  const { surveys, broken } = await surveyAll(inputs, ports);

  const { address } = subject;
  const end = address?.protocol === 'https:' ? await certificateEnd(address) : null;
  checks.push(tlsCheck(address, end, ports.now()), signInCheck(await superoffice.principal()));
  checks.push(await tenantOf(superoffice), rateCheck(subject, rowsOf(surveys, hasFiles)));
  checks.push(clockCheck(superoffice.serverClock()));

  checks.push(...surveys.flatMap(fileChecks), ...broken, ...faults);
  for (const { datatype, layout } of laid) checks.push(...keyChecks(datatype, layout, names, ports.program));
  for (const survey of surveys) {
    const { datatype } = survey.input;
    const layout = layoutOf(datatype, laid);
    const columns = survey.input.plan.fields.map(({ name }) => name);
    if (layout)
      checks.push(...columnChecks(survey, layout, lacking(datatype, columns, layout, names), ports.program));
  }
  checks.push(
    ...(hasFiles
      ? await referencesOf(surveys, superoffice, config)
      : await generalReferenceChecks(superoffice)),
  );
  for (const datatype of looked)
    if (datatype.custom.kind === 'extra') checks.push(await ticketKeyCheck(superoffice, datatype, names));
  checks.push(bulkCheck(await superoffice.principal()));
  return { tenant: superoffice.tenant, checks, plans: planFields(laid, surveys, names) };
}

/** The datatypes of the files and those whose keys their rows name; without files all of them. */
function concerned(inputs: readonly Input[], hasFiles: boolean): Datatype[] {
  if (!hasFiles) return [...datatypes];
  const wanted = new Set<Datatype>();
  for (const { datatype, plan } of inputs) {
    wanted.add(datatype);
    for (const { parent } of plan.fields) {
      const owner = parent === undefined ? undefined : datatypeNamed(parent);
      if (owner) wanted.add(owner);
    }
  }
  return datatypes.filter(datatype => wanted.has(datatype));
}

async function readLayouts(
  looked: readonly Datatype[],
  superoffice: SuperOffice,
): Promise<{ laid: Laid[]; faults: Check[] }> {
  const laid: Laid[] = [];
  const faults: Check[] = [];
  for (const datatype of looked)
    try {
      const { entity, custom } = datatype;
      const read =
        custom.kind === 'udef' ? superoffice.udefLayouts.published(entity) : superoffice.udefs(entity);
      laid.push({ datatype, layout: await read });
    } catch (error) {
      faults.push(faultCheck('keys', `fields of ${datatype.entity}`, error));
    }
  return { laid, faults };
}

function layoutOf(datatype: Datatype, laid: readonly Laid[]): Layout | null {
  return laid.find(each => each.datatype === datatype)?.layout ?? null;
}

function lacking(datatype: Datatype, columns: readonly string[], layout: Layout, names: FieldNames) {
  return missingFields(datatype, customColumns(datatype, columns, names), layout, names);
}

/** The file with its columns typed as SuperOffice has them; what is missing there as its name says. */
function checkedAgainst(input: Input, laid: readonly Laid[], { config, names }: VisitPorts): Input {
  const { datatype, plan } = input;
  const layout = layoutOf(datatype, laid);
  if (layout === null) return input;
  const columns = plan.fields.map(({ name }) => name);
  const isText = (progId: string): boolean =>
    /^(?:Short|Long)Text$/.test(layout.get(progId)?.type ?? 'ShortText');
  const known = completed(layout, lacking(datatype, columns, layout, names));
  // A key field of another type is told among the keys; here it would stop everything else from being looked at.
  const usable = new Map(
    [...known].map(([progId, shape]) =>
      progId.endsWith(datatype.keyField) && !isText(progId)
        ? ([progId, { ...shape, type: 'ShortText', length: 0, list: null }] as const)
        : ([progId, shape] as const),
    ),
  );
  return withLayout(input, config, names, usable);
}

/** A file that breaks off in the middle keeps nothing else from being looked at. */
async function surveyAll(
  inputs: readonly Input[],
  { reading, signal }: VisitPorts,
): Promise<{ surveys: FileSurvey[]; broken: Check[] }> {
  const surveys: FileSurvey[] = [];
  const broken: Check[] = [];
  for (const input of inputs)
    try {
      surveys.push(await surveyFile(input, (rows, bytes) => reading(input, rows, bytes), signal));
    } catch (error) {
      signal.throwIfAborted();
      broken.push(faultCheck('files', input.label, error));
    }
  return { surveys, broken };
}

function rowsOf(surveys: readonly FileSurvey[], hasFiles: boolean): number | null {
  return hasFiles && surveys.length > 0 ? surveys.reduce((sum, { rows }) => sum + rows, 0) : null;
}

async function tenantOf(superoffice: SuperOffice): Promise<Check> {
  try {
    return tenantCheck(superoffice.tenant, await superoffice.netServerVersion());
  } catch (error) {
    return faultCheck('connection', 'tenant', error);
  }
}

async function referencesOf(
  surveys: readonly FileSurvey[],
  superoffice: SuperOffice,
  config: Config,
): Promise<Check[]> {
  try {
    const fields = [...fieldsAsked(surveys), ...templateField(surveys, config)];
    const directory = await readDirectory(superoffice, config, fields);
    const checks: Check[] = [];
    for (const survey of surveys) {
      checks.push(...referenceChecks(survey, directory));
      checks.push(...(await stageChecks(survey, directory, superoffice)));
    }
    return checks;
  } catch (error) {
    return [faultCheck('references', 'lists and users', error)];
  }
}

/** Whether the configured template of documents is there is told by reading its list. */
function templateField(surveys: readonly FileSurvey[], { documents }: Config): Field[] {
  if (documents.template === null) return [];
  return surveys.flatMap(({ input }) =>
    input.datatype.fields.filter(({ list }) => list === 'DocumentTemplate'),
  );
}
