import type { Datatype } from '../../datatypes/datatype.ts';
import { type Fingerprints, hexOf } from '../../state/fingerprint.ts';
import type { Wanted } from '../plan/value.ts';

/** What tells a record from others when it has no key yet. */
export type Traits =
  | { readonly title: string; readonly personId: number }
  /** null: the row does not say. */
  | { readonly ticketId: number; readonly body: string | null; readonly htmlBody: string | null };

/** The traits of a new record, as its row has them. */
export function traitsOf({ name }: Datatype, wanted: readonly Wanted[]): Traits {
  const of = (field: string): Wanted | undefined => wanted.find(want => want.field.name === field);
  if (name === 'Ticket')
    return { title: of('Title')?.text ?? '', personId: Number(of('PersUserKey01')?.value ?? 0) };
  return {
    ticketId: Number(of('TickUserKey01')?.value ?? 0),
    body: of('Body')?.text ?? null,
    htmlBody: of('HtmlBody')?.text ?? null,
  };
}

/** A fingerprint of traits: the journal gets to know no values. Line ends and outer spaces do not count. */
export function likenessOf(traits: Traits, fingerprints: Fingerprints): string {
  const values = Object.values(traits).map(value =>
    typeof value === 'string' ? value.replaceAll('\r\n', '\n').trim() : value,
  );
  return hexOf(fingerprints.text(JSON.stringify(values)));
}
