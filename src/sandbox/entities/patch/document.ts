import { isObject } from '../../http/names.ts';
import type { Draft } from '../draft.ts';
import type { Entity } from '../entity.ts';
import { readOnlyWritesAreRefused } from '../open-points.ts';
import type { EntityRecord, Property } from '../property.ts';
import { refusal } from './operation.ts';

/**
 * The entity that a patch works on. A property is read when the first operation names it and written to the draft when
 * one changed it; the others are never looked at.
 */
export class PatchDocument {
  readonly #entity: Entity;
  readonly #record: EntityRecord;
  readonly #values = new Map<Property, unknown>();
  readonly #changed = new Set<Property>();
  /** Dictionaries write only the keys that operations set. */
  readonly #keys = new Map<Property, Record<string, unknown>>();

  constructor(entity: Entity, record: EntityRecord) {
    this.#entity = entity;
    this.#record = record;
  }

  /** Whether a dictionary keeps the keys that a patch leaves out (quirks.ts). */
  get keepsOtherKeys(): boolean {
    return this.#record.reading.database.quirks['patch-keeps-custom-fields'] === 'yes';
  }

  /** True for a property that can be written. */
  takes(name: string): boolean {
    return this.#entity.byLowerName.get(name.toLowerCase())?.write !== undefined;
  }

  /** The property a path starts with, in any case. Throws 400 for one the entity does not have. */
  property(segment: string): Property {
    const property = this.#entity.byLowerName.get(segment.toLowerCase());
    if (!property) throw refusal(`${this.#entity.name} has no property ${segment}`);
    return property;
  }

  value(property: Property): unknown {
    if (!this.#values.has(property)) this.#values.set(property, structuredClone(property.read(this.#record)));
    return this.#values.get(property);
  }

  set(property: Property, value: unknown): void {
    this.#values.set(property, value);
    this.#changed.add(property);
  }

  /** Notes that something inside the property's value was changed in place. */
  touch(property: Property): void {
    this.#changed.add(property);
  }

  /** Sets one key of a dictionary; the others keep their values. */
  setKey(property: Property, key: string, value: unknown): void {
    const current = this.value(property);
    const keys = this.#keys.get(property) ?? {};
    keys[key] = value;
    this.#keys.set(property, keys);
    this.#values.set(property, { ...(isObject(current) ? current : {}), [key]: value });
    this.#changed.add(property);
  }

  /** Writes every changed property to the draft. */
  writeTo(draft: Draft): void {
    for (const property of this.#changed) {
      if (property.write) {
        draft.sent.add(property.name);
        property.write(draft, this.#keys.get(property) ?? this.value(property));
      } else if (readOnlyWritesAreRefused) draft.reject(property.name, 'the property is read-only');
    }
  }
}
