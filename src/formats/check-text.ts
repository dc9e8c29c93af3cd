import { isAscii, isUtf8 } from 'node:buffer';
import { setImmediate } from 'node:timers/promises';
import type { Judgement } from './encoding.ts';
import {
  describePlace,
  doubleEncoded,
  isReallyUtf8,
  notUtf8,
  notUtf16,
  zeroByte,
  zeroCharacter,
} from './encoding-evidence.ts';
import { isSingleByte, isWide } from './encoding-names.ts';
import type { InputDescriptor } from './input-file.ts';
import { firstInvalidByte, wholeCharacters } from './utf8.ts';

const chunkSize = 1 << 20;
/** Text encoded twice is encoded twice throughout: the first bytes tell. */
const searchedForDoubles = 16 << 20;

/**
 * Reads the whole file once and makes sure that every byte of it means what its encoding says, so that no row is
 * handed out of a file that turns out wrong later. Returns warnings; throws SicError 'file' with the evidence.
 */
export async function checkText(input: InputDescriptor, judged: Judgement, label: string): Promise<string[]> {
  if (isWide(judged.encoding)) {
    await checkUtf16(input, judged, label);
    return [];
  }
  return judged.encoding === 'utf-8'
    ? checkUtf8(input, judged, label)
    : checkSingleByte(input, judged, label);
}

async function checkUtf8(input: InputDescriptor, judged: Judgement, label: string): Promise<string[]> {
  const warnings: string[] = [];
  let sawLetters = false;
  await forEachChunk(input, judged.mark, (chunk, position) => {
    refuseZeroByte(input, chunk, position, label);
    if (!isUtf8(chunk)) {
      const at = firstInvalidByte(chunk);
      const mixed = sawLetters || !isAscii(chunk.subarray(0, at));
      throw notUtf8(describePlace(input, position + at), mixed, label, judged.format);
    }
    sawLetters ||= !isAscii(chunk);
    if (warnings.length === 0) warnings.push(...doubleEncodingIn(chunk, position, input, label));
  });
  return warnings;
}

/** The warning about text that was encoded twice, if a chunk at `position` of the file holds any. */
export function doubleEncodingIn(
  chunk: Buffer,
  position: number,
  input: InputDescriptor,
  label: string,
): string[] {
  const at = position < searchedForDoubles ? doubleEncoded(chunk) : -1;
  if (at < 0) return [];
  const { line, word } = describePlace(input, position + at);
  return [
    `${label}, line ${line}, reads "${word.toString('utf8')}": that looks like text that was ` +
      'turned into UTF-8 twice. Check the program that writes the file.',
  ];
}

async function checkSingleByte(input: InputDescriptor, judged: Judgement, label: string): Promise<string[]> {
  if (!isSingleByte(judged.encoding)) return [];
  let maybeUtf8 = true;
  let evidence = -1;
  await forEachChunk(input, 0, (chunk, position) => {
    refuseZeroByte(input, chunk, position, label);
    if (!maybeUtf8) return;
    maybeUtf8 = isUtf8(chunk);
    if (evidence < 0) {
      // 0xC3 begins every letter of ÀÁ…ÿ in UTF-8; as a letter of its own (Ã) it is next to unknown in the Nordics.
      const at = chunk.indexOf(0xc3);
      if (at >= 0) evidence = position + at;
    }
  });
  if (maybeUtf8 && evidence >= 0) throw isReallyUtf8(describePlace(input, evidence), judged, label);
  return [];
}

async function checkUtf16(input: InputDescriptor, judged: Judgement, label: string): Promise<void> {
  const decoder = new TextDecoder(judged.encoding, { fatal: true });
  const buffer = Buffer.allocUnsafe(chunkSize);
  let position = judged.mark;
  let line = 1;
  for (;;) {
    const count = input.read(buffer, 0, chunkSize, position);
    const text = decoded(buffer.subarray(0, count));
    const zero = text.indexOf('\0');
    line += text.slice(0, zero < 0 ? text.length : zero).split('\n').length - 1;
    if (zero >= 0) throw zeroCharacter(line, label);
    if (count === 0) return;
    position += count;
    await setImmediate();
  }

  function decoded(bytes: Buffer): string {
    try {
      return decoder.decode(bytes, { stream: bytes.length > 0 });
    } catch (error) {
      throw notUtf16(judged.encoding, position, label, error);
    }
  }
}

/** Hands out the file in chunks that end between characters, but for the file's very last one. */
async function forEachChunk(
  input: InputDescriptor,
  from: number,
  use: (chunk: Buffer, position: number) => void,
): Promise<void> {
  const buffer = Buffer.allocUnsafe(chunkSize + 4);
  let position = from;
  let carried = 0;
  for (;;) {
    const count = input.read(buffer, carried, chunkSize, position + carried);
    const bytes = buffer.subarray(0, carried + count);
    if (bytes.length === 0) return;
    const whole = count < chunkSize ? bytes.length : wholeCharacters(bytes);
    use(bytes.subarray(0, whole), position);
    buffer.copyWithin(0, whole, bytes.length);
    position += whole;
    carried = bytes.length - whole;
    if (count < chunkSize) return;
    await setImmediate(); // reading blocks; signals and timers get their turn
  }
}

function refuseZeroByte(input: InputDescriptor, chunk: Buffer, position: number, label: string): void {
  const at = chunk.indexOf(0);
  if (at >= 0) throw zeroByte(describePlace(input, position + at), label);
}
