import { pick } from '../../http/names.ts';
import { type AddressField, addressLayout } from '../open-points.ts';
import { toText } from '../values.ts';

/** One address of an entity. */
export interface Block {
  readonly property: 'Street' | 'Postal';
  /** `address.atype_idx`. */
  readonly type: number;
  readonly typeName: 'ContactStreetAddress' | 'ContactPostalAddress' | 'PersonPrivateAddress';
  /** Of the names in `LocalizedAddress`: `StreetCity`, `PostalCity`; a person's has none. */
  readonly prefix: 'Street' | 'Postal' | '';
}

type Texts = Readonly<Record<AddressField, string>>;

/** Lengths that the fixtures show for `ValueLength`; they differ from the columns'. */
const shownLength: Readonly<Record<AddressField, number>> = {
  Address1: 80,
  Address2: 80,
  Address3: 80,
  City: 80,
  County: 29,
  State: 5,
  Zipcode: 12,
};

/** Lines of `LocalizedField`s, as a form would show them. */
export function localizedAddress(block: Block, texts: Texts): unknown[] {
  return addressLayout.map(line =>
    line.map(([field, label]) => ({
      Name: block.prefix + field,
      Value: texts[field],
      Tooltip: '',
      Label: label,
      ValueLength: shownLength[field],
      AddressType: block.typeName,
      TableRight: null,
      FieldProperties: {},
    })),
  );
}

/**
 * Fields of this block in which a sent `LocalizedAddress` differs from what is kept; undefined when none does. A client that
 * sends a whole entity back after changing `Street` sends the old localized lines along.
 */
export function localizedChanges(sent: unknown, block: Block, kept: Texts): Partial<Texts> | undefined {
  if (!Array.isArray(sent)) return undefined;
  const changes: Partial<Record<AddressField, string>> = {};
  let changed = false;
  for (const item of sent.flat()) {
    const name = pick(item, 'Name');
    const field = addressLayout.flat().find(([field]) => block.prefix + field === name)?.[0];
    const value = toText(pick(item, 'Value'));
    if (field === undefined || value === undefined || value === kept[field]) continue;
    changes[field] = value;
    changed = true;
  }
  return changed ? changes : undefined;
}
