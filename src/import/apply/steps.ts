import type { Datatype } from '../../datatypes/datatype.ts';
import type { RowFile } from '../../formats/row-file.ts';
import type { Step } from '../plan/step.ts';
import type { ApplyPorts } from './apply.ts';
import { contentTypeOf } from './content-type.ts';

/**
 * Does what a row asks for besides its fields, in order. Answers the names under which files were kept. A mail is the last
 * of it, and is not sent when anything before it failed: the next run finds the message there and sends none.
 */
export async function takeSteps(
  datatype: Datatype,
  id: number,
  steps: readonly Step[],
  { superoffice }: ApplyPorts,
): Promise<string[]> {
  const { contents } = superoffice;
  const names: string[] = [];
  const attached: RowFile[] = [];
  for (const step of steps) {
    if (step.does === 'content') names.push(await contents.putDocument(id, step.file));
    if (step.does === 'attach') attached.push(step.file);
  }
  if (attached.length > 0) {
    const ids: number[] = [];
    for (const file of attached)
      ids.push(await contents.addAttachment(file.name, contentTypeOf(file.name), file));
    await contents.attach(id, ids);
  }
  for (const step of steps)
    if (step.does === 'mail' && datatype.name === 'Message') await superoffice.sendMessage(id, step.mail);
  return names;
}
