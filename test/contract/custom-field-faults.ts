import type { Exchange } from './recording-proxy.ts';

/** What a value is written as, by the type of its field (writing.md, section 3): month first, dot as decimal point. */
const number = /^\[I:-?\d+\]$/;
const decimal = /^\[F:-?\d+(\.\d+)?\]$/;
const flag = /^\[I:[01]\]$/;
const date = /^\[D:\d{2}\/\d{2}\/\d{4}\]$/;
const moment = /^\[DT:\d{2}\/\d{2}\/\d{4} \d{2}:\d{2}:\d{2}\]$/;
const text = /^(?!\[[A-Z]{1,2}:)/;

const forms: Readonly<Record<string, RegExp>> = {
  ShortText: text,
  LongText: text,
  Number: number,
  Integer: number,
  List: number,
  MdoList: number,
  Checkbox: flag,
  Decimal: decimal,
  Date: date,
  UnlimitedDate: date,
  DateTime: moment,
};

/** Entity → field → type, out of the layouts that were read: `UdefLayout/Published`, and `CustomField` where there is none. */
export function readLayouts(
  exchanges: readonly Exchange[],
): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const layouts = new Map<string, Map<string, string>>();
  for (const { path, answer } of exchanges) {
    const [, entity] = /^\/v1\/(\w+)\/(?:UdefLayout\/Published|CustomField)$/.exec(path) ?? [];
    if (entity === undefined) continue;
    const fields: readonly Readonly<Record<string, unknown>>[] = JSON.parse(answer.body.toString('utf8'));
    layouts.set(
      entity,
      new Map(fields.map(field => [String(field.ProgId ?? field.FieldName), String(field.FieldType)])),
    );
  }
  return layouts;
}

/** Custom fields of a POST or PATCH that the layout does not have, and values in another form than their type asks for. */
export function customFieldFaults(
  layouts: ReadonlyMap<string, ReadonlyMap<string, string>>,
  exchange: Exchange,
): string[] {
  const [, entity = ''] = /^\/v1\/(\w+)(?:\/\d+)?$/.exec(exchange.path) ?? [];
  const layout = layouts.get(entity);
  if (!layout) return [];
  return Object.entries(customFieldsIn(exchange)).flatMap(([name, value]) => {
    const form = forms[layout.get(name) ?? ''];
    if (!form) return [`${entity}: no field ${name}`];
    return form.test(value) ? [] : [`${entity}: ${name} (${layout.get(name)}) is written as ${value}`];
  });
}

function customFieldsIn({ method, body }: Exchange): Readonly<Record<string, string>> {
  if (method === 'POST') return JSON.parse(body.toString('utf8')).CustomFields ?? {};
  if (method !== 'PATCH') return {};
  const operations: readonly { readonly path: string; readonly value: Readonly<Record<string, string>> }[] =
    JSON.parse(body.toString('utf8'));
  return operations.find(({ path }) => path === '/CustomFields')?.value ?? {};
}
