import { SuperOfficeError } from './error.ts';

/** Values cut into lists for `in (…)`. How many one filter may hold is undocumented: 50 to 100 texts, 200 to 500 numbers. */
export function inBatches<V>(values: readonly V[], size: number): V[][] {
  const batches: V[][] = [];
  for (let start = 0; start < values.length; start += size) batches.push(values.slice(start, start + size));
  return batches;
}

export interface BatchAnswers<V, R> {
  readonly answers: R[];
  /** Values that SuperOffice refuses even alone. */
  readonly refused: { readonly value: V; readonly error: SuperOfficeError }[];
}

/**
 * Asks about many values in batches. A batch that is refused is halved until the values that poison it stand alone, so
 * that they do not take the others with them. When the first and the last value are refused alone as well, it is the
 * question that is wrong, and the refusal is thrown.
 */
export async function askInBatches<V, R>(
  values: readonly V[],
  size: number,
  ask: (batch: readonly V[]) => Promise<readonly R[]>,
): Promise<BatchAnswers<V, R>> {
  const result: BatchAnswers<V, R> = { answers: [], refused: [] };
  await Promise.all(inBatches(values, size).map(batch => askBatch(batch, ask, result, false)));
  return result;
}

async function askBatch<V, R>(
  batch: readonly V[],
  ask: (batch: readonly V[]) => Promise<readonly R[]>,
  result: BatchAnswers<V, R>,
  questionIsGood: boolean,
): Promise<void> {
  try {
    result.answers.push(...(await ask(batch)));
  } catch (error) {
    const [first] = batch;
    if (!isAboutBatch(error) || first === undefined) throw error;
    if (batch.length === 1) {
      result.refused.push({ value: first, error });
      return;
    }
    if (!questionIsGood && !(await anyPasses([first, ...batch.slice(-1)], ask))) throw error;
    const middle = Math.ceil(batch.length / 2);
    await askBatch(batch.slice(0, middle), ask, result, true);
    await askBatch(batch.slice(middle), ask, result, true);
  }
}

/** A verdict on this very question. Sign-in, throttling and maintenance would refuse a smaller one as well. */
export function isAboutBatch(error: unknown): error is SuperOfficeError {
  return error instanceof SuperOfficeError && error.scope === 'row' && error.status >= 400;
}

async function anyPasses<V, R>(
  values: readonly V[],
  ask: (batch: readonly V[]) => Promise<readonly R[]>,
): Promise<boolean> {
  for (const value of values) {
    try {
      await ask([value]);
      return true;
    } catch (error) {
      if (!isAboutBatch(error)) throw error;
    }
  }
  return false;
}
