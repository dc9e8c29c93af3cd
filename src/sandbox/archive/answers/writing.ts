/** How the rows of an OData answer are written. */
export interface Writing {
  /** Property name of a column. */
  readonly keyOf: (name: string) => string;
  /** What dates end in. */
  readonly zone: '' | 'Z';
}
