import { type RunResult, type Status, statuses } from '../../import/result.ts';
import { labelsOf, needLook, type Tense } from '../counts-block.ts';
import { requestsInWords } from '../requests.ts';
import { baseName, count, duration, number } from '../words.ts';
import { chart } from './chart.ts';
import { changedTable, refusedTable, rowsToShow } from './rows.ts';
import { styles } from './styles.ts';
import { html } from './text.ts';

export interface PageOptions {
  readonly version: string;
  /** When the run ended, in milliseconds since 1970. */
  readonly endedAt: number;
  /** A path as the reader would write it. */
  readonly path: (path: string) => string;
}

type Write = (text: string) => Promise<void>;

/**
 * A run as one page that needs nothing else: no network, no script. Everything that comes from files or from SuperOffice
 * is escaped. Long lists are cut, and say so.
 */
export async function writeHtml(result: RunResult, options: PageOptions, write: Write): Promise<void> {
  const { refused, changed } = await rowsToShow(result);
  const severalFiles = result.files.length > 1;
  const { counts } = result;
  const title = `${verb(result)} ${result.files.map(({ file }) => baseName(file)).join(', ')}`;
  await write(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${html(title)}</title>
<style>${styles}</style>
</head>
<body>
<h1>${html(title)}</h1>
${verdict(result)}
${error(result)}
${facts(result, options)}
<h2>${count(counts.read, 'row')} read</h2>
${chart(counts, labelsOf[tenseOf(result)])}`);
  if (severalFiles) await write(filesTable(result, options));
  await write(added(result) + warnings(result, options));
  if (refused.length > 0) {
    await write(`<h2>Rows that need a look</h2>\n${refusedNote(refused.length, result, options)}`);
    await write(refusedTable(refused, severalFiles));
  }
  if (changed.length > 0) {
    const all = counts.created + counts.updated;
    await write(`<h2>${result.kind === 'sic.import' ? 'What was written' : 'What would be written'}</h2>\n`);
    if (changed.length < all)
      await write(
        `<p class="dim">These are the first ${number(changed.length)} of ${number(all)} rows; --rows --json tells all of them.</p>\n`,
      );
    await write(changedTable(changed, severalFiles));
  }
  await write('</body>\n</html>\n');
}

function verb({ kind, offline }: RunResult): string {
  if (kind === 'sic.import') return 'Import of';
  return offline ? 'Check of' : 'Validation of';
}

function tenseOf({ kind, offline }: RunResult): Tense {
  if (offline) return 'checked';
  return kind === 'sic.import' ? 'done' : 'planned';
}

function verdict(result: RunResult): string {
  const open = needLook(result.counts);
  const [tone, text] =
    result.error !== null
      ? ['bad', 'It ended early.']
      : open > 0
        ? ['warn', `${count(open, 'row')} ${open === 1 ? 'needs' : 'need'} a look.`]
        : ['good', result.counts.read === 0 ? 'There were no rows.' : 'Every row is right.'];
  const limited = result.limited
    ? ` <span class="dim">Only the first ${count(result.counts.read, 'row')} were read, as --limit asks.</span>`
    : '';
  return `<p class="verdict ${tone}">${text}${limited}</p>`;
}

function error({ error: ended }: RunResult): string {
  if (ended === null) return '';
  const hint = ended.hint === null ? '' : `<br><span class="tip">→ ${html(ended.hint)}</span>`;
  return `<div class="error">${html(ended.message)}${hint}</div>`;
}

function facts(result: RunResult, { version, endedAt }: PageOptions): string {
  const { durationMs, requests, offline } = result;
  const moment = (time: number) => `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
  const all: readonly (readonly [string, string])[] = [
    ['Files', result.files.map(({ file, datatype }) => `${file} (${datatype})`).join(', ')],
    ['SuperOffice', [result.tenant, `profile ${result.profile}`].filter(part => part !== '').join(', ')],
    ['Began', moment(endedAt - durationMs)],
    ['Took', duration(durationMs)],
    ['Cost', offline ? 'SuperOffice was not asked' : requestsInWords(requests, result.bulkRows)],
    ['Run', `${result.run}, sic ${version}`],
  ];
  return `<dl>${all.map(([term, fact]) => `<dt>${term}</dt><dd>${html(fact)}</dd>`).join('\n')}</dl>`;
}

function filesTable(result: RunResult, { path }: PageOptions): string {
  const labels = labelsOf[tenseOf(result)];
  const present: Status[] = statuses.filter(status => result.counts[status] > 0);
  const head = ['rows read', ...present.map(status => labels[status])];
  const rows = result.files.map(({ file, datatype, counts }) => {
    const cells = [counts.read, ...present.map(status => counts[status])];
    return `<tr><td>${html(path(file))}</td><td>${html(datatype)}</td>${cells.map(each => `<td class="number">${number(each)}</td>`).join('')}</tr>\n`;
  });
  return `<h2>By file</h2>
<div class="scroll"><table>
<thead><tr><th>File</th><th>Datatype</th>${head.map(label => `<th class="number">${html(label)}</th>`).join('')}</tr></thead>
<tbody>
${rows.join('')}</tbody></table></div>
`;
}

function added({ added: values, kind }: RunResult): string {
  if (values.length === 0) return '';
  const byList = new Map<string, string[]>();
  for (const { list, name } of values) byList.set(list, [...(byList.get(list) ?? []), name]);
  const items = [...byList].map(
    ([list, names]) => `<dt>${html(list)}</dt><dd>${html(names.join(', '))}</dd>`,
  );
  const heading = kind === 'sic.import' ? 'Added to lists' : 'Would be added to lists';
  return `<h2>${heading} in SuperOffice</h2>\n<dl>${items.join('\n')}</dl>\n`;
}

function warnings({ warnings: kinds, fileWarnings }: RunResult, { path }: PageOptions): string {
  if (kinds.length + fileWarnings.length === 0) return '';
  const items = kinds.flatMap(({ code, count: times, first }) => {
    const warning = first.warnings.find(each => each.code === code) ?? first.warnings[0];
    if (warning === undefined) return [];
    const row = `${path(first.file)}, ${first.place}${first.key === '' ? '' : ` ${first.key}`}`;
    const rows = times === 1 ? row : `${number(times)} rows, the first is ${row}`;
    const field = warning.field === null ? '' : `<b>${html(warning.field)}</b> `;
    return [
      `<p>${html(rows)}<br>${field}${html(warning.message)}<br><span class="tip">→ ${html(warning.tip)}</span></p>`,
    ];
  });
  const ofFiles = fileWarnings.map(text => `<p>${html(text)}</p>`);
  return `<h2>Worth a look</h2>\n${[...ofFiles, ...items].join('\n')}\n`;
}

function refusedNote(shown: number, result: RunResult, { path }: PageOptions): string {
  const all = needLook(result.counts);
  const rejects = result.files.flatMap(file => (file.rejects === null ? [] : [path(file.rejects)]));
  const where =
    rejects.length === 0
      ? ''
      : ` ${all === 1 ? 'It is' : 'All of them are'} in ${rejects.join(', ')}, to be corrected and imported from there.`;
  const cut = shown < all ? `These are the first ${number(shown)} of ${number(all)} rows.` : '';
  return cut === '' && where === '' ? '' : `<p class="dim">${html(`${cut}${where}`.trim())}</p>\n`;
}
