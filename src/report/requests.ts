import type { Requests } from '../import/result.ts';
import { count, number } from './words.ts';

/** `112 requests to SuperOffice: 12 to read, 100 to write`; `… (4,900 rows by mass operations)` */
export function requestsInWords({ total, read, write, retried }: Requests, bulkRows = 0): string {
  const kinds = [
    ...(read > 0 ? [`${number(read)} to read`] : []),
    ...(write > 0 ? [`${number(write)} to write`] : []),
    ...(retried > 0 ? [`${number(retried)} repeated`] : []),
  ];
  const bulk = bulkRows > 0 ? ` (${count(bulkRows, 'row')} by mass operations)` : '';
  return `${count(total, 'request')} to SuperOffice${kinds.length === 0 ? '' : `: ${kinds.join(', ')}`}${bulk}`;
}
