import type { Row } from '../../mapping/row.ts';
import type { Problem } from '../../problems/problem.ts';
import { fileName } from '../../records/file-name.ts';
import { equalsNumber } from '../../superoffice/filter.ts';
import type { Step } from '../plan/step.ts';
import type { Wanted } from '../plan/value.ts';
import { holds } from './file-contents.ts';
import { fileNotFound } from './missing-file.ts';
import { type Candidate, implied, type Rule, saidIn, want, wantedOf } from './rule.ts';

/** Text and HTML are two views of one message, of which Type says which one people see. */
const group = 'body';

/** Body, attachments and mail of a message (writing.md, sections 5.3 to 5.5). */
export const messageParts: Rule = {
  check: row => {
    const copies = ['SendCc', 'SendBcc'].filter(column => addressesIn(row, column).length > 0);
    if (copies.length === 0 || addressesIn(row, 'SendTo').length > 0) return [];
    return [copyWithoutReceiver(copies[0] ?? 'SendCc', row)];
  },
  settle: async candidate => {
    const missing = candidate.row.files?.missing.get('AttachmentNames') ?? [];
    const there = candidate.existing ? await attachmentNames(candidate, missing) : new Set<string>();
    const lost = missing.filter(name => ![...there].some(held => isCalled(lastStep(name), held)));
    if (lost.length > 0)
      return {
        problems: lost.map(name =>
          fileNotFound('AttachmentNames', name, candidate.row, candidate.existing !== null),
        ),
      };
    const mail = await mailSteps(candidate);
    return {
      wanted: withType(candidate),
      steps: [...(await attachmentSteps(candidate)), ...mail.steps],
      warnings: mail.warnings,
    };
  },
};

function withType({ wanted, existing, row }: Candidate): Wanted[] {
  const html = wantedOf(wanted, 'HtmlBody');
  const body = wantedOf(wanted, 'Body');
  const grouped = wanted.map(each => (each === html || each === body ? { ...each, group } : each));
  const createdAt = saidIn(row, 'CreatedAt');
  return [
    ...grouped,
    ...(html || (body && !existing) ? [implied('Type', html ? 'Html' : 'Plain', 'text', group)] : []),
    ...(typeof createdAt === 'string' && !existing
      ? [want({ ...implied('CreatedAt', null, 'datetime', group).field }, createdAt, { follows: true })]
      : []),
  ];
}

/** Files that the message lacks. One of the same name and content is the same file; another content is added to it. */
async function attachmentSteps({ row, existing, superoffice }: Candidate): Promise<Step[]> {
  const files = row.files?.found.get('AttachmentNames') ?? [];
  if (files.length === 0) return [];
  const { contents, openPoints } = superoffice;
  const known = (name: string, size: number) => (openPoints.attachmentListSizes ? { name, size } : { name });
  const held = existing ? await contents.attachmentsOf(existing.id) : [];
  const steps: Step[] = [];
  for (const file of files) {
    let isThere = false;
    for (const { id, name, size } of held)
      isThere ||=
        isCalled(file.name, name) &&
        (!openPoints.attachmentListSizes || size === file.size) &&
        (await holds(file, receive => contents.readAttachment(id, receive, known(name, size))));
    if (!isThere) steps.push({ does: 'attach', file });
  }
  return steps;
}

/** Under its own name, or under the one that file systems take. */
function isCalled(file: string, attachment: string): boolean {
  return file === attachment || file === fileName(attachment);
}

async function attachmentNames(
  { superoffice, existing }: Candidate,
  missing: readonly string[],
): Promise<Set<string>> {
  if (missing.length === 0 || !existing) return new Set();
  return new Set((await superoffice.contents.attachmentsOf(existing.id)).map(({ name }) => name));
}

/** Only a new message is sent, and only where the config says so (integration-cloud.md, section 5.4). */
async function mailSteps(candidate: Candidate): Promise<{ steps: Step[]; warnings: Problem[] }> {
  const { row, existing, config, wasInDoubt } = candidate;
  const to = addressesIn(row, 'SendTo');
  if (existing && wasInDoubt && to.length > 0 && config.sendMail)
    return { steps: [], warnings: [mailInDoubt(to)] };
  if (existing || to.length === 0) return { steps: [], warnings: [] };
  if (!config.sendMail) return { steps: [], warnings: [mailIsOff(to)] };
  const subject = saidIn(row, 'SendSubject');
  return {
    steps: [
      {
        does: 'mail',
        mail: {
          to,
          cc: addressesIn(row, 'SendCc'),
          bcc: addressesIn(row, 'SendBcc'),
          subject: typeof subject === 'string' ? subject : await titleOfTicket(candidate),
        },
      },
    ],
    warnings: [],
  };
}

async function titleOfTicket({ wanted, superoffice }: Candidate): Promise<string> {
  const ticket = wantedOf(wanted, 'TickUserKey01');
  if (typeof ticket?.value !== 'number') return '';
  const [row] = await superoffice.archive({
    provider: 'Ticket',
    columns: ['ticketId', 'title'],
    filter: equalsNumber('ticketId', ticket.value),
    orderBy: 'ticketId',
    fresh: true,
  });
  return row?.cells.get('title')?.display ?? '';
}

function addressesIn(row: Row, column: string): string[] {
  const value = saidIn(row, column);
  return Array.isArray(value) ? value.map(String) : [];
}

function lastStep(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function copyWithoutReceiver(column: string, row: Row): Problem {
  return {
    field: column,
    value: addressesIn(row, column).join(';'),
    code: 'mail-without-receiver',
    message: `${column} has addresses, but SendTo has none.`,
    tip: 'A mail needs a receiver: write one in SendTo, or empty SendCc and SendBcc.',
  };
}

function mailIsOff(to: readonly string[]): Problem {
  return {
    field: 'SendTo',
    value: to.join(';'),
    code: 'mail-off',
    message: 'The message was imported without sending it: mail is off.',
    tip: 'To send new messages by mail, set "tickets": { "sendMail": true } in the config; those already imported are never sent.',
  };
}

function mailInDoubt(to: readonly string[]): Problem {
  return {
    field: 'SendTo',
    value: to.join(';'),
    code: 'mail-in-doubt',
    message: 'An earlier run ended in the middle of this message: its mail may not have gone out.',
    tip: 'It is not sent now, so that nobody gets it twice. Look at the message in SuperOffice, and send it there if it did not go out.',
  };
}
