import { SuperOfficeError } from './error.ts';
import type { Http } from './http.ts';
import { isObject, type JsonObject, numberOf, textOf } from './json.ts';
import { isTypedList, readListItem, tableOfList, takesIncludeDeleted } from './list-carriers.ts';

/** Reads and writes the items of lists, in SuperOffice's carriers. Remembers nothing about items. */
export class ListStore {
  readonly #http: Http;
  readonly #adminIds = new Map<string, number>();

  constructor(http: Http) {
    this.#http = http;
  }

  /**
   * Items of a list, deleted ones included where the list can tell. `/v1/List` comes first because MDO lists show only
   * what the signed-in user's group may see (reading.md, section 12.1); an MDO list is the way for lists that have no
   * number, or whose number the server does not take.
   */
  async read(name: string): Promise<JsonObject[]> {
    if (isTypedList(name)) return this.#items(name);
    const number = adminNumber(name);
    if (number !== null) {
      try {
        const items = await this.#items(number);
        if (items.length > 0) return items;
      } catch (error) {
        if (!(error instanceof SuperOfficeError) || error.scope === 'tenant') throw error;
      }
    }
    const path = `/v1/MDOList/${encodeURIComponent(name)}`;
    const json = await this.#http.send({
      kind: 'read',
      method: 'GET',
      path,
      query: 'flat=true',
      lacks: arrayOnly,
    });
    return flatten(objectsIn(json));
  }

  /** Adds a plain item. Throws SuperOfficeError; `lost` when it may have been added. */
  async add(name: string, text: string): Promise<JsonObject> {
    const path = `/v1/List/${await this.addressOf(name)}/Items`;
    const item = { Name: text, Tooltip: '', Deleted: false };
    return this.#saved(name, { kind: 'create', method: 'POST', path, json: item });
  }

  /** Takes the deletion mark off. The item is sent back whole, since PUT replaces it. */
  async undelete(name: string, id: number, item: JsonObject): Promise<JsonObject> {
    const path = `/v1/List/${await this.addressOf(name)}/Items/${id}`;
    return this.#saved(name, {
      kind: 'repeatable',
      method: 'PUT',
      path,
      json: { ...item, Deleted: false },
    });
  }

  async #saved(
    name: string,
    call: { kind: 'create' | 'repeatable'; method: 'POST' | 'PUT'; path: string; json: unknown },
  ): Promise<JsonObject> {
    const json = await this.#http.send({
      ...call,
      lacks: answer =>
        isObject(answer) && readListItem(name, answer).id > 0 ? null : 'the id of the list item',
    });
    return isObject(json) ? json : {};
  }

  async #items(nameOrNumber: string | number): Promise<JsonObject[]> {
    const json = await this.#http.send({
      kind: 'read',
      method: 'GET',
      path: `/v1/List/${nameOrNumber}/Items`,
      query: takesIncludeDeleted(String(nameOrNumber)) ? 'includeDeleted=true' : '',
      lacks: arrayOnly,
    });
    return objectsIn(json);
  }

  /** What stands in `/v1/List/{…}/Items` for writing: negative table numbers are not promised for POST (section 12.6). */
  async addressOf(name: string): Promise<string | number> {
    if (isTypedList(name)) return name;
    const number = adminNumber(name);
    if (number !== null && number > 0) return number;
    const known = this.#adminIds.get(name) ?? (await this.#findAdminId(name));
    this.#adminIds.set(name, known);
    return known;
  }

  async #findAdminId(name: string): Promise<number> {
    const json = await this.#http.send({ kind: 'read', method: 'GET', path: '/v1/List', lacks: arrayOnly });
    const wanted = name.toLowerCase();
    const list = objectsIn(json).find(entry =>
      [textOf(entry, 'ListType'), textOf(entry, 'Name')].some(text => text.toLowerCase() === wanted),
    );
    const id = list ? numberOf(list, 'Id') : 0;
    if (id > 0) return id;
    // Names in that answer are for people; the agent knows lists by the names that MDO uses (section 12.1).
    const answer = await this.#http.send({
      kind: 'read',
      method: 'POST',
      path: '/v1/Agents/MDO/GetListIdByListName',
      json: { Name: name },
      lacks: json => (typeof json === 'number' && json > 0 ? null : `the number of the list ${name}`),
    });
    return typeof answer === 'number' ? answer : 0;
  }
}

/** `udlist98` → 98; `contint` → −70, since negative numbers mean database tables; null: no number. */
function adminNumber(name: string): number | null {
  const definition = /^udlist(\d+)$/i.exec(name)?.[1];
  if (definition !== undefined) return Number(definition);
  const table = tableOfList(name);
  return table === null ? null : -table;
}

/** Items of an MDO list may stand below headings even when a flat list was asked for; headings themselves are no items. */
function flatten(items: readonly JsonObject[]): JsonObject[] {
  const byId = new Map<number, JsonObject>();
  for (const item of items) {
    const children = objectsIn(item.ChildItems);
    for (const one of children.length > 0 ? flatten(children) : [item]) byId.set(numberOf(one, 'Id'), one);
  }
  return [...byId.values()];
}

function objectsIn(json: unknown): JsonObject[] {
  return Array.isArray(json) ? json.filter(isObject) : [];
}

function arrayOnly(json: unknown): string | null {
  return Array.isArray(json) ? null : 'a list';
}
