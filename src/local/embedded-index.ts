import type { BulkItem } from '../lambda/bulk-client.js';

/** A document index in memory that takes the place of OpenSearch on one machine. */
export interface EmbeddedIndex {
  /**
   * Takes one `_bulk` request, as an indexer sends it.
   *
   * @param request - Its body: newline-delimited JSON, an action and a document in turn; and the index of those
   *   whose action names none.
   * @returns One item for each document, in their order.
   */
  bulk(request: {
    /** The index of the documents that name none. */
    readonly index?: string | undefined;
    /** The lines. */
    readonly body: string | Buffer;
  }): Promise<{
    /** The answer. */
    readonly body: {
      /** What became of each document. */
      readonly items: readonly {
        /** The status of it. */
        readonly create: BulkItem;
      }[];
    };
  }>;
  /**
   * Looks a document up.
   *
   * @param index - Name of the index.
   * @param id - Id of the document.
   * @returns The document, or `undefined`.
   */
  get(index: string, id: string): Readonly<Record<string, unknown>> | undefined;
  /**
   * Counts the documents that an index holds now.
   *
   * @param index - Name of the index.
   * @returns Their number; 0 for an index that does not exist.
   */
  count(index: string): number;
}

/**
 * Makes an embedded index, which understands the `create` actions of `_bulk` as OpenSearch does: a document whose
 * id is there already is a conflict and changes nothing.
 *
 * @param capacity - How many documents each index holds; one more forgets the oldest, which the archive still has.
 *   Default 100,000.
 * @returns The index, empty.
 *
 * @example
 * ```ts
 * import { createIndexer } from 'liveheartrate/lambda';
 * import { embeddedIndex } from 'liveheartrate/local';
 *
 * const client = embeddedIndex();
 * const indexer = createIndexer({ client, index: 'heart_rate', metrics: false });
 * const data = btoa('{"timestamp":"2026-11-23T10:00:00.000Z","heart_rate":72}');
 * await indexer({ Records: [{ eventID: 'shard:1', kinesis: { data, sequenceNumber: '1' } }] });
 * client.get('heart_rate-2026.11.23', 'shard:1:0')?.['heart_rate']; // => 72
 * ```
 */
export function embeddedIndex(capacity = 100_000): EmbeddedIndex {
  const indices = new Map<string, Map<string, Record<string, unknown>>>();

  function create(index: string, id: string, source: Record<string, unknown>): BulkItem {
    const documents = indices.get(index) ?? new Map();
    indices.set(index, documents);
    if (documents.has(id)) return { status: 409, error: { type: 'version_conflict_engine_exception' } };
    documents.set(id, source);
    // A Map keeps its insertion order, so its first key is the oldest document.
    if (documents.size > capacity) documents.delete(documents.keys().next().value);
    return { status: 201 };
  }

  return {
    async bulk({ index: all = '', body }) {
      const lines = String(body).split('\n');
      const items: { create: BulkItem }[] = [];
      for (let at = 0; at + 1 < lines.length; at += 2) {
        const { create: into } = readLine(lines[at]) as { create: { _index?: string; _id: string } };
        items.push({ create: create(into._index ?? all, into._id, readLine(lines[at + 1])) });
      }
      return { body: { items } };
    },
    get: (index, id) => indices.get(index)?.get(id),
    count: (index) => indices.get(index)?.size ?? 0,
  };
}

const readLine = (line = '') => JSON.parse(line) as Record<string, unknown>;
