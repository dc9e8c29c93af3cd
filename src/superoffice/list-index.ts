import { ignoringCase, sameForm } from './match.ts';
import { allNames } from './multi-language.ts';
import type { ListItem } from './superoffice.ts';

/** Finds items by every text that means them. The raw text of any item wins over a language variant of another. */
export class ListIndex {
  readonly #byText = new Map<string, ListItem>();
  readonly #byTextIgnoringCase = new Map<string, ListItem>();
  readonly #deletedByText = new Map<string, ListItem>();
  readonly #byId = new Map<number, ListItem>();

  constructor(items: readonly ListItem[]) {
    for (const item of items) {
      this.#byId.set(item.id, item);
      this.#enter(item, item.raw);
    }
    for (const item of items) for (const name of allNames(item.raw)) this.#enter(item, name);
    for (const item of items) if (item.leaf !== null && isOnly(item, items)) this.#enter(item, item.leaf);
  }

  find(text: string): ListItem | null {
    return this.#byText.get(sameForm(text)) ?? null;
  }

  findIgnoringCase(text: string): ListItem | null {
    return this.#byTextIgnoringCase.get(ignoringCase(text)) ?? null;
  }

  findDeleted(text: string): ListItem | null {
    return this.#deletedByText.get(sameForm(text)) ?? null;
  }

  byId(id: number): ListItem | null {
    return this.#byId.get(id) ?? null;
  }

  #enter(item: ListItem, text: string): void {
    setFirst(item.deleted ? this.#deletedByText : this.#byText, sameForm(text), item);
    if (!item.deleted) setFirst(this.#byTextIgnoringCase, ignoringCase(text), item);
  }
}

/** Two items that end alike: neither is meant by its last step alone. */
function isOnly(item: ListItem, items: readonly ListItem[]): boolean {
  return items.filter(({ leaf, deleted }) => leaf === item.leaf && deleted === item.deleted).length === 1;
}

function setFirst(map: Map<string, ListItem>, text: string, item: ListItem): void {
  if (text !== '' && !map.has(text)) map.set(text, item);
}
