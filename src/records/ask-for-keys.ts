import { askInBatches, type BatchAnswers, inBatches } from '../superoffice/batches.ts';
import type { SuperOffice } from '../superoffice/superoffice.ts';
import type { KeyLists } from '../superoffice/wide-lists.ts';

/** How many texts one `in (…)` may hold is undocumented: 50 to 100 is the advice (reading.md, section 8), else what a probe found. */
const usualKeys = 100;

/** Where keys are, and what is answered for them. */
export interface KeyQuestion<A> {
  /** Name of the column or foreign key. */
  readonly place: string;
  /** The key of an answer, as it is compared. */
  readonly keyOf: (answer: A) => string;
  /** Tells an answer from the others. */
  readonly idOf: (answer: A) => number | string;
  readonly ask: (keys: readonly string[]) => Promise<readonly A[]>;
}

/**
 * What there is with these keys, as many keys a request as is usual; more where lists may be wide and most keys are known
 * to be there. Keys that a long list did not find are asked for again in short ones.
 */
export async function askForKeys<A>(
  superoffice: SuperOffice,
  keys: readonly string[],
  question: KeyQuestion<A>,
): Promise<BatchAnswers<string, A>> {
  const { openPoints, wideLists } = superoffice;
  const usual = Math.min(usualKeys, openPoints.valuesInOneIn);
  const lists = usual < usualKeys ? undefined : wideLists?.ofKeys(question.place);
  const mayBeWide = lists && keys.length > usual;
  const first = mayBeWide
    ? await lists.first(() => askNarrowly(keys.slice(0, usual), usual, question, lists))
    : null;
  const others = first ? keys.slice(usual) : keys;
  const wide = mayBeWide ? await askWidely(superoffice, others, question, lists) : [];
  const found = new Set(wide.map(question.keyOf));
  const narrow = await askNarrowly(
    others.filter(key => !found.has(key)),
    usual,
    question,
  );
  for (const answer of narrow.answers) found.add(question.keyOf(answer));
  lists?.found(others.filter(key => found.has(key)).length, others.length);
  // SuperOffice ignores letter case: a record may be answered in two lists.
  const answers = new Map(
    [...(first?.answers ?? []), ...wide, ...narrow.answers].map(each => [question.idOf(each), each]),
  );
  return { answers: [...answers.values()], refused: [...(first?.refused ?? []), ...narrow.refused] };
}

/** @param lists told of what was found */
async function askNarrowly<A>(
  keys: readonly string[],
  usual: number,
  { ask, keyOf }: KeyQuestion<A>,
  lists?: KeyLists,
): Promise<BatchAnswers<string, A>> {
  const answered = await askInBatches(keys, usual, ask);
  const found = new Set(answered.answers.map(keyOf));
  lists?.found(keys.filter(key => found.has(key)).length, keys.length);
  return answered;
}

/** Nothing where lists are not long, or turn out not to be taken. */
async function askWidely<A>(
  { wideLists }: SuperOffice,
  keys: readonly string[],
  { ask }: KeyQuestion<A>,
  { length }: KeyLists,
): Promise<A[]> {
  if (length === null) return [];
  try {
    return (await Promise.all(inBatches(keys, length).map(ask))).flat();
  } catch (error) {
    if (!wideLists?.refused(error)) throw error;
    return [];
  }
}
