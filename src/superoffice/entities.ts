/** An RFC 6902 operation, the ones SuperOffice knows (writing.md, section 1.6). */
export interface PatchOperation {
  readonly op: 'add' | 'replace' | 'remove' | 'test';
  readonly path: string;
  readonly value?: unknown;
}
