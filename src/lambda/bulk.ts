import { IndexUnavailableError } from './errors.js';

/** One document on its way into an index. */
export interface BulkDocument {
  /** The index. */
  readonly index: string;
  /** The document's id: the same at every delivery, so that a second one changes nothing. */
  readonly id: string;
  /** The document. */
  readonly source: Record<string, unknown>;
}

/** What the indexer needs of an OpenSearch client; the one of `@opensearch-project/opensearch` fits. */
export interface BulkClient {
  /**
   * Sends one `_bulk` request.
   *
   * @param request - The body: an action and a document in turn.
   * @returns One item for each document, in their order.
   */
  bulk(request: { body: Record<string, unknown>[] }): PromiseLike<{
    /** The answer. */
    readonly body: {
      /** One item for each document, under the name of its action. */
      readonly items: readonly Partial<Record<string, BulkItem>>[];
    };
  }>;
}

/** What OpenSearch says of one document. */
export interface BulkItem {
  /** The HTTP status of the document. */
  readonly status: number;
  /** Why it was not indexed. */
  readonly error?:
    | {
        /** The kind of error, such as `mapper_parsing_exception`. */
        readonly type: string;
        /** The same for people. */
        readonly reason?: string | null | undefined;
      }
    | undefined;
}

/**
 * Creates documents in one `_bulk` request.
 *
 * @param client - The client.
 * @param documents - At least one document.
 * @returns One item for each document, in their order.
 * @throws {@link IndexUnavailableError} where the request as a whole fails.
 */
export async function createDocuments(
  client: BulkClient,
  documents: readonly BulkDocument[],
): Promise<readonly BulkItem[]> {
  const body = documents.flatMap(({ index, id, source }) => [{ create: { _index: index, _id: id } }, source]);
  try {
    const { items } = (await client.bulk({ body })).body;
    // An item that is missing tells nothing: as 503 it is sent again.
    return documents.map((_, at) => items[at]?.create ?? { status: 503 });
  } catch (error) {
    throw new IndexUnavailableError(error);
  }
}

/** Whether the document is in the index: created now, or there since an earlier delivery. */
export const isIndexed = ({ status }: BulkItem): boolean => status < 300 || status === 409;

/** Whether the same document may be taken later. */
export const isRetriable = ({ status }: BulkItem): boolean => status === 429 || status >= 500;
