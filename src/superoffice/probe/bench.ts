import { Readable } from 'node:stream';
import type { Call } from '../call.ts';
import type { PatchOperation } from '../entities.ts';
import { SuperOfficeError } from '../error.ts';
import type { Http } from '../http.ts';
import { isObject, type JsonObject, numberOf } from '../json.ts';
import { isRefusal } from '../open-points.ts';
import { idProperty } from '../records.ts';
import type { SuperOffice } from '../superoffice.ts';
import type { Upload } from '../transport.ts';

/** Something of the probe's that is still in SuperOffice. */
export interface Leftover {
  /** `Contact`, `tag` */
  readonly what: string;
  /** null: whether it is there is not known, since the answer to its creation was lost. */
  readonly id: number | null;
  readonly name: string;
  /** Why it is still there, as a sentence. */
  readonly why: string;
}

/** Thrown by a bench that was told to stop: what it made is still to be cleared away. */
export class ProbeStopped extends Error {
  override readonly name = 'ProbeStopped';
}

interface Made {
  readonly what: string;
  readonly id: number | null;
  readonly name: string;
  readonly remove: () => Promise<void>;
}

export interface BenchOptions {
  readonly superoffice: SuperOffice;
  /** In the name of everything that is made: `sic probe 2026-11-22 x7k2`. */
  readonly mark: string;
  /** `--rate`, where it was given; requests per second, 0: no limit. */
  readonly rate: number | null;
  /** Nothing more is begun once it fires. The connection itself must outlive it: records have to be deleted. */
  readonly signal: AbortSignal;
}

/** Where experiments are done: requests in SuperOffice's own terms, and everything that is made is deleted at the end. */
export class Bench {
  readonly superoffice: SuperOffice;
  /** Stops between requests. */
  readonly http: Http;
  readonly mark: string;
  readonly rate: number | null;
  readonly #made: Made[] = [];
  /** What is there for good, or may be there. */
  readonly #lost: Leftover[] = [];
  #missing = '';

  constructor({ superoffice, mark, rate, signal }: BenchOptions) {
    this.superoffice = superoffice;
    this.mark = mark;
    this.rate = rate;
    const { http } = superoffice;
    const stop = stopOf(signal);
    this.http = {
      requests: http.requests,
      close: () => http.close(),
      send: async call => {
        if (signal.aborted) throw new ProbeStopped();
        // What a write has done is worth waiting for; a read is not.
        return call.kind === 'read' ? Promise.race([http.send(call), stop]) : http.send(call);
      },
    };
  }

  send(call: Call): Promise<unknown> {
    return this.http.send(call);
  }

  /** Makes a record that is deleted at the end. The body must carry the mark. Answers the record as SuperOffice does. */
  async make(
    entity: string,
    body: JsonObject,
  ): Promise<{ readonly id: number; readonly record: JsonObject }> {
    const id = (answer: unknown): number => (isObject(answer) ? numberOf(answer, idProperty(entity)) : 0);
    const isService = entity === 'Ticket' || entity === 'TicketMessage';
    const answer = await this.#making(entity, () =>
      this.send({
        kind: 'create',
        method: 'POST',
        path: `/v1/${entity}`,
        query: isService ? 'notify=false' : '',
        json: body,
        lacks: json => (id(json) > 0 ? null : 'the id of the new record'),
      }),
    );
    const record = isObject(answer) ? answer : {};
    this.deleteLater(entity, id(record), `/v1/${entity}/${id(record)}`);
    return { id: id(record), record };
  }

  /** For what is not an entity: makes it, and has it deleted at the end. */
  async makeOther<T>(
    what: string,
    work: () => Promise<T>,
    path: (made: T) => [id: number, path: string],
  ): Promise<T> {
    const made = await this.#making(what, work);
    this.deleteLater(what, ...path(made));
    return made;
  }

  /** Has a thing deleted at the end; later things go first. */
  deleteLater(what: string, id: number | null, path: string): void {
    const { http } = this.superoffice;
    const remove = async (): Promise<void> => {
      await http.send({ kind: 'repeatable', method: 'DELETE', path });
    };
    this.#made.push({ what, id, name: this.mark, remove });
  }

  /** For what SuperOffice has no way to delete. */
  cannotDelete(what: string, id: number, why: string): void {
    this.#lost.push({ what, id, name: this.mark, why });
  }

  async patch(entity: string, id: number, operations: readonly PatchOperation[]): Promise<void> {
    await this.send({ kind: 'repeatable', method: 'PATCH', path: `/v1/${entity}/${id}`, json: operations });
  }

  async read(entity: string, id: number): Promise<JsonObject> {
    const json = await this.send({ kind: 'read', method: 'GET', path: `/v1/${entity}/${id}` });
    return isObject(json) ? json : {};
  }

  /** The refusal of this one request, or null when it went through. Throws what concerns the whole tenant. */
  async refused(work: () => Promise<unknown>): Promise<SuperOfficeError | null> {
    try {
      await work();
      return null;
    } catch (error) {
      if (error instanceof SuperOfficeError && error.scope === 'row' && !error.lost) return error;
      throw error;
    }
  }

  /** How SuperOffice says that a record is not there (`404:SoNotFoundException`): such a one need not be deleted. */
  missingIsToldBy(refusal: string): void {
    this.#missing = refusal;
  }

  /** Deletes what was made, the last first, and answers what is still there. Never throws. */
  async clear(): Promise<readonly Leftover[]> {
    const left = [...this.#lost];
    let gone: SuperOfficeError | null = null;
    for (const { what, id, name, remove } of this.#made.splice(0).reverse()) {
      if (gone) {
        left.push({ what, id, name, why: gone.message });
        continue;
      }
      try {
        await remove();
      } catch (error) {
        if (!(error instanceof SuperOfficeError)) throw error;
        if (error.status === 404 || isRefusal(error, this.#missing)) continue;
        // Nobody answers any more: every other one would only wait as long.
        if (error.scope === 'tenant') gone = error;
        left.push({ what, id, name, why: error.message });
      }
    }
    return left;
  }

  async #making<T>(what: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof SuperOfficeError && error.lost)
        this.#lost.push({
          what,
          id: null,
          name: this.mark,
          why: `The answer to its creation was lost: ${error.message}`,
        });
      throw error;
    }
  }
}

/** Rejects when the signal fires. One for all requests: a signal warns of many listeners. */
function stopOf(signal: AbortSignal): Promise<never> {
  const stop = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new ProbeStopped()), { once: true });
  });
  stop.catch(() => {});
  return stop;
}

/** A small file of this text. */
export function fileOf(text: string): Upload {
  const bytes = Buffer.from(text, 'utf8');
  return { size: bytes.length, open: () => Readable.from([bytes]) };
}
