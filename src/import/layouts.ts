import { SicError } from '../problems/sic-error.ts';
import { readOnce } from '../superoffice/once.ts';
import type { SuperOffice } from '../superoffice/superoffice.ts';
import { type Input, withLayout } from './inputs.ts';
import {
  type KeptLayout,
  type Layout,
  readKeptLayouts,
  textOfLayout,
  writeKeptLayouts,
} from './kept-layouts.ts';
import type { RunOptions, RunPorts } from './ports.ts';

const day = 86_400_000;

/** So long, a changed layout can go unnoticed where no row changes. */
const trusted = 7 * day;

/** Inputs with their more-page columns judged. */
export interface Judged {
  readonly inputs: readonly Input[];
  /**
   * To be awaited before anything is made of a row but that it is unchanged, since its fields are converted as the layout
   * says. SuperOffice is asked then at the latest, once. Throws LayoutsMoved when it has other layouts than the inputs were judged by; what it is asked for
   * after that is fresh.
   */
  current(): Promise<void>;
}

/** The fields of SuperOffice are not those that were kept: the run has to begin again, with the inputs judged anew. */
export class LayoutsMoved extends Error {
  override readonly name = 'LayoutsMoved';
}

/**
 * Judges more-page columns by what SuperOffice has published. An import in which nothing changed need not ask for that:
 * its rows are skipped by what was kept of the layouts, or say by them what was accepted. So a layout that was changed may
 * go unnoticed until a row changes, for a week at most; whatever is looked up is looked up with the layout of now.
 */
export class Layouts {
  readonly #superoffice: SuperOffice;
  readonly #opened: readonly Input[];
  readonly #options: RunOptions;
  readonly #ports: RunPorts;
  readonly #tenant: string;
  readonly #ask = readOnce(() => this.#read());

  /** @param tenant with its database */
  constructor(
    superoffice: SuperOffice,
    opened: readonly Input[],
    options: RunOptions,
    ports: RunPorts,
    tenant: string,
  ) {
    this.#superoffice = superoffice;
    this.#opened = opened;
    this.#options = options;
    this.#ports = ports;
    this.#tenant = tenant;
  }

  /** By what is kept, where rows may be skipped by it. Throws SicError for a column that cannot be taken. */
  async judge(): Promise<Judged> {
    if (this.#looksAtEveryRow()) return this.judgeAnew();
    const kept = await readKeptLayouts(this.#ports.stateFolder, this.#tenant);
    const inputs = this.#judgedByKept(kept);
    if (inputs === null) return this.judgeAnew();
    const current = readOnce(async () => {
      const now = await this.#ask();
      for (const [entity, layout] of now) if (!isSame(kept.get(entity), layout)) throw new LayoutsMoved();
      await this.#keep(now);
    });
    return { inputs, current };
  }

  /** By what SuperOffice says now. An import keeps it. Throws SicError for a column that cannot be taken. */
  async judgeAnew(): Promise<Judged> {
    const now = await this.#ask();
    const inputs = this.#judgedBy(now);
    await this.#keep(now);
    return { inputs, current: async () => {} };
  }

  /** Then nothing is saved by not asking. */
  #looksAtEveryRow(): boolean {
    const { full, allRows } = this.#options;
    return full || allRows || this.#ports.shown !== undefined;
  }

  /** null: a layout is not kept or too old, or a column cannot be taken by it, which that of now may see otherwise. */
  #judgedByKept(kept: ReadonlyMap<string, KeptLayout>): Input[] | null {
    const layouts = new Map<string, Layout>();
    for (const { datatype } of this.#opened) {
      const known = kept.get(datatype.entity);
      const age = this.#ports.now() - (known?.askedAt ?? 0);
      if (!known || age < 0 || age > trusted) return null;
      layouts.set(datatype.entity, known.layout);
    }
    try {
      return this.#judgedBy(layouts);
    } catch (error) {
      if (error instanceof SicError) return null;
      throw error;
    }
  }

  #judgedBy(layouts: ReadonlyMap<string, Layout>): Input[] {
    const { config, names } = this.#ports;
    return this.#opened.map(input =>
      withLayout(input, config, names, layouts.get(input.datatype.entity) ?? null),
    );
  }

  async #read(): Promise<ReadonlyMap<string, Layout>> {
    const layouts = new Map<string, Layout>();
    for (const { datatype } of this.#opened)
      layouts.set(datatype.entity, await this.#superoffice.udefs(datatype.entity));
    return layouts;
  }

  /** An import keeps what it was told, before its first row; not every time, since that it was asked lately is enough. */
  async #keep(now: ReadonlyMap<string, Layout>): Promise<void> {
    if (this.#options.kind !== 'import') return;
    const { stateFolder } = this.#ports;
    const askedAt = this.#ports.now();
    const kept = await readKeptLayouts(stateFolder, this.#tenant);
    const isLate = (entity: string): boolean => Math.abs(askedAt - (kept.get(entity)?.askedAt ?? 0)) > day;
    const news = [...now].filter(([entity, layout]) => !isSame(kept.get(entity), layout) || isLate(entity));
    if (news.length === 0) return;
    const anew = news.map(([entity, layout]) => [entity, { layout, askedAt }] as const);
    await writeKeptLayouts(stateFolder, this.#tenant, new Map([...kept, ...anew]));
  }
}

function isSame(kept: KeptLayout | undefined, now: Layout): boolean {
  return kept !== undefined && textOfLayout(kept.layout) === textOfLayout(now);
}
