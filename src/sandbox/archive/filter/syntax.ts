/** A value as written; numbers keep their text, so that a text column compares what was typed. */
export interface Literal {
  readonly kind: 'text' | 'number' | 'flag';
  readonly text: string;
}

export interface Condition {
  readonly kind: 'condition';
  readonly column: string;
  /** As written; functions end in `()` so that they cannot be mistaken for an infix operator. */
  readonly operator: string;
  readonly values: readonly Literal[];
}

export interface Junction {
  readonly kind: 'and' | 'or';
  readonly branches: readonly Filter[];
}

export type Filter = Condition | Junction;

export function conditionsOf(filter: Filter | null): readonly Condition[] {
  if (filter === null) return [];
  return filter.kind === 'condition' ? [filter] : filter.branches.flatMap(conditionsOf);
}
