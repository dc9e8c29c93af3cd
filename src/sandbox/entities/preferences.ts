/** Preferences of a SuperOffice that entities obey, under their names there (writing.md, sections 1.3 and 1.4). */
export const preferences = {
  /** A person must belong to a company. The documented default. */
  MandatoryContactOnPerson: true,
  /** Section Functions/Defaults. Their values in the box: the first item of the list that is not deleted, by rank. */
  DefaultBusiness: 'first',
  DefaultCategory: 'first',
  DefaultCountry: 'first',
  DefaultProjectType: 'first',
  DefaultProjectStatus: 'first',
  /** The first stage of the sale type. */
  DefaultSaleProb: 'first',
  /** The first task of the type. */
  DefaultAppointmentAppointTaskId: 'first',
  DefaultAppointmentPhoneTaskId: 'first',
  DefaultAppointmentToDoTaskId: 'first',
  /** The first template for documents. */
  DefaultDocumentType: 'first',
} as const;
