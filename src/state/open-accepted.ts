import { writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { SicError } from '../problems/sic-error.ts';
import type { AcceptedStore, Hash64 } from './accepted.ts';
import { TableStore } from './accepted-store.ts';
import { loadFingerprints, startChecksum } from './fingerprint.ts';
import { RecordTable, wordsPerRecord } from './record-table.ts';
import { replaceFile } from './replace-file.ts';
import { stateError, systemCode } from './state-error.ts';

/*
 * The file: a header of 16 words, then 6 words a record (key, raw, content; each low half first), all little-endian
 * 32-bit. Header: 0-1 magic, 2 format version, 3 record count, 4-5 hash of the tenant's name, 6-7 XXH64 of the header
 * (with these two words 0) and the records, rest 0.
 */
const magic = [0x41434953, 0x50454343] as const; // "SICACCEP"
const formatVersion = 1;
const headerWords = 16;
const headerBytes = headerWords * 4;

/**
 * Opens what a tenant accepted of a datatype. No file, or one of another tenant: empty. Throws SicError 'state' for a
 * damaged file and for one of a newer sic: an unreadable memory must never pass for "nothing changed".
 * @param tenant null when SuperOffice is not asked: whoever's memory is there counts, and nothing can be committed
 */
export async function openAccepted(
  folder: string,
  datatype: string,
  tenant: string | null,
): Promise<AcceptedStore> {
  const path = join(folder, `accepted-${datatype}`);
  const owner = tenant === null ? null : (await loadFingerprints()).text(tenant);
  const words = await readWords(path);
  const records = words === null ? null : await readRecords(words, path, owner);
  return new TableStore(new RecordTable(records ?? new Uint32Array(0)), async table => {
    if (owner === null) throw new Error('without a tenant nothing can be accepted');
    await save(path, owner, table);
  });
}

/** The whole file in one read, or null when there is none. */
async function readWords(path: string): Promise<Uint32Array | null> {
  const file = await open(path, 'r').catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return null;
    throw stateError(path, 'read', error);
  });
  if (file === null) return null;
  try {
    const { size } = await file.stat();
    if (size < headerBytes || size % 4 !== 0) throw damaged(path);
    const bytes = Buffer.allocUnsafeSlow(size);
    for (let at = 0; at < size; ) {
      const { bytesRead } = await file.read(bytes, at, size - at, at);
      if (bytesRead === 0) throw damaged(path);
      at += bytesRead;
    }
    return new Uint32Array(bytes.buffer, bytes.byteOffset, size / 4);
  } catch (error) {
    throw stateError(path, 'read', error);
  } finally {
    await file.close();
  }
}

/** The records, or null when they are another tenant's. */
async function readRecords(
  words: Uint32Array,
  path: string,
  owner: Hash64 | null,
): Promise<Uint32Array | null> {
  if (words[0] !== magic[0] || words[1] !== magic[1]) throw damaged(path);
  if ((words[2] ?? 0) > formatVersion) throw newer(path);
  const header = words.slice(0, headerWords);
  const records = words.subarray(headerWords);
  const [lo, hi] = [header[6], header[7]];
  header[6] = 0;
  header[7] = 0;
  if (words[3] !== records.length / wordsPerRecord) throw damaged(path);
  const checksum = await startChecksum();
  checksum.add(bytesOf(header));
  checksum.add(bytesOf(records));
  const sum = checksum.end();
  if (sum.lo !== lo || sum.hi !== hi) throw damaged(path);
  return owner === null || (words[4] === owner.lo && words[5] === owner.hi) ? records : null;
}

async function save(path: string, owner: Hash64, table: RecordTable): Promise<void> {
  const checksum = await startChecksum();
  await replaceFile(path, file => {
    // Without a pause between first and last byte: what is accepted meanwhile is wholly in the file or not at all.
    const header = new Uint32Array(headerWords);
    header.set([magic[0], magic[1], formatVersion, table.live, owner.lo, owner.hi]);
    checksum.add(bytesOf(header));
    let position = headerBytes;
    for (const piece of table.pieces()) {
      const bytes = bytesOf(piece);
      checksum.add(bytes);
      writeAll(file.fd, bytes, position);
      position += bytes.length;
    }
    const sum = checksum.end();
    header[6] = sum.lo;
    header[7] = sum.hi;
    writeAll(file.fd, bytesOf(header), 0);
  });
}

function writeAll(descriptor: number, bytes: Uint8Array, position: number): void {
  for (let at = 0; at < bytes.length; )
    at += writeSync(descriptor, bytes, at, bytes.length - at, position + at);
}

function bytesOf(words: Uint32Array): Uint8Array {
  return new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
}

function damaged(path: string): SicError {
  return new SicError(
    'state',
    `${path} is damaged: what SuperOffice accepted before cannot be told from it.`,
    {
      hint: 'Remove that file. The next run then compares every row with SuperOffice, and writes only what differs.',
    },
  );
}

function newer(path: string): SicError {
  return new SicError('state', `${path} was written by a newer version of sic.`, {
    hint: 'Update sic. Or remove that file: the next run then compares every row with SuperOffice.',
  });
}
