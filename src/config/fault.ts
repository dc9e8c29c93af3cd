/** One mistake in a config file. */
export interface ConfigFault {
  /** JSON pointer of the value, or of the object that lacks something. */
  readonly pointer: string;
  /** A sentence that starts with the path in the way people write it: `mappings[0].fields.Navn is …`. */
  readonly message: string;
}

export function pointerParts(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** `/mappings/0/fields/Kunde nr` → `mappings[0].fields["Kunde nr"]`. The top of the file: `the config`. */
export function readablePath(pointer: string): string {
  let text = '';
  for (const part of pointerParts(pointer)) {
    if (/^\d+$/.test(part)) text += `[${part}]`;
    else if (/^[\p{L}_$][\p{L}\d_$-]*$/u.test(part)) text += text === '' ? part : `.${part}`;
    else text += `[${JSON.stringify(part)}]`;
  }
  return text === '' ? 'the config' : text;
}
