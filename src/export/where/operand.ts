/** What a criterion compares with, read as its field means it. */
export type Operand =
  /** The field is empty. */
  | { readonly is: 'empty' }
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'number'; readonly number: number }
  | { readonly is: 'boolean'; readonly flag: boolean }
  /** A day; a moment is compared with it by its day. */
  | { readonly is: 'day'; readonly day: string }
  | { readonly is: 'moment'; readonly moment: string }
  /**
   * Items of a list, users, countries or parents that the text means. None: no record can have it. `key`: the user key that
   * a parent was found by, since not every answer of SuperOffice has the parent's id.
   */
  | { readonly is: 'ids'; readonly ids: readonly number[]; readonly key?: string }
  /** A word that SuperOffice knows, and the number it keeps for it. */
  | { readonly is: 'choice'; readonly name: string; readonly number: number };
