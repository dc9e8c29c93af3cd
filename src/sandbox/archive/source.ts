import type { Database, DbUser } from '../store/context.ts';

/** What a query reads from and for whom: the parts of an exchange that archives need. */
export interface Source {
  readonly database: Database;
  readonly user: DbUser;
  readonly now: Date;
  /** null hands multi-language texts on as they are stored. */
  readonly language: string | null;
}
