import fc from 'fast-check';

/** What a disk, a network, an editor or somebody with bad intent does to a file. */
type Mutation = (bytes: Buffer) => Buffer;

const place = fc.nat({ max: 0xffff_ffff });

/** Documents to begin with, each changed in up to so many ways; and bytes that never were a document. */
export function damaged(
  documents: fc.Arbitrary<string | Uint8Array>,
  tokens: readonly string[],
  most = 4,
): fc.Arbitrary<Buffer> {
  const changed = fc
    .tuple(documents, fc.array(mutation(tokens), { maxLength: most, size: 'max' }), encoded)
    .map(([document, mutations, encode]) =>
      encode(mutations.reduce<Buffer>((bytes, mutate) => mutate(bytes), Buffer.from(document))),
    );
  const soup = fc
    .array(fc.constantFrom(...tokens), { maxLength: 40, size: 'max' })
    .map(all => Buffer.from(all.join('')));
  const noise = fc.uint8Array({ maxLength: 200, size: 'max' }).map(bytes => Buffer.from(bytes));
  return fc.oneof({ weight: 6, arbitrary: changed }, { weight: 2, arbitrary: soup }, noise);
}

function mutation(tokens: readonly string[]): fc.Arbitrary<Mutation> {
  const token = fc
    .oneof(fc.constantFrom(...tokens), fc.constantFrom(...anywhere))
    .map(text => Buffer.from(text));
  const raw = fc.constantFrom(...bytesThatAreNoText).map(bytes => Buffer.from(bytes));
  return fc.oneof(
    fc.tuple(place, fc.nat({ max: 30 })).map(([at, length]) => removed(at, length)),
    { weight: 4, arbitrary: fc.tuple(place, token).map(([at, piece]) => inserted(at, piece)) },
    fc.tuple(place, raw).map(([at, piece]) => inserted(at, piece)),
    fc.tuple(place, fc.nat({ max: 7 })).map(([at, bit]) => flipped(at, bit)),
    fc.tuple(place, fc.nat({ max: 255 })).map(([at, byte]) => overwritten(at, byte)),
    fc.tuple(place, fc.nat({ max: 60 })).map(([at, length]) => duplicated(at, length)),
    place.map(truncated),
    fc.tuple(place, place).map(([one, other]) => swapped(one, other)),
    fc
      .tuple(place, token, fc.integer({ min: 2, max: 300 }))
      .map(([at, piece, count]) => inserted(at, Buffer.concat(Array.from({ length: count }, () => piece)))),
    fc.constantFrom('\n', '\r\n', '\r', '\n\r', '\u2028').map(otherLineEnds),
  );
}

const anywhere = [
  '\0',
  '\ufeff',
  '\u00a0',
  '\u001a',
  '\u0085',
  '\u2028',
  '😀',
  'æ',
  'e\u0301',
  '\ufffd',
  '1e999',
  '-0',
  '9'.repeat(400),
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
];

/** Half a character, a byte order mark in the middle, a surrogate in UTF-8, an overlong zero, beyond Unicode. */
const bytesThatAreNoText = [
  [0xc3],
  [0xff, 0xfe],
  [0xfe, 0xff],
  [0xed, 0xa0, 0x80],
  [0xc0, 0x80],
  [0xf5, 0x80, 0x80, 0x80],
  [0xe2, 0x82],
  [0x80],
  [0, 0, 0xfe, 0xff],
  [0xd8, 0x00],
];

const encoded: fc.Arbitrary<Mutation> = fc.oneof(
  { weight: 12, arbitrary: fc.constant<Mutation>(bytes => bytes) },
  fc.constantFrom<Mutation[]>(
    bytes => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]),
    bytes => utf16(`\ufeff${bytes.toString('utf8')}`),
    bytes => utf16(bytes.toString('utf8')),
    bytes => utf16(`\ufeff${bytes.toString('utf8')}`).swap16(),
    bytes => utf16(bytes.toString('utf8')).swap16(),
    // One byte short: half a unit at the end.
    bytes => utf16(`\ufeff${bytes.toString('utf8')}`).subarray(0, -1),
    bytes => Buffer.from(bytes.toString('utf8'), 'latin1'),
  ),
);

function utf16(text: string): Buffer {
  return Buffer.from(text, 'utf16le');
}

function within(bytes: Buffer, at: number): number {
  return at % (bytes.length + 1);
}

function removed(place: number, length: number): Mutation {
  return bytes => {
    const at = within(bytes, place);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
  };
}

function inserted(place: number, piece: Buffer): Mutation {
  return bytes => {
    const at = within(bytes, place);
    return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)]);
  };
}

function flipped(place: number, bit: number): Mutation {
  return bytes => changedAt(bytes, place, byte => byte ^ (1 << bit));
}

function overwritten(place: number, value: number): Mutation {
  return bytes => changedAt(bytes, place, () => value);
}

function changedAt(bytes: Buffer, place: number, change: (byte: number) => number): Buffer {
  if (bytes.length === 0) return bytes;
  const copy = Buffer.from(bytes);
  const at = place % bytes.length;
  copy[at] = change(copy[at] ?? 0);
  return copy;
}

function duplicated(place: number, length: number): Mutation {
  return bytes => {
    const at = within(bytes, place);
    return Buffer.concat([bytes.subarray(0, at + length), bytes.subarray(at)]);
  };
}

function truncated(place: number): Mutation {
  return bytes => bytes.subarray(0, within(bytes, place));
}

function swapped(one: number, other: number): Mutation {
  return bytes => {
    const [from = 0, to = 0] = [within(bytes, one), within(bytes, other)].sort((a, b) => a - b);
    return Buffer.concat([bytes.subarray(to), bytes.subarray(from, to), bytes.subarray(0, from)]);
  };
}

function otherLineEnds(end: string): Mutation {
  return bytes =>
    Buffer.from(bytes.toString('latin1').replaceAll('\n', Buffer.from(end).toString('latin1')), 'latin1');
}
