import type { Http } from './http.ts';
import { isObject, textOf } from './json.ts';

/** `NetServerVersion` of the REST root: `11.10.721.0` (reading.md, section 1.4); '' when it does not say. */
export async function readNetServerVersion(http: Http): Promise<string> {
  const json = await http.send({ kind: 'read', method: 'GET', path: '' });
  return isObject(json) ? textOf(json, 'NetServerVersion') : '';
}
