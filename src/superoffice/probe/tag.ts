import { numberOf } from '../json.ts';
import { ListStore } from '../list-store.ts';
import type { Bench } from './bench.ts';

/** Adds a tag, which is marked as deleted at the end: items of lists never go away altogether. */
export async function addTag(bench: Bench, name: string): Promise<void> {
  const store = new ListStore(bench.http);
  const list = await store.addressOf('tags');
  await bench.makeOther(
    'Tag',
    () => store.add('tags', name),
    tag => [numberOf(tag, 'Id'), `/v1/List/${list}/Items/${numberOf(tag, 'Id')}`],
  );
}
