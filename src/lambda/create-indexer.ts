import { Client } from '@opensearch-project/opensearch';
import { InvalidArgumentError } from '../errors.js';
import type { BulkClient } from './bulk.js';
import { type Indexer, indexerOf } from './indexer.js';

/** Where an indexer indexes. */
export interface IndexerOptions {
  /** URL of the OpenSearch endpoint. Default: the environment's `OPENSEARCH_ENDPOINT`. Not needed with a `client`. */
  readonly endpoint?: string;
  /** Name of the index, or of an alias of it. Default: the environment's `OPENSEARCH_INDEX`, else `heart_rate`. */
  readonly index?: string;
  /** The client to use. Default: one of its own for the endpoint. */
  readonly client?: BulkClient;
}

/** How long one request may take, milliseconds; a Lambda function that is killed hands back nothing in particular. */
const REQUEST_TIMEOUT = 10_000;

/**
 * Makes a Lambda handler that indexes the samples of Kinesis events into OpenSearch: one `_bulk` request for an
 * event, document ids that make redelivery harmless, and a partial batch response (switch on
 * `ReportBatchItemFailures` in the event source mapping). What is no sample, or is refused for good, is kept with
 * its reason and payload in the index with the suffix `-rejected`, and counts as done.
 *
 * @param options - Endpoint, index and client.
 * @returns The handler. It answers the record from which on everything is to be delivered again: none, where all
 *   is done, and the first one where OpenSearch is away.
 * @throws `InvalidArgumentError` where there is neither a client nor an endpoint.
 *
 * @example
 * ```ts no-run
 * import { createIndexer } from 'liveheartrate/lambda';
 *
 * export const handler = createIndexer({ endpoint: 'https://search.example.com', index: 'heart_rate' });
 * ```
 */
export function createIndexer(options: IndexerOptions = {}): Indexer {
  const { endpoint = process.env.OPENSEARCH_ENDPOINT, index = process.env.OPENSEARCH_INDEX ?? 'heart_rate' } =
    options;
  const client = options.client ?? clientFor(endpoint);
  return indexerOf({ client, index, log: (line) => console.error(line) });
}

function clientFor(endpoint: string | undefined): BulkClient {
  if (!endpoint || !URL.canParse(endpoint)) {
    throw new InvalidArgumentError('endpoint, or OPENSEARCH_ENDPOINT in the environment, must be a URL.');
  }
  return new Client({ node: endpoint, requestTimeout: REQUEST_TIMEOUT, maxRetries: 1 });
}

let indexer: Indexer | undefined;

/**
 * A whole Lambda function: {@link createIndexer} configured by `OPENSEARCH_ENDPOINT` and `OPENSEARCH_INDEX` of the
 * environment, at the first event.
 *
 * @param event - The event of a Kinesis event source mapping.
 * @returns The partial batch response.
 *
 * @example
 * ```ts no-run
 * export { handler } from 'liveheartrate/lambda';
 * ```
 */
export const handler: Indexer = (event) => {
  indexer ??= createIndexer();
  return indexer(event);
};
