import { translate } from './text.ts';

/** What a provider knows of an item; the rest of the carrier is empty. */
export interface MdoItem {
  readonly id: number;
  /** Raw, as kept. */
  readonly name: string;
  readonly toolTip?: string;
  readonly deleted?: boolean;
  readonly rank?: number;
  readonly type?: string;
  readonly iconHint?: string;
  readonly extraInfo?: string;
  readonly fullName?: string | null;
  readonly children?: readonly MdoItem[];
}

/** MDOListItem carrier (reading.md, section 12.1). */
export function mdoJson(item: MdoItem, language: string | null): Record<string, unknown> {
  return {
    Id: item.id,
    Name: translate(item.name, language),
    ToolTip: translate(item.toolTip ?? '', language),
    Deleted: item.deleted ?? false,
    Rank: item.rank ?? 0,
    Type: item.type ?? '',
    ColorBlock: 0,
    IconHint: item.iconHint ?? '',
    ChildItems: (item.children ?? []).map(child => mdoJson(child, language)),
    ExtraInfo: item.extraInfo ?? '',
    StyleHint: '',
    FullName: item.fullName ?? null,
    TableRight: null,
    FieldProperties: {},
  };
}

/** SelectableMDOListItem carrier; `selected` holds the ids that are ticked. */
export function selectableJson(
  item: MdoItem,
  language: string | null,
  selected: ReadonlySet<number>,
): Record<string, unknown> {
  return {
    ...mdoJson(item, language),
    ChildItems: (item.children ?? []).map(child => selectableJson(child, language, selected)),
    Selected: selected.has(item.id),
    LastChanged: '0001-01-01T00:00:00',
    Hidden: false,
  };
}
