/** What SuperOffice is asked to do about a criterion. Whatever it answers with is looked at again by sic. */
export interface Pushed {
  /** In SuperOffice's grammar. Passes every record that satisfies the criterion, and perhaps others; null: all. */
  readonly filter: string | null;
  /** Why nothing, or more than the criterion says, is asked for; null: the filter says it exactly. */
  readonly why: string | null;
}

/** Just what the criterion says. */
export function exact(text: string): Pushed {
  return { filter: text, why: null };
}

/** More than it says. */
export function wider(text: string, why: string): Pushed {
  return { filter: text, why };
}

/** Nothing: every record is looked at here. */
export function here(why: string): Pushed {
  return { filter: null, why };
}

export function odd(as: string): Pushed {
  return here(`SuperOffice takes the column for another kind of value (${as})`);
}
