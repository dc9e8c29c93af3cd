import type { Experiment } from './probe/experiment.ts';

/** One thing that the documents leave open and that sic rests on. */
export interface OpenPoint {
  readonly question: string;
  /** Every answer there is; null: a number, or a status and an exception such as `404:SoNotFoundException`. */
  readonly answers: readonly string[] | null;
  /** What sic takes for the answer until a tenant was asked. */
  readonly default: string;
  /** The part of sic that follows the answer, or why none has to. */
  readonly followedBy: string;
  /** Settles it with records of its own. Loaded when it is wanted. */
  readonly experiment: () => Promise<{ readonly experiment: Experiment }>;
}

/**
 * The open points of reading.md (section 15) and writing.md (section 12) that the design rests on, in the order in which
 * they are tried.
 */
export const openPoints = {
  'post-archive-known': {
    question: 'Can long queries be sent to an archive by POST?',
    answers: ['yes', 'no'],
    default: 'yes',
    followedBy: 'archive-reader.ts: no → long queries go to the Archive agent at once',
    experiment: () => import('./probe/post-archive.ts'),
  },
  'values-in-one-in': {
    question: 'How many values may one `in (…)` hold? Tried from 100 down.',
    answers: null,
    default: '100',
    followedBy: 'import/file-run.ts and records/keys.ts: so many rows are looked up together',
    experiment: () => import('./probe/values-in-one-in.ts'),
  },
  'string-filters-ignore-case': {
    question: 'Do filters on texts ignore letter case?',
    answers: ['yes', 'no'],
    default: 'yes',
    followedBy:
      'records/keys.ts compares keys exactly whatever is found; export/where/push.ts: no → texts are compared by sic alone',
    experiment: () => import('./probe/case-of-filters.ts'),
  },
  'patch-keeps-custom-fields': {
    question: 'Does a PATCH of some custom fields leave the others as they are?',
    answers: ['yes', 'no'],
    default: 'yes',
    followedBy: 'records.ts: no → the present ones are read first and sent along',
    experiment: () => import('./probe/custom-fields-in-patch.ts'),
  },
  'cleared-reference': {
    question: 'What empties a reference in a PATCH: id 0 or null?',
    answers: ['id-0', 'null', 'either', 'neither'],
    default: 'id-0',
    followedBy: 'import/apply/encode.ts: null → null is sent in place of id 0',
    experiment: () => import('./probe/cleared-reference.ts'),
  },
  'cleared-date': {
    question: 'What empties a date among the custom fields: the first day of year 1 or an empty text?',
    answers: ['year-one', 'empty-text', 'either', 'neither'],
    default: 'year-one',
    followedBy: 'import/apply/encode.ts: empty-text → an empty text is sent',
    experiment: () => import('./probe/cleared-date.ts'),
  },
  'partial-interests-unselect': {
    question: 'Does an array of some interests in a PATCH unselect the others?',
    answers: ['yes', 'no'],
    default: 'yes',
    followedBy: 'records.ts adds interests through the agent, which does not care',
    experiment: () => import('./probe/partial-interests.ts'),
  },
  'post-takes-address': {
    question: 'Does a new company keep the address that is posted with it?',
    answers: ['yes', 'no'],
    default: 'yes',
    followedBy: 'records.ts: no → the address follows in a PATCH',
    experiment: () => import('./probe/address-in-post.ts'),
  },
  'rating-moves-probability': {
    question: 'Does a new stage of a sale bring its probability along?',
    answers: ['yes', 'no'],
    default: 'no',
    followedBy: 'import/rules/sale-stage.ts sends both',
    experiment: () => import('./probe/stage-and-probability.ts'),
  },
  'earning-recalculated': {
    question: 'Does the percentage follow an earning that is sent alone?',
    answers: ['yes', 'no'],
    default: 'no',
    followedBy: 'import/rules/sale-earning.ts sends amount, percentage and earning together',
    experiment: () => import('./probe/earning.ts'),
  },
  'content-put-replaces': {
    question: 'Does a second PUT of a document’s file replace the first?',
    answers: ['yes', 'no'],
    default: 'yes',
    followedBy: 'contents.ts: no → the file that is there is deleted first',
    experiment: () => import('./probe/content-twice.ts'),
  },
  'archive-amends-names': {
    question: 'Does the document archive amend file names that collide or hold special characters?',
    answers: ['yes', 'no'],
    default: 'yes',
    followedBy: 'import/apply/apply.ts notes the name that a file was kept under',
    experiment: () => import('./probe/file-names.ts'),
  },
  'message-created-at-honoured': {
    question: 'Does a new message keep the date that is posted with it?',
    answers: ['yes', 'no'],
    default: 'yes',
    followedBy: 'import/rules/message-parts.ts sends it with new messages and never compares it',
    experiment: () => import('./probe/message-date.ts'),
  },
  'attachment-list-sizes': {
    question: 'Does the list of a message’s attachments tell their sizes?',
    answers: ['yes', 'no'],
    default: 'yes',
    followedBy:
      'import/rules/message-parts.ts: no → attachments of the same name are compared by content alone',
    experiment: () => import('./probe/attachment-sizes.ts'),
  },
  'tags-through-lists': {
    question: 'Can tags of requests be made through the list endpoints?',
    answers: ['yes', 'no'],
    default: 'yes',
    followedBy: 'lists.ts: no → a row with a new tag is rejected before anything is written',
    experiment: () => import('./probe/tags.ts'),
  },
  'foreign-key-saved-twice': {
    question: 'Does a foreign key that is saved twice replace the first, or stand beside it?',
    answers: ['replaces', 'adds', 'refused'],
    default: 'replaces',
    followedBy: 'foreign-keys.ts saves a key once per record, and again only with the same value',
    experiment: () => import('./probe/foreign-key-twice.ts'),
  },
  'refusal-of-missing': {
    question: 'With which status and exception is a record refused that is not there?',
    answers: null,
    default: '404:SoNotFoundException',
    followedBy: 'foreign-keys.ts: tells an application that is not there from a failure',
    experiment: () => import('./probe/refusal-of-missing.ts'),
  },
  'refusal-of-invalid': {
    question: 'With which status and exception is a text refused that is too long?',
    answers: null,
    default: '400:SoValidationException',
    followedBy: 'refusal.ts shows the server’s own words for every exception',
    experiment: () => import('./probe/refusal-of-invalid.ts'),
  },
  'refusal-of-duplicate': {
    question: 'With which status and exception is a name refused that is taken?',
    answers: null,
    default: '400:SoDuplicateException',
    followedBy: 'lists.ts: a list item that somebody else added meanwhile is looked up',
    experiment: () => import('./probe/refusal-of-duplicate.ts'),
  },
  'upsert-row-status-order': {
    question: 'Does the RowStatus of a mass upsert keep the order of the rows?',
    answers: ['yes', 'no', 'not-available'],
    default: 'no',
    followedBy: 'import/bulk tells rows apart by their keys, whatever their order',
    experiment: () => import('./probe/upsert-order.ts'),
  },
  'mass-operations': {
    question: 'Does the agent DatabaseTable take something from who is signed in?',
    answers: ['granted', 'refused'],
    default: 'granted',
    followedBy: 'import/bulk: refused → updates are written one by one, unless --strategy bulk asks for it',
    experiment: () => import('./probe/mass-operations.ts'),
  },
  'refusal-of-mass-operation': {
    question:
      'With which status and exception does a mass operation fail, or is it answered as unsuccessful?',
    answers: null,
    default: '500:SoMassOperationException',
    followedBy: 'import/bulk looks again at every row of it, however it fails',
    experiment: () => import('./probe/refusal-of-mass-operation.ts'),
  },
  'too-many-requests': {
    question: 'Does SuperOffice answer 429 to many requests at once? Only tried with --rate.',
    answers: ['429', 'never'],
    default: '429',
    followedBy: 'http.ts waits as long as it is told, and tries again',
    experiment: () => import('./probe/too-many-requests.ts'),
  },
} as const satisfies Readonly<Record<string, OpenPoint>>;

