import type { Datatype } from '../../datatypes/datatype.ts';
import type { Field } from '../../datatypes/field.ts';
import { type FieldNames, udefFields } from '../../datatypes/udef.ts';
import type { KeptField } from '../../state/before-images.ts';
import type { SuperOffice } from '../../superoffice/superoffice.ts';
import { placeOf } from './image.ts';

/** Finds the fields again of which something is kept. */
export class KnownFields {
  readonly #superoffice: SuperOffice;
  readonly #names: FieldNames;
  readonly #found = new Map<string, Field | null>();

  constructor(superoffice: SuperOffice, names: FieldNames) {
    this.#superoffice = superoffice;
    this.#names = names;
  }

  /** null: SuperOffice has no such field any more, or one of another type. Throws SuperOfficeError. */
  async of(datatype: Datatype, { field: name, place }: KeptField): Promise<Field | null> {
    const at = `${datatype.name} ${name} ${place}`;
    const before = this.#found.get(at);
    if (before !== undefined) return before;
    const field =
      datatype.fields.find(each => each.name === name) ??
      udefFields(datatype, [name], await this.#superoffice.udefs(datatype.entity), this.#names).fields[0];
    const found = field && placeOf(field) === place ? field : null;
    this.#found.set(at, found);
    return found;
  }
}
