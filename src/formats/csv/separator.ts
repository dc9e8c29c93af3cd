import { isRejectColumn } from '../reject-columns.ts';

/** In the order in which ties are settled. */
export const separators = [';', ',', '\t', '|'] as const;

/**
 * The separator of a header line: the one that puts IntegrationID first and IntegrationIDCheck last (in any letter
 * case; a reject file's own columns do not count), else the one that yields most columns.
 * `columnsBy` splits the header line by a separator, heeding quotes.
 */
export function detectSeparator(columnsBy: (separator: string) => readonly string[]): string {
  let best: string = separators[0];
  let most = 0;
  for (const separator of separators) {
    const columns = columnsBy(separator);
    if (isFramed(columns)) return separator;
    if (columns.length > most) {
      most = columns.length;
      best = separator;
    }
  }
  return best;
}

function isFramed(columns: readonly string[]): boolean {
  const own = columns.filter(name => !isRejectColumn(name));
  return (
    own.length > 1 &&
    own[0]?.toLowerCase() === 'integrationid' &&
    own.at(-1)?.toLowerCase() === 'integrationidcheck'
  );
}

/** For messages: "semicolon", "tab". */
export function separatorTitle(separator: string): string {
  const titles: Readonly<Record<string, string>> = {
    ';': 'semicolon',
    ',': 'comma',
    '\t': 'tab',
    '|': 'pipe',
  };
  return titles[separator] ?? `"${separator}"`;
}
