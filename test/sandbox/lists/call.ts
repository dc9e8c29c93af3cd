import { type Answer, SandboxError } from '../../../src/sandbox/http/exchange.ts';
import { Router } from '../../../src/sandbox/http/router.ts';
import { listRoutes } from '../../../src/sandbox/lists/routes.ts';
import { seedDemo } from '../../../src/sandbox/seed/demo.ts';
import { ContentStore } from '../../../src/sandbox/store/contents.ts';
import { Database } from '../../../src/sandbox/store/database.ts';

export type Json = Record<string, unknown>;

export interface Refusal {
  readonly status: number;
  readonly errorType: string;
}

/** A seeded database with the list routes in front of it, without sockets. */
export class ListServer {
  readonly database = new Database();
  readonly #router = new Router(listRoutes);
  readonly #user: string;

  constructor(user = 'SIC') {
    this.#user = user;
    seedDemo(this.database);
  }

  answer(method: string, address: string, body?: unknown, language: string | null = null): Answer {
    const [path = '', query = ''] = address.split('?');
    const match = this.#router.match(method, path);
    if (!match) throw new Error(`no route for ${method} ${path}`);
    const [associateId = 0] = this.database.table('associate').find('name', this.#user);
    return match.handler(
      {
        method,
        path,
        query: new URLSearchParams(query),
        headers: {},
        apiRoot: 'http://127.0.0.1/Sandbox/api',
        body,
        user: { associateId, name: this.#user, isSystemUser: this.#user === 'SIC' },
        database: this.database,
        contents: new ContentStore(this.database, null).begin(null),
        now: new Date('2026-01-01T00:00:00Z'),
        language,
      },
      match.parameters,
    );
  }

  object(method: string, address: string, body?: unknown, language: string | null = null): Json {
    return asObject(this.answer(method, address, body, language).json);
  }

  array(method: string, address: string, body?: unknown, language: string | null = null): Json[] {
    return asArray(this.answer(method, address, body, language).json);
  }

  /** How the call is refused; undefined when it is not. */
  refusal(method: string, address: string, body?: unknown): Refusal | undefined {
    try {
      this.answer(method, address, body);
      return undefined;
    } catch (error) {
      if (error instanceof SandboxError) return { status: error.status, errorType: error.errorType };
      throw error;
    }
  }
}

function asObject(value: unknown): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('no object');
  return Object.fromEntries(Object.entries(value));
}

export function asArray(value: unknown): Json[] {
  if (!Array.isArray(value)) throw new Error('no array');
  return value.map(asObject);
}
