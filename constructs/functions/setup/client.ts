import type { OpenSearchAuth, OpenSearchRequest } from '../../../src/opensearch/index.js';
import { openSearchClient } from '../../../src/opensearch/index.js';
import { readCredentials } from '../credentials.js';
import { within } from '../within.js';
import type { Properties } from './properties.js';

/** What is asked: as of the library's client, and what Dashboards wants in addition. */
interface SetupRequest extends Omit<OpenSearchRequest, 'body'> {
  readonly body?: Record<string, unknown> | string;
  readonly headers?: Record<string, string>;
}

/** A client each request of which ends. */
export interface SetupClient {
  readonly transport: { request(request: SetupRequest): Promise<{ readonly body: unknown }> };
  close(): Promise<void>;
}

/** Milliseconds for one request. */
const TIMEOUT = 15_000;

/**
 * Makes a client of the endpoint, or of the Dashboards, that properties name.
 *
 * @param signal - Nothing is asked any more once that is aborted.
 */
export function clientOf(endpoint: string, auth: OpenSearchAuth, signal: AbortSignal): SetupClient {
  const client = openSearchClient({ endpoint, auth });
  return {
    transport: {
      async request({ headers, body, ...request }) {
        signal.throwIfAborted();
        const call = client.transport.request(
          { ...request, ...(body !== undefined && { body }) },
          { requestTimeout: TIMEOUT, ...(headers && { headers }) },
        );
        // The client stops watching the time once an answer has begun.
        const { body: answer } = await within(TIMEOUT, call, () => call.abort?.());
        return { body: answer };
      },
    },
    close: () => client.close(),
  };
}

/** How the endpoint is asked: `es`, `aoss`, `basic` with a secret, or `none`. */
export async function authOf(properties: Properties): Promise<OpenSearchAuth> {
  const word = properties.word('auth', ['es', 'aoss', 'basic', 'none']);
  if (word === 'basic') return readCredentials(properties.needed('secretArn'));
  return word === 'none' ? 'none' : { service: word };
}
