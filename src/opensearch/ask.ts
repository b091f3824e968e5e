import { LiveHeartRateError } from '../errors.js';
import { IndexUnavailableError } from './errors.js';

/** What is asked of OpenSearch. */
export interface OpenSearchRequest {
  /** HTTP method. */
  readonly method: string;
  /** Path of the URL. */
  readonly path: string;
  /** Parameters of the URL, where there are any. */
  readonly querystring?: Record<string, string>;
  /** Body, where there is one. */
  readonly body?: Record<string, unknown>;
}

/** What {@link prepareIndex} and {@link summarize} need of an OpenSearch client; the one of `@opensearch-project/opensearch` fits. */
export interface TransportClient {
  /** The part of the client that sends any request. */
  readonly transport: {
    /**
     * Sends one request; rejects where the answer is an error.
     *
     * @param request - Method, path and body.
     * @returns The answer.
     */
    request(request: OpenSearchRequest): PromiseLike<{
      /** The answer. */
      readonly body: unknown;
    }>;
  };
}

/**
 * Asks, and tells what does not concern the caller as an error.
 *
 * @param missing - The statuses that mean "there is none", answered as `undefined`.
 */
export async function ask<Body>(
  client: TransportClient,
  request: OpenSearchRequest,
  missing: readonly number[] = [],
): Promise<Body | undefined> {
  try {
    return (await client.transport.request(request)).body as Body;
  } catch (cause) {
    // Such as credentials that are missing: it tells what to do, and nothing was sent.
    if (cause instanceof LiveHeartRateError) throw cause;
    const error = new IndexUnavailableError(cause);
    if (error.status !== undefined && missing.includes(error.status)) return undefined;
    throw error;
  }
}
