import { randomInt } from 'node:crypto';
import { archiveRoutes } from './archive/routes.ts';
import { accounts, ensureAccounts } from './auth/accounts.ts';
import { Authenticator } from './auth/authenticator.ts';
import { entityRoutes } from './entities/routes.ts';
import { indexExtraFields } from './extra-fields/definitions.ts';
import { foreignRoutes } from './foreign/routes.ts';
import { Application } from './http/application.ts';
import { listen } from './http/listen.ts';
import { listRoutes } from './lists/routes.ts';
import { type SentMail, sentMails } from './outbox/outbox.ts';
import { outboxRoutes } from './outbox/routes.ts';
import type { Quirks } from './quirks.ts';
import { seedDemo } from './seed/demo.ts';
import { seedEmpty } from './seed/empty.ts';
import { ContentStore } from './store/contents.ts';
import { type DataFile, openDataFile } from './store/data-file.ts';
import { Database, udefOwners } from './store/database.ts';
import { indexColumn } from './udef/allocate.ts';
import { udefRoutes } from './udef/routes.ts';
import { userRoutes } from './users/routes.ts';

export type { SentMail } from './outbox/outbox.ts';
export { type QuirkName, type Quirks, quirkTable } from './quirks.ts';
export { DataFileError } from './store/data-file-error.ts';

export interface SandboxOptions {
  /** 0 picks a free one. */
  readonly port: number;
  /** File that keeps the data; what documents contain lies in the folder `FILE.contents` beside it. null: memory only. */
  readonly data: string | null;
  /** Added to every answer, in milliseconds. */
  readonly latency: number;
  readonly seed: 'demo' | 'empty';
  /** Open points that it takes otherwise than usual (quirks.ts). */
  readonly quirks?: Partial<Quirks>;
}

export interface RunningSandbox {
  /** `http://127.0.0.1:PORT/Sandbox`; the REST root is `url + '/api'`. */
  readonly url: string;
  readonly tenant: 'Sandbox';
  /** The system user. */
  readonly username: string;
  readonly password: string;
  /** The ordinary user. */
  readonly ordinary: { readonly username: string; readonly password: string };
  /** Mails that a SuperOffice would have sent, oldest first; the sandbox sends none. */
  outbox(): readonly SentMail[];
  close(): Promise<void>;
}

const tenant = 'Sandbox';

/**
 * Starts a SuperOffice on loopback. A data file that holds data wins over the seed. Throws DataFileError for a data file
 * that is in use, damaged or newer, and node's own for a port that is taken.
 */
export async function startSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  const database = new Database(options.quirks);
  const file = options.data === null ? null : openDataFile(options.data, database);
  try {
    fill(database, file, options.seed);
    const contents = new ContentStore(database, options.data === null ? null : `${options.data}.contents`);
    const authenticator = new Authenticator(database);
    const routes = [
      ...entityRoutes,
      ...foreignRoutes,
      ...archiveRoutes,
      ...listRoutes,
      ...udefRoutes,
      ...userRoutes(authenticator, tenant),
      ...outboxRoutes,
    ];
    const application = new Application({
      tenant,
      database,
      contents,
      routes,
      authenticator,
      keep: changes => file?.append(changes),
      clock: () => new Date(),
    });
    const listening = await listen(application, contents, options.port, options.latency);
    return {
      url: `http://127.0.0.1:${listening.port}/${tenant}`,
      tenant,
      ...accounts.system,
      ordinary: accounts.ordinary,
      outbox: () => sentMails(database),
      close: async () => {
        await listening.close();
        await contents.close();
        file?.close();
      },
    };
  } catch (error) {
    file?.close();
    throw error;
  }
}

/** Loads indexes that publishing made, or seeds a database that is new. */
function fill(database: Database, file: DataFile | null, seed: SandboxOptions['seed']): void {
  if (file?.hadContent) {
    for (const owner of udefOwners)
      for (const field of database.layout(owner).published)
        if (field.isIndexed) indexColumn(database, owner, field);
    indexExtraFields(database);
    database.transact(
      () => ensureAccounts(database),
      changes => file.append(changes),
    );
    return;
  }
  database.serial = randomInt(1, 2 ** 31);
  if (seed === 'demo') seedDemo(database);
  else seedEmpty(database);
  ensureAccounts(database);
  file?.rewrite();
}