export type OpenPointName = keyof typeof openPoints;

/** The table as an index of its names. */
export const openPointNamed: Readonly<Record<OpenPointName, OpenPoint>> = openPoints;

export const openPointNames = Object.keys(openPoints).filter(isOpenPoint);

/** Answers by name, as they are kept per tenant. What is not in it is not settled. */
export type Answers = ReadonlyMap<OpenPointName, string>;

/** What of the answers makes a difference to sic. */
export interface OpenPoints {
  readonly postArchiveKnown: boolean;
  /** Most values that one filter may list. */
  readonly valuesInOneIn: number;
  readonly textFiltersIgnoreCase: boolean;
  readonly patchKeepsCustomFields: boolean;
  readonly clearedReference: 'id-0' | 'null';
  readonly clearedDate: 'year-one' | 'empty-text';
  readonly postTakesAddress: boolean;
  readonly contentPutReplaces: boolean;
  readonly attachmentListSizes: boolean;
  readonly tagsThroughLists: boolean;
  readonly massOperationsGranted: boolean;
  /** `404:SoNotFoundException`: see `isRefusal`. */
  readonly refusalOfMissing: string;
  readonly refusalOfDuplicate: string;
}

/** What sic goes by with a tenant that gave these answers; the defaults for the rest. */
export function openPointsFrom(answers: Answers): OpenPoints {
  const answer = (name: OpenPointName): string => answers.get(name) ?? openPoints[name].default;
  return {
    postArchiveKnown: answer('post-archive-known') === 'yes',
    valuesInOneIn: Number(answer('values-in-one-in')),
    textFiltersIgnoreCase: answer('string-filters-ignore-case') === 'yes',
    patchKeepsCustomFields: answer('patch-keeps-custom-fields') === 'yes',
    clearedReference: answer('cleared-reference') === 'null' ? 'null' : 'id-0',
    clearedDate: answer('cleared-date') === 'empty-text' ? 'empty-text' : 'year-one',
    postTakesAddress: answer('post-takes-address') === 'yes',
    contentPutReplaces: answer('content-put-replaces') === 'yes',
    attachmentListSizes: answer('attachment-list-sizes') === 'yes',
    tagsThroughLists: answer('tags-through-lists') === 'yes',
    massOperationsGranted: answer('mass-operations') === 'granted',
    refusalOfMissing: answer('refusal-of-missing'),
    refusalOfDuplicate: answer('refusal-of-duplicate'),
  };
}

