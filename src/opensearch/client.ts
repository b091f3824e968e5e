import { Client } from '@opensearch-project/opensearch';
import { InvalidArgumentError } from '../errors.js';
import { defaultAuth, type OpenSearchAuth } from './auth.js';
import { authenticate } from './authenticate.js';

/** Which OpenSearch, and how it is asked. */
export interface OpenSearchOptions {
  /**
   * URL of the endpoint, such as `https://search.example.com`. Default: the environment's `OPENSEARCH_ENDPOINT`.
   * A `user:password@` in it counts where there is no `auth`.
   */
  readonly endpoint?: string;
  /**
   * How requests are authenticated. Default: as the environment's `OPENSEARCH_AUTH` says, `none`, `basic`, `es` or
   * `aoss`. Without it: by the user in the URL, else `OPENSEARCH_USERNAME` and `OPENSEARCH_PASSWORD`; else signed,
   * where the host is one of Amazon OpenSearch Service or Serverless; else not at all.
   */
  readonly auth?: OpenSearchAuth;
}

/** Milliseconds. */
const REQUEST_TIMEOUT = 10_000;
/** Nobody else listens there. */
const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/;

/**
 * Makes a client of OpenSearch, of Amazon OpenSearch Service or Serverless: the official one, ready for Lambda.
 * It needs no AWS SDK. It keeps connections, gives a request up after 10 s (`requestTimeout` of a call says otherwise),
 * retries nothing, and does nothing in the background.
 *
 * @param options - The endpoint and how to authenticate; both have defaults in the environment.
 * @returns The client. A call fails with `InvalidArgumentError` where it is to be signed without credentials.
 * @throws `InvalidArgumentError` where an option or the environment cannot be used, or a secret would go over
 *   plain HTTP to another machine.
 *
 * @example
 * ```ts no-run
 * import { openSearchClient } from 'liveheartrate/opensearch';
 *
 * const client = openSearchClient({
 *   endpoint: 'https://search-hearts-abc.eu-central-1.es.amazonaws.com',
 *   auth: { service: 'es' },
 * });
 * const { body } = await client.count({ index: 'heart_rate' });
 * console.log(body.count);
 * ```
 */
export function openSearchClient(options: OpenSearchOptions = {}): Client {
  const endpoint = options.endpoint ?? process.env.OPENSEARCH_ENDPOINT ?? '';
  if (!/^https?:\/\//.test(endpoint) || !URL.canParse(endpoint)) {
    throw new InvalidArgumentError(
      'endpoint, or OPENSEARCH_ENDPOINT in the environment, must be a URL such as https://search.example.com.',
    );
  }
  const url = new URL(endpoint);
  const auth = options.auth ?? defaultAuth(url);
  if (auth !== 'none' && url.protocol === 'http:' && !LOOPBACK.test(url.hostname)) {
    throw new InvalidArgumentError(
      "Credentials are not sent over plain HTTP: use an endpoint with https://, or auth 'none'.",
    );
  }
  return new Client({
    // Without the user: that is in auth.
    node: `${url.origin}${url.pathname}`,
    maxRetries: 0,
    resurrectStrategy: 'none',
    requestTimeout: REQUEST_TIMEOUT,
    ...authenticate(auth, url),
  });
}
