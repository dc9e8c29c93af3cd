import { type Quirks, type RunningSandbox, startSandbox } from '../../../src/sandbox/server.ts';
import { type Call, caller, type Reply } from '../server/talk.ts';

export type Json = Record<string, unknown>;

/** A sandbox on a free port with short ways to its entities. */
export class Tenant {
  readonly sandbox: RunningSandbox;
  readonly call: (method: string, path: string, call?: Call) => Promise<Reply>;

  private constructor(sandbox: RunningSandbox) {
    this.sandbox = sandbox;
    this.call = caller(sandbox);
  }

  static async start(quirks: Partial<Quirks> = {}): Promise<Tenant> {
    return new Tenant(await startSandbox({ port: 0, data: null, latency: 0, seed: 'demo', quirks }));
  }

  async close(): Promise<void> {
    await this.sandbox.close();
  }

  /** The body of a call that must answer 200. */
  async json(method: string, path: string, body?: unknown): Promise<Json> {
    const reply = await this.call(method, path, body === undefined ? {} : { body });
    if (reply.status !== 200) throw new Error(`${method} ${path}: ${reply.status} ${reply.text}`);
    return object(reply.json);
  }

  /** Creates a company and answers its id. */
  async company(body: Json = {}): Promise<number> {
    const created = await this.json('POST', '/v1/Contact?$select=ContactId', { Name: 'Acme', ...body });
    return Number(created.ContactId);
  }

  /** Creates a person in a company of its own and answers its id. */
  async person(body: Json = {}): Promise<number> {
    const Contact = { ContactId: await this.company() };
    const created = await this.json('POST', '/v1/Person?$select=PersonId', {
      Firstname: 'Ada',
      Contact,
      ...body,
    });
    return Number(created.PersonId);
  }

  /** Creates a project and answers its id. */
  async project(body: Json = {}): Promise<number> {
    const created = await this.json('POST', '/v1/Project?$select=ProjectId', { Name: 'Harbour', ...body });
    return Number(created.ProjectId);
  }

  /** Creates a sale and answers its id. */
  async sale(body: Json = {}): Promise<number> {
    const created = await this.json('POST', '/v1/Sale?$select=SaleId', { Heading: 'Order', ...body });
    return Number(created.SaleId);
  }
}

export function object(value: unknown): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`no object: ${JSON.stringify(value)}`);
  return Object.fromEntries(Object.entries(value));
}

export function array(value: unknown): Json[] {
  if (!Array.isArray(value)) throw new Error(`no array: ${JSON.stringify(value)}`);
  return value.map(object);
}

/** `at(entity, 'Address', 'Street', 'City')`. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  let found = value;
  for (const step of path) found = Array.isArray(found) ? found[Number(step)] : object(found)[step];
  return found;
}

/** The values of an array of elements, in order. */
export function values(elements: unknown): unknown[] {
  return array(elements).map(element => element.Value);
}

/** The official client's carriers declare everything optional. */
export function present<Value>(value: Value | null | undefined): Value {
  if (value === undefined || value === null) throw new Error('a value is missing');
  return value;
}
