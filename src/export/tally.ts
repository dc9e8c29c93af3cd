import type { ExportCounts, ExportProgress } from './ports.ts';

/** Counts what an export has done, and tells it to whoever watches. */
export class Tally {
  readonly #progress: ExportProgress;
  #counts: ExportCounts = { read: 0, rows: 0, files: 0 };

  constructor(progress: ExportProgress) {
    this.#progress = progress;
  }

  get counts(): ExportCounts {
    return this.#counts;
  }

  add({ read = 0, rows = 0, files = 0 }: Partial<ExportCounts>): void {
    const before = this.#counts;
    this.#counts = { read: before.read + read, rows: before.rows + rows, files: before.files + files };
    this.#progress.update(this.#counts);
  }
}
