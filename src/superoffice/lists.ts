import { SicError } from '../problems/sic-error.ts';
import { SuperOfficeError } from './error.ts';
import type { JsonObject } from './json.ts';
import { ignoresCase, readListItem, takesPlainItems } from './list-carriers.ts';
import { ListIndex } from './list-index.ts';
import type { ListStore } from './list-store.ts';
import { ignoringCase, sameForm } from './match.ts';
import { defaultOpenPoints, isRefusal, type OpenPoints } from './open-points.ts';
import type { ListItem, SuperOfficeList } from './superoffice.ts';

/** A list as it was read, kept for the run; what is added to it is found in it from then on. */
export function openList(
  name: string,
  store: ListStore,
  items: readonly JsonObject[],
  openPoints: OpenPoints = defaultOpenPoints,
): SuperOfficeList {
  return new RunList(name, store, items, openPoints);
}

class RunList implements SuperOfficeList {
  readonly name: string;
  readonly #store: ListStore;
  readonly #openPoints: OpenPoints;
  /** By id, as SuperOffice sent them: an item that is un-deleted goes back whole. */
  #carriers = new Map<number, JsonObject>();
  #items: readonly ListItem[] = [];
  #index = new ListIndex([]);
  readonly #adding = new Map<string, Promise<ListItem>>();

  constructor(name: string, store: ListStore, carriers: readonly JsonObject[], openPoints: OpenPoints) {
    this.name = name;
    this.#store = store;
    this.#openPoints = openPoints;
    this.#take(carriers);
  }

  get ignoresCase(): boolean {
    return ignoresCase(this.name);
  }

  get addable(): boolean {
    return takesPlainItems(this.name) && (this.name !== 'tags' || this.#openPoints.tagsThroughLists);
  }

  get items(): readonly ListItem[] {
    return this.#items;
  }

  find(text: string): ListItem | null {
    return this.#index.find(text) ?? (this.ignoresCase ? this.#index.findIgnoringCase(text) : null);
  }

  byId(id: number): ListItem | null {
    return this.#index.byId(id);
  }

  findIgnoringCase(text: string): ListItem | null {
    return this.#index.findIgnoringCase(text);
  }

  add(text: string): Promise<ListItem> {
    const name = text.trim();
    const known = this.find(name);
    if (known) return Promise.resolve(known);
    const key = this.ignoresCase ? ignoringCase(name) : sameForm(name);
    const running = this.#adding.get(key);
    if (running) return running;
    const adding = this.#addOrFind(name).finally(() => this.#adding.delete(key));
    this.#adding.set(key, adding);
    return adding;
  }

  async #addOrFind(name: string): Promise<ListItem> {
    if (!this.addable)
      throw new SicError('config', `Values cannot be added to the list ${this.name} by an import`, {
        hint: `Add "${name}" in SuperOffice, or set "missing" of the list to "reject", "blank" or "default".`,
      });
    try {
      return await this.#save(name);
    } catch (error) {
      if (!(error instanceof SuperOfficeError) || !this.#mayExistNow(error)) throw error;
      this.#take(await this.#store.read(this.name));
      const found = this.find(name);
      if (found) return found;
      // Read again and not there: a lost addition did not happen, a duplicate is a deleted item we had not seen.
      if (!error.lost && !this.#index.findDeleted(name)) throw error;
      return this.#save(name);
    }
  }

  async #save(name: string): Promise<ListItem> {
    const deleted = this.#index.findDeleted(name);
    const carrier = deleted
      ? await this.#store.undelete(this.name, deleted.id, this.#carriers.get(deleted.id) ?? {})
      : await this.#store.add(this.name, name);
    const item = readListItem(this.name, carrier);
    this.#carriers.set(item.id, carrier);
    this.#take([...this.#carriers.values()]);
    return item;
  }

  /** Somebody else added it meanwhile, or our own addition arrived although its answer did not. */
  #mayExistNow(error: SuperOfficeError): boolean {
    if (error.lost || error.status === 409 || error.errorType === 'SoDuplicateException') return true;
    return isRefusal(error, this.#openPoints.refusalOfDuplicate);
  }

  #take(carriers: readonly JsonObject[]): void {
    const items = carriers
      .map(carrier => readListItem(this.name, carrier))
      .filter(item => item.id !== 0 && item.raw !== '');
    this.#carriers = new Map(carriers.map(carrier => [readListItem(this.name, carrier).id, carrier]));
    this.#items = items;
    this.#index = new ListIndex(items);
  }
}
