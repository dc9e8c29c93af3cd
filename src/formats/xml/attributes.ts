/** `name="value"` pairs; no < inside, quotes of either kind. */
const pair = /\s+([^\s=/<>"']+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;

/**
 * The attributes of a start tag, undecoded, from what stands between its name and its `>`. Null when that is not
 * well-formed.
 */
export function readAttributes(text: string): ReadonlyMap<string, string> | null {
  const found = new Map<string, string>();
  pair.lastIndex = 0;
  let end = 0;
  for (let match = pair.exec(text); match !== null; match = pair.exec(text)) {
    const [, name = '', doubleQuoted, singleQuoted] = match;
    if (found.has(name)) return null;
    found.set(name, doubleQuoted ?? singleQuoted ?? '');
    end = pair.lastIndex;
  }
  return /^\s*\/?$/.test(text.slice(end)) ? found : null;
}

/**
 * Those that say something about the XML and not about the record, as .NET writes them too (`xsi:type`). Any other holds
 * data that nobody would read.
 */
export function isHarmless(name: string): boolean {
  return name === 'xmlns' || /^(?:xmlns|xml|xsi):/.test(name) || isNil(name);
}

/** `xsi:nil`, whatever prefix the file has for that namespace: .NET writes `i:nil`. */
function isNil(name: string): boolean {
  return /^[^:]+:nil$/.test(name);
}

/** True: the element stands for null. Null: the value of its nil is neither yes nor no. */
export function nilOf(attributes: ReadonlyMap<string, string>): boolean | null {
  for (const [name, value] of attributes) {
    if (!isNil(name)) continue;
    if (value === 'true' || value === '1') return true;
    return value === 'false' || value === '0' ? false : null;
  }
  return false;
}
