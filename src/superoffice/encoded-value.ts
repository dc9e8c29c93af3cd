/** What a text of the form `[I:25]` stands for; `text` is how a person would write it. */
export interface DecodedValue {
  /** The number, or a date as `2011-11-30T00:00:00`; null when the text was not encoded. */
  readonly raw: string | number | null;
  readonly text: string;
}

/**
 * Decodes a value of SuperOffice's culture-neutral notation (reading.md, section 11.2): `[I:25]`, `[F:4.43]`, `[M:…]`,
 * `[TS:500]` → number · `[D:11/30/2011]`, `[DT:11/23/2023 14:00:00.0000000]` (month first) → ISO date and time, without
 * zone as all samples are, or with one that stands behind it · `[A:3,4]`, `[T:14:52]`, `[B:…]` → their content.
 * Anything else is plain text and comes back as it is; so does the dotted date form, whose order of day and month is not
 * certain.
 */
export function decodeValue(encoded: string): DecodedValue {
  const plain = { raw: null, text: encoded };
  const [, marker, content] = /^\[([A-Z]{1,2}):(.*)\]$/s.exec(encoded) ?? [];
  if (content === undefined) return plain;
  switch (marker) {
    case 'I':
    case 'F':
    case 'M':
    case 'TS': {
      const number = Number(content);
      return content.trim() === '' || Number.isNaN(number) ? plain : { raw: number, text: content };
    }
    case 'D':
    case 'DT': {
      const iso = isoDate(content);
      return iso === null ? plain : { raw: iso, text: iso };
    }
    case 'A':
    case 'B':
    case 'T':
      return { raw: content, text: content };
    default:
      return plain;
  }
}

function isoDate(content: string): string | null {
  const parts = /^(\d{2})\/(\d{2})\/(\d{4})(?: (\d{2}:\d{2}:\d{2})(?:\.\d+)?)? ?(Z|[+-]\d{2}:?\d{2})?$/.exec(
    content,
  );
  if (!parts) return null;
  const [, month, day, year, time = '00:00:00', zone = ''] = parts;
  return `${year}-${month}-${day}T${time}${zone}`;
}
