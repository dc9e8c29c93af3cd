import path from 'node:path';
import type { Config } from '../../config/config.ts';
import { durationMs } from '../../export/duration.ts';
import type { ExportOptions } from '../../export/ports.ts';
import { type Search, searchNamed, searchOf } from '../../export/search.ts';
import type { CsvOptions, OutputFormat } from '../../formats/write/row-writer.ts';
import { requireDatatype } from '../../mapping/choose.ts';
import { SicError } from '../../problems/sic-error.ts';
import type { ExportFlags } from '../commands/export.ts';

/** What the flags say, folded into one value. Throws SicError 'usage'. */
export function exportOptions(flags: ExportFlags, config: Config, cwd: string, now: number): ExportOptions {
  const search = searchFor(flags, config);
  const format = formatFor(flags);
  return {
    search,
    where: flags.where ?? [],
    order: flags.order ?? [],
    limit: flags.limit ?? null,
    format,
    typed: typedFor(flags, format),
    csv: csvFor(flags, format),
    since: sinceFor(flags.since, now),
    cache: cacheFor(flags, search),
    filesFolder:
      flags.withFiles === undefined ? null : path.resolve(cwd, given('--with-files', flags.withFiles)),
  };
}

/** A flag that was given nothing: an unset variable in a cron line. */
function given(flag: string, value: string): string {
  if (value !== '') return value;
  throw new SicError('usage', `${flag} was given nothing.`, {
    hint: `Write a value behind ${flag}, or leave it out. Is a variable in the command line not set?`,
  });
}

function searchFor({ search: names = [], datatype, fields }: ExportFlags, config: Config): Search {
  const [name, second] = names;
  if (second !== undefined)
    throw new SicError(
      'usage',
      `An export has one search, and ${names.length} are named: ${names.join(', ')}.`,
      {
        hint: 'Run one command for each.',
      },
    );
  if (name !== undefined) {
    if (datatype !== undefined)
      throw new SicError(
        'usage',
        '--search and --datatype exclude each other: a search knows what it is of.',
        {
          hint: 'Leave one of them out.',
        },
      );
    if (fields !== undefined)
      throw new SicError('usage', '--fields goes with --datatype: a search has its own columns.', {
        hint: `Change "fields" of ${name} in the config, or export the datatype without the search.`,
      });
    return searchNamed(config.searches, given('--search', name));
  }
  if (datatype !== undefined)
    return searchOf(
      requireDatatype(given('--datatype', datatype), '--datatype'),
      fields === undefined ? null : fieldNames(fields),
    );
  const known = [...config.searches.keys()];
  throw new SicError('usage', 'What is to be exported? Neither --search nor --datatype says.', {
    hint:
      known.length > 0
        ? `Known searches: ${known.join(', ')}. For example: sic export --search ${known[0]}`
        : 'For example: sic export --datatype Company --fields CompUserKey01,Name',
  });
}

function fieldNames(text: string): string[] {
  const names = given('--fields', text.trim())
    .split(',')
    .map(name => name.trim());
  if (!names.includes('')) return names;
  throw new SicError('usage', '--fields has a comma with nothing before or behind it.', {
    hint: 'Write names parted by commas: --fields CompUserKey01,Name',
  });
}

const byEnding: Readonly<Record<string, OutputFormat>> = {
  '.json': 'json',
  '.ndjson': 'ndjson',
  '.jsonl': 'ndjson',
  '.csv': 'csv',
  '.tsv': 'csv',
  '.txt': 'csv',
  '.xml': 'xml',
};

/** Whoever opens such a file expects something else than text. */
const foreignEndings = ['.xlsx', '.xls', '.ods', '.zip', '.gz', '.pdf', '.parquet', '.html', '.yaml', '.yml'];

function formatFor({ format, out, json }: ExportFlags): OutputFormat {
  const ending = path.extname(given('--out', out ?? '-')).toLowerCase();
  const byName = byEnding[ending];
  if (format === undefined && foreignEndings.includes(ending))
    throw new SicError('usage', `sic writes no ${ending.slice(1)} files, which --out ${out} would be.`, {
      hint:
        ending === '.xlsx' || ending === '.xls' || ending === '.ods'
          ? 'Spreadsheets open CSV: --out with a name that ends in .csv, and --bom for Excel.'
          : 'Give it a name that ends in .json, .ndjson, .csv or .xml, or say the format with --format.',
    });
  const toStdout = out === undefined || out === '-';
  if (json && toStdout && format !== undefined && format !== 'json')
    throw new SicError('usage', `--json and --format ${format} contradict each other.`, {
      hint: 'Leave one of them out, or write to a file with --out.',
    });
  return format ?? (toStdout ? undefined : byName) ?? 'json';
}

