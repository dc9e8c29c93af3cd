import type { RowFile } from '../../formats/row-file.ts';
import { SuperOfficeError } from '../../superoffice/error.ts';
import type { Step } from '../plan/step.ts';
import type { ApplyPorts } from './apply.ts';
import { contentTypeOf } from './content-type.ts';
import { withoutMail } from './unfinished.ts';

/**
 * Gives a record the files that its row asks for, in order. Answers the names under which they were kept.
 * @param begun something of the record was written before: the rest follows whatever brake is pulled
 */
export async function takeSteps(
  id: number,
  steps: readonly Step[],
  begun: boolean,
  { superoffice: { contents } }: ApplyPorts,
): Promise<string[]> {
  const names: string[] = [];
  const attached: RowFile[] = [];
  for (const step of steps) {
    if (step.does === 'content') names.push(await contents.putDocument(id, step.file, begun));
    if (step.does === 'attach') attached.push(step.file);
  }
  if (attached.length > 0) {
    const ids: number[] = [];
    for (const file of attached)
      ids.push(
        await contents.addAttachment(file.name, contentTypeOf(file.name), file, begun || ids.length > 0),
      );
    await contents.attach(id, ids);
  }
  return names;
}

/**
 * Sends the mail of a new message: the last of all, so that it is not sent when anything before it failed. The next run
 * finds the message there and sends none. Throws Unfinished.
 */
export async function sendMails(
  id: number,
  steps: readonly Step[],
  { superoffice }: ApplyPorts,
): Promise<void> {
  for (const step of steps) {
    if (step.does !== 'mail') continue;
    await superoffice.sendMessage(id, step.mail).catch((error: unknown) => {
      throw error instanceof SuperOfficeError ? withoutMail(id, error) : error;
    });
  }
}