/** What sic goes by with a tenant that nobody has probed. */
export const defaultOpenPoints: OpenPoints = openPointsFrom(new Map());

/** Answers that were kept, without those that this version of sic does not know or cannot use. */
export function readAnswers(kept: Readonly<Record<string, string>>): Answers {
  const answers = new Map<OpenPointName, string>();
  for (const [name, answer] of Object.entries(kept))
    if (isOpenPoint(name) && isAnswer(name, answer)) answers.set(name, answer);
  return answers;
}

/** Can this be the answer to that point? */
export function isAnswer(name: OpenPointName, answer: string): boolean {
  const { answers, default: usual } = openPointNamed[name];
  if (answers !== null) return answers.includes(answer);
  return /^\d+$/.test(usual) ? /^[1-9]\d{0,2}$/.test(answer) : /^(?:\d{3}:\w*|unsuccessful)$/.test(answer);
}

/** Is a refusal the one that was found out: its status and its exception? */
export function isRefusal(
  { status, errorType }: { readonly status: number; readonly errorType: string },
  found: string,
): boolean {
  return status >= 400 && found === refusalText(status, errorType);
}

/** `404:SoNotFoundException`; nothing behind the colon when the answer named no exception. */
export function refusalText(status: number, errorType: string): string {
  return `${status}:${errorType}`;
}

function isOpenPoint(name: string): name is OpenPointName {
  return Object.hasOwn(openPoints, name);
}
