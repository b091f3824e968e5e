import { isDeepStrictEqual } from 'node:util';
import type { Client } from '@opensearch-project/opensearch';

/** One document as it is in an index. */
export interface Hit {
  readonly id: string;
  readonly source: Record<string, unknown>;
}

/** Reads all documents of an index, or of an alias or pattern of several. */
export async function* readIndex(client: Client, index: string): AsyncGenerator<Hit> {
  await client.indices.refresh({ index });
  const scroll = '1m';
  let { body } = await client.search({ index, scroll, size: 5_000, body: { sort: ['_doc'] } });
  while (body.hits.hits.length > 0) {
    for (const { _id: id = '', _source = {} } of body.hits.hits) yield { id, source: _source };
    ({ body } = await client.scroll({ body: { scroll, scroll_id: body._scroll_id ?? '' } }));
  }
}

/** So many examples of a difference tell enough. */
const EXAMPLES = 5;

/** How what was found differs from what was expected: nothing but empty lists where it does not. */
export async function differences<Value>(
  found: AsyncIterable<readonly [key: string, value: Value]>,
  expected: ReadonlyMap<string, Value>,
) {
  const missing = new Set(expected.keys());
  const twice: string[] = [];
  const unexpected: string[] = [];
  const changed: [string, Value, Value | undefined][] = [];
  for await (const [key, value] of found) {
    if (!expected.has(key)) unexpected.push(key);
    else if (!missing.delete(key)) twice.push(key);
    else if (!isDeepStrictEqual(value, expected.get(key))) changed.push([key, value, expected.get(key)]);
  }
  const some = <Item>(items: Iterable<Item>) => [...items].slice(0, EXAMPLES);
  return {
    missing: some(missing),
    twice: some(twice),
    unexpected: some(unexpected),
    changed: some(changed),
  };
}

/** No difference. */
export const none = { missing: [], twice: [], unexpected: [], changed: [] };
