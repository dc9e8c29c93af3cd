import { type Answer, type Exchange, type Handler, ok } from '../../http/exchange.ts';
import { columnInfo, columnInfos } from '../answers/column-info.ts';
import { listItems } from '../answers/items.ts';
import { parseFilter } from '../filter/parser.ts';
import { parseOrder } from '../order.ts';
import { providerNamed, providers } from '../providers/index.ts';
import { type ArchiveQuery, defaultPageSize, type SortKey, splitNames } from '../query.ts';
import { runQuery } from '../run.ts';
import { BodyReader } from './body.ts';
import { restrictionFilter } from './restrictions.ts';

/** How a method writes its query: texts or arrays, and the name its filter has there (reading.md, section 10.2). */
interface Form {
  readonly filter: 'Restriction' | 'Restrictions';
  readonly isText: boolean;
  readonly withHeader: boolean;
}

/** Methods of the archive agent that read rows. */
const forms: Readonly<Record<string, Form>> = {
  GetArchiveListByColumns: { filter: 'Restriction', isText: false, withHeader: false },
  GetArchiveListByColumnsWithContext: { filter: 'Restriction', isText: false, withHeader: false },
  GetArchiveListByColumnsWithHeader: { filter: 'Restriction', isText: false, withHeader: true },
  GetArchiveListByColumnsWithHeaderWithContext: { filter: 'Restriction', isText: false, withHeader: true },
  GetArchiveListByColumns2: { filter: 'Restrictions', isText: true, withHeader: false },
  GetArchiveListByColumnsWithContext2: { filter: 'Restriction', isText: true, withHeader: false },
  GetArchiveListByColumnsWithHeader2: { filter: 'Restriction', isText: true, withHeader: true },
  GetArchiveListByColumnsWithHeaderWithContext2: { filter: 'Restriction', isText: true, withHeader: true },
};

export const archiveAgentMethods: readonly (readonly [name: string, handler: Handler])[] = Object.entries(
  forms,
).map(([name, form]) => [name, exchange => readRows(form, exchange)]);

function readRows({ filter, isText, withHeader }: Form, exchange: Exchange): Answer {
  const body = new BodyReader(exchange.body);
  const provider = providerNamed(body.text('ProviderName'));
  const query: ArchiveQuery = {
    columns: isText ? splitNames(body.text('Columns')) : body.texts('Columns'),
    filter: isText ? parseFilter(body.text(filter)) : restrictionFilter(body.list(filter)),
    order: isText ? parseOrder(body.text('SortOrder')) : sortKeys(body.list('SortOrder')),
    entities: isText ? splitNames(body.text('Entities')) : body.texts('Entities'),
    ...pageOf(body, 'Page'),
    counts: withHeader,
  };
  const result = runQuery(provider, query, exchange);
  const rows = listItems(result, exchange);
  return ok(
    withHeader ? { RowCount: result.count, Rows: rows, TableRight: null, FieldProperties: {} } : rows,
  );
}

/** Pages count from 0; a negative number is rows to skip, as the Find agent's specification says. */
function pageOf(body: BodyReader, name: string): Pick<ArchiveQuery, 'skip' | 'top'> {
  const page = body.number(name, 0);
  const asked = body.number('PageSize', 0);
  const top = asked > 0 ? asked : defaultPageSize;
  return { skip: page < 0 ? -page : page * top, top };
}

function sortKeys(elements: readonly unknown[]): SortKey[] {
  return elements.map(element => {
    const info = new BodyReader(element);
    return { column: info.text('Name'), descending: info.text('Direction').toUpperCase() === 'DESC' };
  });
}

/** `Agents/Archive/GetProviderNames`. */
export function getProviderNames(): Answer {
  return ok(providers.map(({ name }) => name));
}

/** `Agents/Archive/GetAvailableColumns`. */
export function getAvailableColumns(exchange: Exchange): Answer {
  const provider = providerNamed(new BodyReader(exchange.body).text('ProviderName'));
  return ok(columnInfos(provider.open([], exchange)));
}

/** `Agents/Archive/GetAvailableEntities`: `Name` is what people read, `Type` what `Entities` takes. */
export function getAvailableEntities(exchange: Exchange): Answer {
  const { entities } = providerNamed(new BodyReader(exchange.body).text('ProviderName'));
  return ok(
    entities.map(({ name, label }, index) => ({
      Id: index + 1,
      Name: label,
      ToolTip: '',
      Deleted: false,
      Rank: index + 1,
      Type: name,
      ColorBlock: 0,
      IconHint: 'True',
      ChildItems: [],
      ExtraInfo: '',
      StyleHint: '',
      FullName: label,
      TableRight: null,
      FieldProperties: {},
    })),
  );
}

/** `Agents/Find/FindFromRestrictionsColumns…`; samples of the documents write `Page` for `PageNumber`. */
export function findRows(isText: boolean): Handler {
  return exchange => {
    const body = new BodyReader(exchange.body);
    const columns = isText ? splitNames(body.text('DesiredColumns')) : body.texts('DesiredColumns');
    const filter = isText
      ? parseFilter(body.text('Restrictions'))
      : restrictionFilter(body.list('Restrictions'));
    const order = isText ? parseOrder(body.text('OrderBy')) : sortKeys(body.list('OrderBy'));
    const page = pageOf(body, body.number('PageNumber', 0) === 0 ? 'Page' : 'PageNumber');
    const query: ArchiveQuery = { columns, filter, order, entities: [], ...page, counts: true };
    const result = runQuery(providerNamed(body.text('ProviderName')), query, exchange);
    return ok({
      ArchiveColumns: result.columns.map(({ name, column }) => columnInfo(column, name)),
      ArchiveRows: listItems(result, exchange),
      RowCount: result.count,
      TableRight: null,
      FieldProperties: {},
    });
  };
}
