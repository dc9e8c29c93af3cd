import { SicError } from '../../problems/sic-error.ts';
import { headSize, type Judgement, judgeEncoding } from '../encoding.ts';
import { type Encoding, encodingByName, encodingTitle, isWide } from '../encoding-names.ts';
import type { InputDescriptor } from '../input-file.ts';

/**
 * What an XML file is written in. A byte order mark, or the zero bytes of UTF-16, are stronger than the declaration
 * (<?xml … encoding="…"?>), which is stronger than the config's setting. Contradictions are warned of. Throws SicError
 * 'file' for what is no text, and for a declared encoding that is not known.
 */
export function judgeXml(input: InputDescriptor, setting: Encoding | null, label: string): Judgement {
  const buffer = Buffer.allocUnsafe(headSize);
  const head = buffer.subarray(0, input.read(buffer, 0, headSize, 0));
  const seen = judgeEncoding(head, null, label, 'XML');
  const name = declaredName(head.subarray(seen.mark), seen.encoding);
  const declared = name === null ? null : knownEncoding(name, label);
  const surely = seen.mark > 0 || isWide(seen.encoding);
  // .NET writes encoding="utf-16" into text that it then saves as UTF-8. Who can read it byte by byte knows better.
  const impossible = declared !== null && isWide(declared) && !isWide(seen.encoding);
  if (!surely && (declared === null || impossible)) {
    const judged = judgeEncoding(head, setting, label, 'XML');
    return impossible ? { ...judged, warnings: [disbelieved(label, name, judged.encoding)] } : judged;
  }
  const encoding = surely || declared === null ? seen.encoding : declared;
  const warnings: string[] = [];
  const alike = declared === null || declared === encoding || (isWide(declared) && isWide(encoding));
  if (!alike) warnings.push(disbelieved(label, name, encoding));
  if (setting !== null && setting !== encoding)
    warnings.push(
      `${label} ${surely ? 'is, by its first bytes,' : 'says that it is'} ${encodingTitle(encoding)}, ` +
        `so it is read as that, not as ${setting} as configured.`,
    );
  return { ...seen, encoding, declared: !surely, warnings };
}

/** The name in the declaration, or null. `head` begins behind the byte order mark. */
function declaredName(head: Buffer, encoding: Encoding): string | null {
  const ascii = isWide(encoding) ? head.subarray(0, 2048).filter(byte => byte !== 0) : head.subarray(0, 1024);
  const text = Buffer.from(ascii).toString('latin1');
  const declaration = /^\s*<\?xml\s[^>]*?\?>/.exec(text)?.[0] ?? '';
  const found = /\sencoding\s*=\s*(?:"([^"]*)"|'([^']*)')/.exec(declaration);
  return found?.[1] ?? found?.[2] ?? null;
}

function knownEncoding(name: string, label: string): Encoding {
  try {
    return encodingByName(name);
  } catch (cause) {
    if (!(cause instanceof SicError)) throw cause;
    throw new SicError('file', `${label} says that it is written in "${name}", which is not known.`, {
      hint: `Save it as UTF-8. ${cause.hint ?? ''}`.trimEnd(),
      cause,
    });
  }
}

function disbelieved(label: string, name: string | null, encoding: Encoding): string {
  return (
    `${label} says that it is written in "${name}", but it is ${encodingTitle(encoding)} and is read as that. ` +
    'Check the program that writes the file.'
  );
}
