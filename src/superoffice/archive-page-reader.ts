import type { ArchiveRow } from './archive.ts';
import { agentBody, formBody, isPlain, type PageQuery, queryString } from './archive-query.ts';
import { type ArchiveForm, agentForm, fullForm, placesOf, slimForm } from './archive-rows.ts';
import type { Call } from './call.ts';
import { SuperOfficeError } from './error.ts';
import type { Http } from './http.ts';
import { isObject } from './json.ts';
import type { OpenPoints } from './open-points.ts';

/** Longest path and query of a GET; web servers in front of SuperOffice cut at about 2,000 (reading.md, section 7.7). */
const longestUrl = 1800;

/** Times of the answer are in UTC and say so (reading.md, section 5.3). */
const utcHeaders = { 'so-timezone': 'UTC, includeTZOffset' };

export interface ArchivePage {
  readonly rows: readonly ArchiveRow[];
  /** The server says itself that there are more (`odata.nextLink`); it is believed but not followed. */
  readonly more: boolean;
}

/** Reads one page over the shortest way the tenant offers. */
export class ArchivePageReader {
  readonly #http: Http;
  readonly #apiPath: string;
  /** POST of an archive is young: set for a server that does not know it (reading.md, section 0, item 17). */
  #postUnknown: boolean;

  constructor(http: Http, apiPath: string, openPoints: OpenPoints) {
    this.#http = http;
    this.#apiPath = apiPath;
    this.#postUnknown = !openPoints.postArchiveKnown;
  }

  async read(query: PageQuery): Promise<ArchivePage> {
    const path = `/v1/Archive/${encodeURIComponent(query.provider)}`;
    const call = { kind: 'read', path } as const;
    const asQuery = queryString(query);
    const form = isPlain(query) ? slimForm : fullForm;
    if (this.#apiPath.length + path.length + 1 + asQuery.length < longestUrl)
      return this.#ask({ ...call, method: 'GET', query: asQuery }, query, form);
    if (!this.#postUnknown) {
      try {
        return await this.#ask({ ...call, method: 'POST', form: formBody(query) }, query, form);
      } catch (error) {
        if (!(error instanceof SuperOfficeError) || ![404, 405].includes(error.status)) throw error;
        this.#postUnknown = true;
      }
    }
    const agent = '/v1/Agents/Archive/GetArchiveListByColumns2';
    return this.#ask({ kind: 'read', method: 'POST', path: agent, json: agentBody(query) }, query, agentForm);
  }

  async #ask(call: Call, query: PageQuery, form: ArchiveForm): Promise<ArchivePage> {
    const headers = query.utcStamps ? utcHeaders : {};
    const { lacks } = form;
    const places = placesOf(query.columns);
    let rows: ArchiveRow[] = [];
    const take = (row: unknown): void => {
      if (isObject(row)) rows.push(form.row(row, places));
    };
    const beginRows = (): typeof take => {
      rows = [];
      return take;
    };
    const left = await this.#http.send({ ...call, headers, lacks, beginRows });
    for (const row of form.rowsIn(left)) take(row);
    return { rows, more: form.saysMore(left) };
  }
}
