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

/** So many documents go in one request; one record full of tiny ones must not become a request that is refused. */
const REQUEST_DOCUMENTS = 5_000;

/**
 * Creates documents: in one `_bulk` request where they are not too many.
 *
 * @param client - The client.
 * @param documents - The documents.
 * @returns One item for each document, in their order.
 * @throws {@link IndexUnavailableError} where a request as a whole fails.
 */
export async function createDocuments(
  client: BulkClient,
  documents: readonly BulkDocument[],
): Promise<readonly BulkItem[]> {
  const items: BulkItem[] = [];
  for (let from = 0; from < documents.length; from += REQUEST_DOCUMENTS) {
    items.push(...(await send(client, documents.slice(from, from + REQUEST_DOCUMENTS))));
  }
  return items;
}

async function send(client: BulkClient, documents: readonly BulkDocument[]): Promise<readonly BulkItem[]> {
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

/** Errors that lie in the document itself, so that it will never be taken. */
const DOCUMENT_FAULTS = /^(mapper_parsing|document_parsing|strict_dynamic_mapping)_exception$/;

/**
 * Whether the document itself is refused for good. Everything else, such as a closed or write-protected index, is
 * the index's trouble, and passes when somebody mends that.
 */
export const isRefused = ({ error }: BulkItem): boolean => DOCUMENT_FAULTS.test(error?.type ?? '');