function typedFor({ typed }: ExportFlags, format: OutputFormat): boolean {
  if (typed && format !== 'json' && format !== 'ndjson')
    throw new SicError('usage', `--typed means nothing for ${format}, where everything is text.`, {
      hint: 'Leave it out, or choose --format json or ndjson.',
    });
  return typed === true;
}

const signs: Readonly<Record<string, string>> = {
  ';': ';',
  ',': ',',
  '|': '|',
  tab: '\t',
  '\t': '\t',
  '\\t': '\t',
};

function csvFor({ separator, bom, guardFormulas, ...flags }: ExportFlags, format: OutputFormat): CsvOptions {
  const wanted = separator ?? (path.extname(flags.out ?? '').toLowerCase() === '.tsv' ? 'tab' : ';');
  const sign = Object.hasOwn(signs, wanted) ? signs[wanted] : undefined;
  if (sign === undefined)
    throw new SicError('usage', `--separator is "${wanted}", but it must be ; , | or tab.`, {
      hint: 'For example: --separator tab',
    });
  const stray = bom ? '--bom' : guardFormulas ? '--guard-formulas' : wanted !== ';' ? '--separator' : null;
  if (stray !== null && format !== 'csv')
    throw new SicError('usage', `${stray} means nothing for ${format}.`, {
      hint: flags.format === undefined ? 'Add --format csv.' : 'Leave it out, or choose --format csv.',
    });
  return { separator: sign, bom: bom === true, guardFormulas: guardFormulas === true };
}

/** Nothing in SuperOffice was changed earlier. */
const longestAgo = Date.UTC(1980, 0, 1);

function sinceFor(text: string | undefined, now: number): ExportOptions['since'] {
  if (text === undefined) return null;
  const written = given('--since', text.trim());
  if (written.toLowerCase() === 'last') return 'last';
  const ago = durationMs(written);
  if (ago !== null) return Math.max(now - ago, longestAgo);
  // A day and a time mean the clock of this machine, unless they say otherwise.
  const parts = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(Z|[+-]\d\d:\d\d)?)?$/i.exec(written);
  const moment = parts
    ? new Date(`${parts[1]}T${parts[2] ?? '00:00'}${parts[3] ?? ''}`).getTime()
    : Number.NaN;
  const isDay = parts !== null && new Date(`${parts[1]}T00:00:00Z`).toISOString().startsWith(parts[1] ?? '');
  if (!Number.isNaN(moment) && isDay) {
    if (moment <= now) return Math.max(moment, longestAgo);
    throw new SicError('usage', `--since is "${text}", which is still to come.`, {
      hint: 'Name a day or a time that is over.',
    });
  }
  throw new SicError('usage', `--since is "${text}", but it must be last, a day, a time, or how long ago.`, {
    hint: 'For example: --since last, --since 2026-01-31, --since "2026-01-31 14:30", --since 7d',
  });
}

/** An answer that is not all there is, or that other files belong to, is neither kept nor taken from the cache. */
function cacheFor({ cache, refresh, since, withFiles }: ExportFlags, search: Search): ExportOptions['cache'] {
  const stray = since !== undefined ? '--since' : withFiles !== undefined ? '--with-files' : null;
  if (stray !== null && (typeof cache === 'string' || refresh))
    throw new SicError('usage', `${stray} and ${refresh ? '--refresh' : '--cache'} exclude each other.`, {
      hint: 'Leave one of them out.',
    });
  if (cache === false && refresh)
    throw new SicError('usage', '--no-cache and --refresh exclude each other.', {
      hint: 'Leave one of them out.',
    });
  if (cache === false || stray !== null) return null;
  const text = cache ?? search.cache;
  if (text === null) {
    if (!refresh) return null;
    throw new SicError('usage', '--refresh: there is no cache to refresh.', {
      hint: 'Say how long an answer may be served: --cache 15m, or "cache" in the search.',
    });
  }
  const maxAgeMs = durationMs(text);
  if (maxAgeMs === null)
    throw new SicError(
      'usage',
      `--cache is "${text}", but it must be a number with s, m, h or d behind it.`,
      {
        hint: 'For example: --cache 15m',
      },
    );
  return { maxAgeMs, refresh: refresh === true };
}
