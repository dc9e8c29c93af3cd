import type { Fault, FaultyProxy, Seen } from './faulty-proxy.ts';

/** Is it a request of that method to that path? */
export function isSuch(one: Seen, method: string, path: string | RegExp): boolean {
  return one.method === method && (typeof path === 'string' ? one.path === path : path.test(one.path));
}

/** Does `fault` to the n-th such request from now on, and to no other. */
export function failOnce(
  proxy: FaultyProxy,
  method: string,
  path: string | RegExp,
  fault: Fault,
  turn = 1,
): void {
  let met = 0;
  proxy.script(one => (isSuch(one, method, path) && ++met === turn ? fault : null));
}

/** SuperOffice refuses, and says why. */
export function refusalOf(status: number, errorType: string, message: string): Fault {
  return { status, body: JSON.stringify({ Error: true, ErrorType: errorType, ErrorMessage: message }) };
}

/** Such requests that came by, from the `from`th on. */
export function requests(proxy: FaultyProxy, method: string, path: string | RegExp, from = 0): Seen[] {
  return proxy.seen.slice(from).filter(one => isSuch(one, method, path));
}
