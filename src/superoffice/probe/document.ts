import { isObject, numberOf, textOf } from '../json.ts';
import type { Bench } from './bench.ts';
import { fileOf } from './bench.ts';

/** A document record without a file. Its file is deleted before it, so that none stays in the archive. */
export async function makeDocument(bench: Bench, name: string): Promise<number> {
  const { id } = await bench.make('Document', { Header: bench.mark, Name: name });
  bench.deleteLater('Content of document', id, `/v1/Document/${id}/Content`);
  return id;
}

/** Gives the document a file of this text; answers the name that the archive keeps it under. */
export async function putContent(bench: Bench, id: number, text: string): Promise<string> {
  const path = `/v1/Document/${id}/Content`;
  const json = await bench.send({ kind: 'repeatable', method: 'PUT', path, upload: fileOf(text) });
  return isObject(json) ? textOf(json, 'Name') : '';
}

/** Bytes of the document's file. */
export async function lengthOf(bench: Bench, id: number): Promise<number> {
  const json = await bench.send({ kind: 'read', method: 'GET', path: `/v1/Document/${id}/Length` });
  return numberOf({ json }, 'json');
}
