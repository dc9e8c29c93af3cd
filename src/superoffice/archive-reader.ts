import type { ArchiveQuery, ArchiveRow } from './archive.ts';
import { agentBody, formBody, type PageQuery, queryString } from './archive-query.ts';
import { type ArchiveForm, type ArchivePage, agentForm, fullForm } from './archive-rows.ts';
import type { Call } from './call.ts';
import { SuperOfficeError } from './error.ts';
import { and, greaterThan, isKeyList, unequalNumber } from './filter.ts';
import type { Http } from './http.ts';
import { toNumber } from './json.ts';
import { defaultOpenPoints, type OpenPoints } from './open-points.ts';

/** Maximum unknown; 1000 is the documented default and what SuperOffice's own samples use (reading.md, section 7.6). */
const pageSize = 1000;

/** Longest path and query of a GET; web servers in front of SuperOffice cut at about 2,000 (section 7.7). */
const longestUrl = 1800;

/** Reads archives over the shortest way the tenant offers. */
export class ArchiveReader {
  readonly #http: Http;
  readonly #apiPath: string;
  /** POST of an archive is young: set for a server that does not know it (section 0, item 17). */
  #postUnknown: boolean;
  /** Counts fresh queries. */
  #asked: number;

  /** @param start where this connection's numbers for fresh queries begin: unlike those of the one before */
  constructor(http: Http, apiPath: string, start: number, openPoints: OpenPoints = defaultOpenPoints) {
    this.#http = http;
    this.#apiPath = apiPath;
    this.#postUnknown = !openPoints.postArchiveKnown;
    this.#asked = start % 1_000_000_000;
  }

  /**
   * All rows, or the first `top`. Pages by the key of the last row instead of `$skip`, whose cost grows with every page.
   * A page that is not full need not be the last one, so reading goes on until nothing comes back. The exception is a
   * filter that is a list of keys: there a page with room left holds every match, and a second request would double the
   * cost of every look-up.
   */
  async read(query: ArchiveQuery): Promise<ArchiveRow[]> {
    const rowsMultiply = query.provider.toLowerCase() === 'dynamic';
    const wanted = query.top ?? Number.POSITIVE_INFINITY;
    const oneMayDo = isKeyList(query.filter);
    const seen = new Set<number>();
    const found: ArchiveRow[] = [];
    let filter = query.filter;
    let size = pageSize;
    let lastKey = Number.NEGATIVE_INFINITY;
    while (found.length < wanted) {
      const top = Math.min(size, wanted - found.length);
      const page = await this.#page({
        ...query,
        filter: query.fresh ? this.#unlikeBefore(query, filter) : filter,
        top,
      });
      const isFull = page.rows.length >= top;
      // A full page may end in the middle of a record that has several rows: that record is left to the next page.
      const whole = rowsMultiply && isFull && top === size ? withoutLastRecord(page.rows) : page.rows;
      if (whole.length === 0 && page.rows.length > 0) {
        size *= 4;
        continue;
      }
      for (const row of whole) {
        if (!rowsMultiply && seen.has(row.primaryKey)) continue;
        seen.add(row.primaryKey);
        found.push(row);
      }
      const last = whole.at(-1);
      if (last === undefined || (oneMayDo && !isFull && !page.more)) break;
      const reached = keyOf(last, query);
      if (reached <= lastKey) throw standsStill(query);
      lastKey = reached;
      filter = and(query.filter, greaterThan(query.orderBy, reached));
    }
    return found.slice(0, wanted);
  }

  /** No id is negative, so this asks the same, in words that no query had before. */
  #unlikeBefore(query: ArchiveQuery, filter: string): string {
    this.#asked++;
    return and(filter, unequalNumber(query.orderBy, -this.#asked));
  }

  async #page(query: PageQuery): Promise<ArchivePage> {
    const path = `/v1/Archive/${encodeURIComponent(query.provider)}`;
    const call = { kind: 'read', path } as const;
    const asQuery = queryString(query);
    if (this.#apiPath.length + path.length + 1 + asQuery.length < longestUrl)
      return this.#ask({ ...call, method: 'GET', query: asQuery }, query, fullForm);
    if (!this.#postUnknown) {
      try {
        return await this.#ask({ ...call, method: 'POST', form: formBody(query) }, query, fullForm);
      } catch (error) {
        if (!(error instanceof SuperOfficeError) || ![404, 405].includes(error.status)) throw error;
        this.#postUnknown = true;
      }
    }
    const agent = '/v1/Agents/Archive/GetArchiveListByColumns2';
    return this.#ask({ kind: 'read', method: 'POST', path: agent, json: agentBody(query) }, query, agentForm);
  }

  async #ask(call: Call, query: PageQuery, form: ArchiveForm): Promise<ArchivePage> {
    return form.read(await this.#http.send({ ...call, lacks: form.lacks }), query.columns);
  }
}

/** A server that ignored the key would be asked for ever. */
function standsStill(query: ArchiveQuery): SuperOfficeError {
  const request = `GET /v1/Archive/${query.provider}`;
  return new SuperOfficeError(`${request}: the next page by ${query.orderBy} was the same page again`, {
    status: 200,
    request,
    scope: 'row',
    hint: 'This is a mistake in sic or in SuperOffice: please report it with the name of the archive.',
  });
}

/** Where the next page begins: the column that is sorted by, when it was asked for, else the primary key. */
function keyOf(row: ArchiveRow, query: ArchiveQuery): number {
  return toNumber(row.cells.get(query.orderBy)?.raw) ?? row.primaryKey;
}

function withoutLastRecord(rows: readonly ArchiveRow[]): readonly ArchiveRow[] {
  const lastKey = rows.at(-1)?.primaryKey;
  return rows.slice(
    0,
    rows.findIndex(row => row.primaryKey === lastKey),
  );
}
