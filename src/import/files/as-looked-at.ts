import { Readable } from 'node:stream';
import { SicError } from '../../problems/sic-error.ts';
import { hexOf, startChecksum } from '../../state/fingerprint.ts';

/** A file as it was when it was looked at. */
interface LookedAt {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly checksum: string;
  open(): Readable;
}

/**
 * Reads a file again, to send it. Fails with SicError 'file' when it is not what it was: another program may still write
 * it, or take it away. The last piece is held back until the rest has proved right, so that no request ends well that
 * carried other bytes than those remembered.
 */
export function asLookedAt(file: LookedAt): Readable {
  return Readable.from(pieces(file), { objectMode: false });
}

async function* pieces({ name, size, checksum, open }: LookedAt): AsyncGenerator<Uint8Array, void, void> {
  const sum = await startChecksum();
  let read = 0;
  let held: Uint8Array | null = null;
  try {
    for await (const piece of open()) {
      if (!(piece instanceof Uint8Array)) throw new Error('a file was opened as text');
      read += piece.length;
      if (read > size) throw changed(name);
      sum.add(piece);
      if (held) yield held;
      held = piece;
    }
  } catch (error) {
    throw error instanceof SicError ? error : gone(name, error);
  }
  if (read !== size || hexOf(sum.end()) !== checksum) throw changed(name);
  if (held) yield held;
}

function changed(name: string): SicError {
  return new SicError('file', `The file "${name}" changed while it was sent.`, {
    hint: 'Run again once the program that writes it is done.',
  });
}

function gone(name: string, cause: unknown): SicError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new SicError('file', `The file "${name}" could not be read to its end: ${reason}.`, {
    hint: 'Leave files where they are until the run has ended, and run again.',
    cause,
  });
}
