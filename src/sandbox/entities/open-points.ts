/**
 * What the documents leave open, one decision each. Where a reader of the API could be surprised the stricter or the
 * more literal reading was taken, so that a client that works here does not depend on luck. What a sandbox can be started
 * with either way stands in ../quirks.ts.
 */

/** writing.md, section 1.5: the effect of leaving a property out of a PUT is open. "PUT replaces the whole entity" is taken literally. */
export const putClearsOmitted = true;

/** writing.md, section 1.2: POST with an id saves that record; whether defaults are laid under the body is open. Here what the body leaves out stays. */
export const postWithIdKeepsOmitted = true;

/** writing.md, section 1.3: no overlay over defaults is promised for `Save…Entity` of the agents, so there is none. */
export const agentSaveOverlaysDefaults = false;

/** writing.md, section 1.6: a reference is cleared by null, or by a carrier whose id is this. */
export const clearedReference = 0;

/** writing.md, section 1.6: whether patched `CreatedBy`, `UpdatedBy` and dates stick is open. Read-only properties are passed over in silence. */
export const readOnlyWritesAreRefused = false;

/** writing.md, section 1.6: a merge patch "does not set" a property that is null; whether it says so is open. Here it is silent. */
export const mergePatchIntoNullIsRefused = false;

/** writing.md, section 1.4: `UIHintMandatory` is a hint; whether a save enforces it is open. Only `Validate` tells it here. */
export const saveEnforcesMandatoryHints = false;

/** writing.md, section 7.1: lengths are known, but not whether a longer text is cut or refused. Refused, so that no data gets lost unseen. */
export const tooLongErrorType = 'SoValidationException';

/** The documents do not say how an id that does not exist is refused; this is the type of the recorded 400 (reading.md, section 6.1). */
export const badArgumentErrorType = 'ArgumentException';

/** writing.md, section 1.6: a failed `test` is 409; the name of its exception is open. */
export const testFailedErrorType = 'SoIllegalOperationException';

/** writing.md, section 9: 412 has no documented body. */
export const changedSinceErrorType = 'SoIllegalOperationException';

/** writing.md, section 1.7: deleting what is not there is open for REST; the agents answer 204 for everything. */
export const deleteOfMissingIs404 = true;

/** writing.md, section 2: "spaces stripped" is all that is said of `StrippedValue` and `searchPhoneNumber`. */
export function stripped(value: string): string {
  return value.replace(/\s+/g, '');
}

/** writing.md, section 1.3: numbers are allocated; the recorded default was `10148`. This plus the record's id is unique and needs no counter of its own. */
export const firstAllocatedNumber = 10_000;

/** writing.md, section 9: rule names of duplicate entries are not listed. */
export const duplicateRuleName = 'NameDepartment';

/** writing.md, section 2: the layouts of `LocalizedAddress` per country are not in the documents: one layout serves all. */
export const addressLayout: readonly (readonly [field: AddressField, label: string])[][] = [
  [['Address1', 'SR_AL_ADDRESS1']],
  [['Address2', 'SR_AL_ADDRESS2']],
  [['Address3', 'SR_AL_ADDRESS3']],
  [
    ['Zipcode', 'SR_AL_POSTCODECITY'],
    ['City', ''],
  ],
  [
    ['County', 'SR_AL_COUNTY'],
    ['State', 'SR_AL_STATE'],
  ],
];
export type AddressField = 'Address1' | 'Address2' | 'Address3' | 'City' | 'County' | 'State' | 'Zipcode';

/** reading.md, section 11.3: checkboxes show a resource id; how it reads in each language is not documented, English stands for all. */
export const yesNo = { raw: ['[SR_NO]', '[SR_YES]'], translated: ['No', 'Yes'] } as const;

/** writing.md, section 2: allowed stages depend on the sale type; whether a save enforces it is open. The stricter reading. */
export const stageMustBeOfSaleType = true;

/** writing.md, section 2: what follows when `Amount` is sent without the two others. The percentage stays, the earning follows. */
export const followsAmount: 'Earning' | 'EarningPercent' = 'Earning';

/** The specs: the person of a sale "must be registered on the current contact". Whether a save enforces it is open; it does not here. */
export const salePersonMustBeOfContact = false;

/** writing.md, section 1.3: the default date of a new sale is not listed. The day of the request, without a time. */
export function newSaleDate(now: Date): string {
  return `${now.toISOString().slice(0, 10)}T00:00:00`;
}

/** writing.md, section 1.3: a default currency of new sales is not listed. They get the first of the list, as of other lists. */
export const newSaleHasCurrency = true;

/** The documents do not say which country a person gets that is sent without one: the company's. */
export const personCountryFollowsCompany = true;

/**
 * writing.md, section 2: `Title` and `Description` are listed as properties of their own; the one recorded appointment
 * shows the same text in both. Two texts, as listed.
 */
export const titleAndDescriptionShareOneText = false;

/**
 * writing.md, section 2: whether `EndDate` and `ActiveDate` follow a changed `StartDate` is open. A new follow-up gets
 * both from its start; later each is what was sent last.
 */
export const changedStartMovesRest = false;

/** writing.md, section 1.3: preferences hold the lengths of new follow-ups; their values are not listed. In minutes. */
export const appointmentLengths = { Appointment: 60, Phone: 30, ToDo: 0 } as const;

/** writing.md, section 4: 94.4 MB; whether of 1000 or of 1024 is open. The smaller one, in bytes. */
export const documentLimit = 94_400_000;

/**
 * writing.md, section 4: the archive may amend a file name on a collision and for restricted characters; the rules are per
 * plug-in and not listed. Here: a name is a suggestion until its content comes, then it is the name of a file. Restricted
 * characters become `_`; a name that another document with content has, in any case of letters, gets a number before its
 * extension. A later change of `Name` renames the file by the same rules.
 */
export const archiveFileNames = {
  restricted: /[<>:"/\\|?*\p{Cc}]/gu,
  replacement: '_',
  numbered: (stem: string, number: number) => `${stem}_${number}`,
} as const;

/** writing.md, section 4: whether content can be changed while somebody else has the document checked out is open. Refused. */
export const checkedOutErrorType = 'SoIllegalOperationException';

/** Neither docs nor specs say what content is answered for a document that has none yet: 404 under this name. */
export const missingContentErrorType = 'SoFileNotFoundException';

/** writing.md, section 1.3: locking of new documents is the plug-in's; which one the box has is ours to say. */
export const newDocumentLockSemantics = 'Locking';

/** writing.md, section 5.1: what a ticket starts with is not documented beyond its type. Internal, so that nothing shows in the customer centre by accident. */
export const ticketDefaults = { slevel: 'Internal', origin: 'API' } as const;
