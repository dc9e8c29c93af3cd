import { request } from 'undici';
import { array, type Json, type Tenant } from '../sandbox/entities/tenant.ts';
import { basic } from '../sandbox/server/talk.ts';

/** Texts as people and their programs leave them behind. */
export const messyTexts = [
  '  =1+1\r\n\r\n"quoted"; parted, by\ttabs | and bars \r\n',
  "'apostrophe in front",
  ']]> <b>&amp;</b> <![CDATA[ 😀 <!-- -->',
  'æøå ÆØÅ ß 漢字 \u00a0 e\u0301',
  '-5',
  '+47 22 33 44 55',
  '@SUM(A1)',
  'word\u000bprocessor\u000cbreaks\u0085here',
  'a bell \u0007 and half \ud83d a character',
  '#N/A',
  '0005',
  'null',
  'TRUE',
  '\ufeffmark',
  'line\nfeed\rreturn',
  '"',
  '\\"',
  '1,5E+10',
  '&#13;',
  '%PATH%',
] as const;

/** What people do in SuperOffice, by REST. */
export class CrmUsers {
  readonly #tenant: Tenant;

  constructor(tenant: Tenant) {
    this.#tenant = tenant;
  }

  async create(entity: string, body: Json, idProperty = `${entity}Id`): Promise<number> {
    const made = await this.#tenant.json('POST', `/v1/${entity}`, body);
    return Number(made[idProperty]);
  }

  /** Replaces properties of a record. */
  async change(entity: string, id: number, values: Json): Promise<void> {
    const operations = Object.entries(values).map(([name, value]) => ({
      op: 'replace',
      path: `/${name}`,
      value,
    }));
    await this.#tenant.json('PATCH', `/v1/${entity}/${id}`, operations);
  }

  async remove(entity: string, id: number): Promise<void> {
    const { status, text } = await this.#tenant.call('DELETE', `/v1/${entity}/${id}`);
    if (status !== 204) throw new Error(text);
  }

  /** The record with that user key. */
  async idOf(entity: string, column: string, key: string): Promise<number> {
    const query = new URLSearchParams({
      $select: `${entity === 'Contact' ? 'contact' : entity.toLowerCase()}Id`,
      $filter: `${column} eq '${key}'`,
      ...(entity === 'Person' ? { $entities: 'person,retiredPerson' } : {}),
    });
    const answer = await this.#tenant.json('GET', `/v1/${entity}?${query}`);
    const [row] = array(answer.value);
    if (!row) throw new Error(`no ${entity} ${key}`);
    return Number(row.PrimaryKey);
  }

  /** The record that has this foreign key. */
  async recordOf(device: string, keyName: string, key: string): Promise<number> {
    const query = new URLSearchParams({
      $select: 'keyId,recordId',
      $filter: `keyValue eq '${key}' and keyName eq '${keyName}' and deviceIdentifier eq '${device}'`,
      $mode: 'Full',
    });
    const answer = await this.#tenant.json('GET', `/v1/Archive/ForeignKeys?${query}`);
    const [row] = array(answer.value);
    const column: unknown = row?.Column;
    const cell = Object(Object(column).recordId);
    return Number(cell.RawValue);
  }

  async giveForeignKey(device: string, Key: string, Value: string, RecordId: number, TableName: string) {
    const path = `/v1/ForeignApp/sic/${device}/${device}/Key`;
    await this.#tenant.json('PUT', path, { Key, Value, RecordId, TableName });
  }

  /** The number of a list that has no address of its own, such as `contint`. */
  async listNumber(name: string): Promise<string> {
    const { text } = await this.#tenant.call('POST', '/v1/Agents/MDO/GetListIdByListName', {
      body: { Name: name },
    });
    return text;
  }

  async addItem(list: string, body: Json, idProperty = 'Id'): Promise<number> {
    return Number((await this.#tenant.json('POST', `/v1/List/${list}/Items`, body))[idProperty]);
  }

  removeItem(list: string, id: number): Promise<void> {
    return this.remove(`List/${list}/Items`, id);
  }

  async fill(documentId: number, content: string): Promise<void> {
    await this.#upload('PUT', `/v1/Document/${documentId}/Content`, content);
  }

  async attach(messageId: number, files: readonly (readonly [name: string, content: string])[]) {
    const ids: number[] = [];
    for (const [Name, content] of files) {
      const { AttachmentId } = await this.#tenant.json('POST', '/v1/Attachment', { Name });
      await this.#upload('POST', `/v1/Attachment/${AttachmentId}/Content`, content);
      ids.push(Number(AttachmentId));
    }
    await this.#tenant.call('POST', `/v1/TicketMessage/${messageId}/Attachment`, { body: ids });
  }

  async #upload(method: 'PUT' | 'POST', path: string, body: string): Promise<void> {
    const { url, username, password } = this.#tenant.sandbox;
    const reply = await request(`${url}/api${path}`, {
      method,
      headers: {
        authorization: basic(username, password),
        'content-type': 'application/octet-stream',
      },
      body,
    });
    await reply.body.text();
    if (reply.statusCode >= 300) throw new Error(`${method} ${path}: ${reply.statusCode}`);
  }
}
