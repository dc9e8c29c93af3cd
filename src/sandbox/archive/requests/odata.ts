import { type Answer, type Exchange, ok } from '../../http/exchange.ts';
import { notFound } from '../../http/refusals.ts';
import { zoneSuffix } from '../../http/time-zone.ts';
import { columnInfos } from '../answers/column-info.ts';
import { fullRows } from '../answers/full.ts';
import { slimRows } from '../answers/slim.ts';
import type { Writing } from '../answers/writing.ts';
import type { Filter } from '../filter/syntax.ts';
import type { Provider } from '../provider.ts';
import { providerNamed, providers } from '../providers/index.ts';
import { runQuery } from '../run.ts';
import { type Options, optionsOfForm, optionsOfQuery, queryOf, shapeOf } from './options.ts';

/** One docs sample glues it to the provider's name. */
const metadataSuffix = '$metadata';

/** `GET /v1/Archive` (reading.md, section 7.1). */
export function listProviders(exchange: Exchange): Answer {
  return ok({
    'odata.metadata': metadataUrl(exchange),
    value: providers.map(({ name }) => ({ name, url: name })),
  });
}

/** `GET /v1/Archive/{provider}`, also with `$metadata` glued on. */
export function readArchive(
  exchange: Exchange,
  { provider: name = '' }: Readonly<Record<string, string>>,
): Answer {
  if (name.toLowerCase().endsWith(metadataSuffix))
    return describe(exchange, name.slice(0, -metadataSuffix.length));
  const options = optionsOfQuery(exchange);
  return options.has('$metadata') ? describe(exchange, name) : answer(providerNamed(name), options, exchange);
}

/** `POST /v1/Archive/{provider}`: for queries too long for an address. */
export function readArchiveByForm(
  exchange: Exchange,
  { provider: name = '' }: Readonly<Record<string, string>>,
): Answer {
  const { database, apiRoot, path } = exchange;
  if (database.quirks['post-archive-known'] === 'no') return notFound(apiRoot + path);
  return answer(providerNamed(name), optionsOfForm(exchange), exchange);
}

/** `GET /v1/Archive/{provider}/$metadata`. */
export function readMetadata(
  exchange: Exchange,
  { provider: name = '' }: Readonly<Record<string, string>>,
): Answer {
  return describe(exchange, name);
}

/** A collection such as `GET /v1/Contact`, answered by a provider; `within` is what the path asks for. */
export function readCollection(
  name: string,
  within: (exchange: Exchange, parameters: Readonly<Record<string, string>>) => Filter | null,
) {
  return (exchange: Exchange, parameters: Readonly<Record<string, string>>): Answer =>
    answer(providerNamed(name), optionsOfQuery(exchange), exchange, within(exchange, parameters));
}

function answer(
  provider: Provider,
  options: Options,
  exchange: Exchange,
  within: Filter | null = null,
): Answer {
  const { mode, jsonSafe } = shapeOf(options);
  const asked = queryOf(options);
  const filter: Filter | null =
    within && asked.filter ? { kind: 'and', branches: [within, asked.filter] } : (within ?? asked.filter);
  const result = runQuery(provider, { ...asked, filter }, exchange);
  const writing: Writing = {
    keyOf: name => (jsonSafe ? name.replace(/[^A-Za-z0-9_]/g, '_') : name),
    zone: zoneSuffix(exchange.headers),
  };
  const rows = mode === 'full' ? fullRows(result, exchange, writing) : slimRows(result, exchange, writing);
  return ok({ ...head(exchange), value: rows });
}

/** `odata.nextLink` is null in every sample, full pages included. */
function head(exchange: Exchange): Record<string, unknown> {
  return { 'odata.metadata': metadataUrl(exchange), 'odata.nextLink': null };
}

function metadataUrl({ apiRoot }: Exchange): string {
  return `${apiRoot}/v1/Archive//$metadata`;
}

/** Column descriptions by name; the dynamic provider describes the table that `$select` starts at. */
function describe(exchange: Exchange, name: string): Answer {
  const { columns } = queryOf(optionsOfQuery(exchange));
  const archive = providerNamed(name).open(columns, exchange);
  return ok(Object.fromEntries(columnInfos(archive).map(info => [info.Name, info])));
}
