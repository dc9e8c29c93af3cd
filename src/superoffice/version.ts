import type { Http } from './http.ts';
import { isObject, textOf } from './json.ts';

/** What the REST root calls itself: `SuperOffice 11.10` (reading.md, section 1.4); '' when it does not say. */
export async function readVersion(http: Http): Promise<string> {
  const json = await http.send({ kind: 'read', method: 'GET', path: '' });
  if (!isObject(json)) return '';
  const [, release] = /^(\d+\.\d+)/.exec(textOf(json, 'NetServerVersion')) ?? [];
  return release === undefined ? '' : `SuperOffice ${release}`;
}
