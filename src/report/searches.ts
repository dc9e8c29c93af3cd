/** A search of the config, for people and scripts. */
export interface ListedSearch {
  readonly name: string;
  /** Datatype or archive. */
  readonly of: string;
  /** null: all that an import takes. */
  readonly fields: readonly string[] | null;
  readonly where: readonly string[];
  /** Fields that `--where` may name; null: any. */
  readonly criteria: readonly string[] | null;
  readonly order: readonly string[];
  readonly cache: string | null;
  /** Why it cannot be run; empty: nothing speaks against it. */
  readonly faults: readonly string[];
}

export function searchesJson(searches: readonly ListedSearch[], exitCode: number): string {
  return `${JSON.stringify({ kind: 'sic.searches', formatVersion: 1, exitCode, searches }, null, 2)}\n`;
}

/** A paragraph per search. @param file the config; null: there is none */
export function searchesText(searches: readonly ListedSearch[], file: string | null): string {
  if (searches.length === 0)
    return file === null
      ? 'There is no sic.config.json here or in a folder above, and so no searches.\n'
      : `${file} names no searches.\n`;
  return searches.map(paragraph).join('\n');
}

function paragraph({ name, of, fields, where, criteria, order, cache, faults }: ListedSearch): string {
  const lines = [
    name,
    `  of        ${of}`,
    `  fields    ${fields?.join(', ') ?? 'all that an import takes'}`,
    ...(where.length > 0 ? [`  where     ${where.join(' and ')}`] : []),
    `  --where   ${criteria === null ? 'any field' : criteria.join(', ') || 'none'}`,
    ...(order.length > 0 ? [`  order     ${order.join(', ')}`] : []),
    ...(cache === null ? [] : [`  cache     ${cache}`]),
    ...(faults.length > 0 ? ['  cannot be run'] : []),
  ];
  return `${lines.join('\n')}\n`;
}
