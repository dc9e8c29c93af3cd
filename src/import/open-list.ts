import type { Hash64 } from '../state/accepted.ts';
import type { Fingerprints } from '../state/fingerprint.ts';
import { type Kind, OpenRows } from '../state/open-rows.ts';
import { runIds } from '../state/run-folder.ts';
import type { Input } from './inputs.ts';
import type { Status } from './result.ts';

/** Keeps the list of refused rows up to date while an import goes on: those it refuses come to it, those it takes leave. */
export class OpenList {
  readonly #open: OpenRows;
  readonly #run: string;
  readonly #tenant: string;
  readonly #fingerprints: Fingerprints;
  /** Rows without a key that were refused, by file. */
  readonly #keyless = new Map<Input, number>();

  private constructor(open: OpenRows, run: string, tenant: string, fingerprints: Fingerprints) {
    this.#open = open;
    this.#run = run;
    this.#tenant = tenant;
    this.#fingerprints = fingerprints;
  }

  /** @param tenant with its database */
  static async open(
    stateFolder: string,
    run: string,
    tenant: string,
    fingerprints: Fingerprints,
  ): Promise<OpenList> {
    const open = await OpenRows.open(stateFolder, run);
    open.keepRuns(new Set(await runIds(stateFolder)));
    return new OpenList(open, run, tenant, fingerprints);
  }

  /** Rows that stand as they were accepted. `keyOf` answers the hash of the key of each. */
  passed(input: Input, rows: number, keyOf: (nth: number) => Hash64): void {
    const kind: Kind = { tenant: this.#tenant, datatype: input.datatype.name };
    for (let nth = 0; nth < rows && !this.#open.isEmpty(kind); nth++) this.#open.pass(kind, keyOf(nth));
  }

  /** `key` as it stands in the row. */
  settled(input: Input, key: string, status: Status): void {
    if (status === 'notReached') return;
    const kind: Kind = { tenant: this.#tenant, datatype: input.datatype.name };
    const passed =
      status === 'created' || status === 'updated' || status === 'unchanged' || status === 'current';
    if (passed && this.#open.isEmpty(kind)) return;
    if (key === '') this.#keyless.set(input, (this.#keyless.get(input) ?? 0) + 1);
    else {
      const hash = this.#fingerprints.text(key);
      if (passed) this.#open.pass(kind, hash);
      else this.#open.refuse(kind, hash, this.#run);
    }
  }

  /** @param complete every file was read to its end. Throws SicError 'state'. */
  async commit(inputs: readonly Input[], complete: boolean): Promise<void> {
    for (const input of inputs) {
      const count = this.#keyless.get(input) ?? 0;
      if (complete || count > 0)
        this.#open.refuseKeyless(
          { tenant: this.#tenant, datatype: input.datatype.name },
          `${input.path} ${input.label}`,
          this.#run,
          count,
        );
    }
    await this.#open.commit();
  }
}
