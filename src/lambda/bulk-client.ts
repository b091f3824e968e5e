import { IndexUnavailableError } from '../opensearch/errors.js';
import type { Chunk } from './chunk.js';

/** What the indexer needs of an OpenSearch client. */
export interface BulkClient {
  /**
   * Sends one `_bulk` request.
   *
   * @param request - The body, newline-delimited JSON; the index of what names none in it; which fields of the
   *   answer are wanted; and whether the documents are to be searchable at once.
   * @param options - How to send it.
   * @returns One item for each document, in their order.
   */
  bulk(
    request: {
      /** The index of the documents that name none. */
      readonly index: string | undefined;
      /** The lines, in UTF-8. */
      readonly body: Buffer;
      /** Which fields of the answer are wanted. */
      readonly filterPath: string;
      /** How long to wait for a shard that is not there, so that the documents of the others are answered in time. */
      readonly timeout: string;
      /** Whether the documents are to be found by the next search, not only after the next refresh. */
      readonly refresh: boolean;
    },
    options: { readonly requestTimeout: number; readonly maxRetries: 0; readonly compression?: 'gzip' },
  ): BulkCall;
}

/** The part of the official client that sends any request. */
export interface BulkTransport {
  /** Sends it. */
  readonly transport: {
    /**
     * Sends one request.
     *
     * @param request - What is asked.
     * @param options - How to send it.
     * @returns The answer.
     */
    request(
      request: {
        readonly method: string;
        readonly path: string;
        readonly querystring: Record<string, string>;
        readonly bulkBody: Buffer;
      },
      options: Parameters<BulkClient['bulk']>[1],
    ): BulkCall;
  };
}

/** The client's own `bulk` would send a body that is ready by PUT, which needs a right more. */
export function bulkClientOf(client: BulkClient | BulkTransport): BulkClient {
  if (!('transport' in client)) return client;
  return {
    bulk({ index, body, filterPath, timeout, refresh }, options) {
      const path = index === undefined ? '/_bulk' : `/${encodeURIComponent(index)}/_bulk`;
      const querystring = { filter_path: filterPath, timeout, ...(refresh && { refresh: 'true' }) };
      return client.transport.request({ method: 'POST', path, querystring, bulkBody: body }, options);
    },
  };
}

/** A request on its way. */
export interface BulkCall
  extends PromiseLike<{
    /** The answer. */
    readonly body: {
      /** Whether any document was not created. */
      readonly errors?: boolean;
      /** One item for each document, under the name of its action. */
      readonly items?: readonly Partial<Record<string, BulkItem>>[];
    };
  }> {
  /**
   * Gives it up.
   *
   * @returns Whatever it returns; it is not looked at.
   */
  abort?(): unknown;
}

/** What OpenSearch says of one document. */
export interface BulkItem {
  /** The HTTP status of the document. */
  readonly status: number;
  /** Why it was not indexed; absent where it was. */
  readonly error?:
    | {
        /** The kind of error, such as `mapper_parsing_exception`. */
        readonly type: string;
        /** The same for people, where OpenSearch says it; it may hold values of the document. */
        readonly reason?: string | null | undefined;
      }
    | undefined;
}

/** Of an answer only this is read, so only this need be written, sent and parsed. */
const FILTER_PATH = 'errors,items.create.status,items.create.error.type,items.create.error.reason';
/** The part of the time for that. */
const SHARD_PART = 0.5;
/** From so many bytes on it is worth the time to compress a body. */
const COMPRESS_FROM = 2 ** 20;

/**
 * Sends one request.
 *
 * @param client - The client.
 * @param chunk - The documents.
 * @param timeout - After how many milliseconds it is given up.
 * @param refresh - Whether the documents are to be searchable at once.
 * @returns One item for each document, in their order.
 * @throws {@link IndexUnavailableError} where the request as a whole fails.
 */
export async function sendBulk(
  client: BulkClient,
  { documents, index, body }: Chunk,
  timeout: number,
  refresh: boolean,
): Promise<BulkItem[]> {
  let timer: NodeJS.Timeout | undefined;
  try {
    const call = client.bulk(
      { index, body, filterPath: FILTER_PATH, timeout: `${Math.ceil(timeout * SHARD_PART)}ms`, refresh },
      {
        requestTimeout: timeout,
        maxRetries: 0,
        ...(body.length >= COMPRESS_FROM && { compression: 'gzip' }),
      },
    );
    // The client stops watching the time once an answer has begun.
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new DOMException('No whole answer in time.', 'TimeoutError'));
        call.abort?.();
      }, timeout);
    });
    const { errors, items } = (await Promise.race([call, late])).body;
    if (errors === false) return documents.map(() => CREATED);
    if (items?.length !== documents.length) throw new TypeError('The answer is none of OpenSearch.');
    // An item that is missing tells nothing: as 503 it is sent again.
    return items.map((item) => (typeof item.create?.status === 'number' ? item.create : { status: 503 }));
  } catch (error) {
    throw new IndexUnavailableError(error);
  } finally {
    clearTimeout(timer);
  }
}

const CREATED: BulkItem = { status: 201 };
