import type { Requests } from '../import/result.ts';
import { count, number } from './words.ts';

/** `112 requests to SuperOffice: 12 to read, 100 to write` */
export function requestsInWords({ total, read, write, retried }: Requests): string {
  const kinds = [
    ...(read > 0 ? [`${number(read)} to read`] : []),
    ...(write > 0 ? [`${number(write)} to write`] : []),
    ...(retried > 0 ? [`${number(retried)} repeated`] : []),
  ];
  return `${count(total, 'request')} to SuperOffice${kinds.length === 0 ? '' : `: ${kinds.join(', ')}`}`;
}
