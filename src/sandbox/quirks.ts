/** One thing that the documents leave open, and the ways this SuperOffice can take it. */
interface Quirk {
  /** The usual one first. */
  readonly values: readonly [usual: string, ...others: string[]];
  /** What the values say. */
  readonly question: string;
  /** Where the documents leave it open. */
  readonly section: string;
}

/**
 * Open points that a SuperOffice can be started with either way, so that a client can be tried against both. Those that
 * stay as they are stand in entities/open-points.ts. The usual value stands first.
 */
export const quirkTable = {
  'patch-keeps-custom-fields': {
    values: ['yes', 'no'],
    question: 'Does a PATCH of some CustomFields leave the others as they are?',
    section: 'writing.md, section 1.6',
  },
  'values-in-one-in': {
    values: ['any', '50', '20'],
    question: 'How many values may a list of a filter hold?',
    section: 'reading.md, section 15',
  },
  'string-filters-ignore-case': {
    values: ['yes', 'no'],
    question: 'Do filters on texts compare without regard to case?',
    section: 'reading.md, section 8',
  },
  'cleared-reference': {
    values: ['either', 'id-0', 'null'],
    question: 'What empties a reference: a carrier with id 0, or null?',
    section: 'writing.md, section 1.6',
  },
  'cleared-date': {
    values: ['either', 'year-one', 'empty-text'],
    question: 'What empties a custom date: the first day of year 1, or an empty text?',
    section: 'writing.md, section 3',
  },
  'partial-interests-unselect': {
    values: ['yes', 'no'],
    question: 'Does an array of some Interests unselect the others? Arrays are replaced as sent.',
    section: 'writing.md, section 12, point 3',
  },
  'post-takes-address': {
    values: ['yes', 'no'],
    question: 'Is an Address inside a POST kept?',
    section: 'writing.md, section 12, point 2',
  },
  'rating-moves-probability': {
    values: ['yes', 'no'],
    question: 'Does a new Rating bring its probability, where the request has none?',
    section: 'writing.md, section 2',
  },
  'earning-recalculated': {
    values: ['yes', 'no'],
    question: 'Of Earning and EarningPercent, does the one that is not sent follow?',
    section: 'writing.md, section 2',
  },
  'content-put-replaces': {
    values: ['yes', 'no'],
    question: 'Does a PUT of content replace the content that is there?',
    section: 'writing.md, section 12, point 6',
  },
  'archive-amends-names': {
    values: ['yes', 'no'],
    question: 'Does the archive amend names that collide or hold restricted characters?',
    section: 'writing.md, section 4',
  },
  'message-created-at-honoured': {
    values: ['yes', 'no'],
    question: 'Is CreatedAt of a posted message kept, so that old messages keep their place?',
    section: 'writing.md, section 12, point 9',
  },
  'attachment-list-sizes': {
    values: ['yes', 'no'],
    question: 'Do the attachments of a message tell their size?',
    section: 'writing.md, section 5.4',
  },
  'tags-through-lists': {
    values: ['yes', 'no'],
    question: 'Can tags be made through the list endpoints?',
    section: 'writing.md, section 5.2',
  },
  'foreign-key-saved-twice': {
    values: ['replaces', 'adds'],
    question: 'Does a PUT of a foreign key that is there replace it?',
    section: 'integration-cloud.md, section 3.9',
  },
  'post-archive-known': {
    values: ['yes', 'no'],
    question: 'Is POST of an archive known?',
    section: 'reading.md, section 0, item 17',
  },
  'refusal-of-missing': {
    values: ['404:SoNotFoundException', '400:ArgumentException'],
    question: 'Status and exception for a record that is not there.',
    section: 'reading.md, section 15',
  },
  'refusal-of-invalid': {
    values: ['400:SoValidationException', '500:SoValidationException'],
    question: 'Status and exception for a text that is too long.',
    section: 'reading.md, section 15',
  },
  'refusal-of-duplicate': {
    values: ['400:SoDuplicateException', '400:ArgumentException'],
    question: 'Status and exception for a name that is taken.',
    section: 'reading.md, section 15',
  },
  'mass-operations': {
    values: ['granted', 'refused'],
    question: 'Has the application been granted the agent DatabaseTable?',
    section: 'writing.md, section 6.2',
  },
  'refusal-of-mass-operation': {
    values: ['500:SoMassOperationException', '400:SoMassOperationException', 'unsuccessful'],
    question: 'Status and exception for a mass operation that fails, or an answer that is not Success.',
    section: 'writing.md, section 6.2',
  },
  'too-many-requests': {
    values: ['never', '429'],
    question: 'Are callers with more than twenty requests a second told to wait?',
    section: 'reading.md, section 6.2',
  },
} as const satisfies Readonly<Record<string, Quirk>>;

type Table = typeof quirkTable;
export type QuirkName = keyof Table;
/** How one SuperOffice takes every open point. */
export type Quirks = { readonly [Name in QuirkName]: Table[Name]['values'][number] };

/** Every open point taken the usual way. */
export const usualQuirks: Quirks = {
  'patch-keeps-custom-fields': 'yes',
  'values-in-one-in': 'any',
  'string-filters-ignore-case': 'yes',
  'cleared-reference': 'either',
  'cleared-date': 'either',
  'partial-interests-unselect': 'yes',
  'post-takes-address': 'yes',
  'rating-moves-probability': 'yes',
  'earning-recalculated': 'yes',
  'content-put-replaces': 'yes',
  'archive-amends-names': 'yes',
  'message-created-at-honoured': 'yes',
  'attachment-list-sizes': 'yes',
  'tags-through-lists': 'yes',
  'foreign-key-saved-twice': 'replaces',
  'post-archive-known': 'yes',
  'refusal-of-missing': '404:SoNotFoundException',
  'refusal-of-invalid': '400:SoValidationException',
  'refusal-of-duplicate': '400:SoDuplicateException',
  'mass-operations': 'granted',
  'refusal-of-mass-operation': '500:SoMassOperationException',
  'too-many-requests': 'never',
};

/** `404:SoNotFoundException` in its parts. */
export function statusAndType(refusal: `${number}:${string}`): [status: number, errorType: string] {
  const [status, errorType = ''] = refusal.split(':');
  return [Number(status), errorType];
}
