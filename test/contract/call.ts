/** One request of the contract check. `{name}` in address and body is replaced by what an earlier call gave that name. */
export interface Call {
  readonly method: string;
  readonly address: string;
  readonly body?: unknown;
  /** Property of the answer to remember, and the name it gets. */
  readonly remember?: readonly [property: string, name: string];
  /** Why the answer follows reading.md rather than its schema; then the status alone is compared. */
  readonly documentedOtherwise?: string;
}

export function get(address: string): Call {
  return { method: 'GET', address };
}

export function post(address: string, body?: unknown): Call {
  return { method: 'POST', address, body };
}

export function put(address: string, body?: unknown): Call {
  return { method: 'PUT', address, body };
}

export function remove(address: string): Call {
  return { method: 'DELETE', address };
}
