type Headers = Readonly<Record<string, string | undefined>>;

/**
 * The language to translate to, in lower case and without region; null = raw texts (reading.md, section 5.1).
 * SO-Language wins over Accept-Language; `*` and `x` switch translation off.
 */
export function languageOf(headers: Headers): string | null {
  const asked = headers['so-language'] || headers['accept-language'];
  const first = asked?.split(/[,;]/)[0]?.trim().toLowerCase() ?? '';
  const language = first.split(/[-_]/)[0] ?? '';
  return language === '' || language === '*' || language === 'x' ? null : language;
}
