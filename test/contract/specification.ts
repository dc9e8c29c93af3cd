import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the checks use of an OpenAPI 2.0 schema. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
}

/** Something that goes into a request. */
export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'body' | 'formData';
  readonly required?: boolean;
  readonly type?: string;
  readonly enum?: readonly string[];
  /** Of the body. */
  readonly schema?: Schema;
}

export interface Operation {
  readonly method: string;
  /** `/v1/Contact/{id}` */
  readonly path: string;
  readonly parameters: readonly Parameter[];
  /** Content types of the body, and of the answer; none for an operation without. */
  readonly consumes: readonly string[];
  readonly produces: readonly string[];
  /** By status; undefined for an answer without body. */
  readonly answers: ReadonlyMap<number, Schema | undefined>;
  readonly definitions: Readonly<Record<string, Schema>>;
}

interface DocumentedOperation {
  readonly parameters?: readonly Parameter[];
  readonly consumes?: readonly string[];
  readonly produces?: readonly string[];
  readonly responses: Readonly<Record<string, { readonly schema?: Schema }>>;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;
  readonly definitions?: Readonly<Record<string, Schema>>;
}

/** Every operation of the documents in a folder. */
export function readOperations(folder: string): Operation[] {
  return readdirSync(folder)
    .filter(name => name.endsWith('.json'))
    .flatMap(name => operationsOf(JSON.parse(readFileSync(join(folder, name), 'utf8')) as Document));
}

function operationsOf({ paths, definitions = {} }: Document): Operation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { responses, parameters = [], consumes = [], produces = [] }]) => ({
      method: method.toUpperCase(),
      path: path.replace(/^\/api/, ''),
      parameters,
      consumes,
      produces,
      answers: new Map(
        Object.entries(responses).map(([status, { schema }]) => [
          Number(status),
          // A schema without anything in it says as little as none.
          schema && Object.keys(schema).length > 0 ? schema : undefined,
        ]),
      ),
      definitions,
    })),
  );
}

/** True when the address is one of the pattern; `{…}` stands for any segment. */
export function matches(pattern: string, address: string): boolean {
  const wanted = segmentsOf(pattern);
  const given = segmentsOf(address);
  return (
    wanted.length === given.length &&
    wanted.every((segment, index) => segment.startsWith('{') || segment === given[index])
  );
}

/** The candidate that fits the address best: one with more literal segments wins. */
export function bestMatch<Candidate extends { readonly path: string }>(
  candidates: readonly Candidate[],
  address: string,
): Candidate | undefined {
  const literals = ({ path }: Candidate) =>
    segmentsOf(path).filter(segment => !segment.startsWith('{')).length;
  return candidates
    .filter(candidate => matches(candidate.path, address))
    .sort((a, b) => literals(b) - literals(a))[0];
}

function segmentsOf(address: string): string[] {
  return (address.split('?')[0] ?? '').toLowerCase().split('/');
}
