import { isUtf8 } from 'node:buffer';
import { checkText, doubleEncodingIn } from '../check-text.ts';
import type { Judgement } from '../encoding.ts';
import { isSingleByte } from '../encoding-names.ts';
import type { InputDescriptor } from '../input-file.ts';

/** Told of the bytes of a file that are in no known block: whole characters, from the first to the last piece. */
export type Fresh = (bytes: Buffer, position: number) => void;

/**
 * Goes through a file once, and makes sure of the text of what is new in it on the way: what was known before was checked
 * then. (Whether a file is in one of the single-byte encodings only all of it shows.) Answers warnings besides what `pass` answers. Text that is wrong is told before anything else that is
 * wrong with the file. Throws SicError 'file'.
 */
export async function survey<Result>(
  input: InputDescriptor,
  judged: Judgement,
  label: string,
  pass: (fresh: Fresh) => Promise<Result>,
): Promise<{ readonly result: Result; readonly warnings: readonly string[] }> {
  const before = isSingleByte(judged.encoding) ? await checkText(input, judged, label) : null;
  if (before) {
    const result = await pass(() => {});
    input.ensureUnchanged();
    return { result, warnings: before };
  }
  let isGood = true;
  const warnings: string[] = [];
  const look: Fresh = (bytes, position) => {
    isGood &&= isUtf8(bytes) && bytes.indexOf(0) < 0;
    if (isGood && warnings.length === 0)
      warnings.push(...doubleEncodingIn(bytes, judged.mark + position, input, label));
  };
  const result = await pass(look).catch(async (error: unknown) => {
    await checkText(input, judged, label);
    throw error;
  });
  // Of what is known nothing is read again: who writes to the file would not be noticed later.
  input.ensureUnchanged();
  return { result, warnings: isGood ? warnings : await checkText(input, judged, label) };
}
