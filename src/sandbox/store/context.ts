export type { Database } from './database.ts';

/** Who a request runs as. */
export interface DbUser {
  readonly associateId: number;
  /** Login name. */
  readonly name: string;
  /** System users may use mass operations and bypass rights (reading.md, section 3.4). */
  readonly isSystemUser: boolean;
}
