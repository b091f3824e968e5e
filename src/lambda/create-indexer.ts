import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import type { Client } from '@opensearch-project/opensearch';
import { InvalidArgumentError } from '../errors.js';
import { type OpenSearchOptions, openSearchClient } from '../opensearch/client.js';
import { type IndexOptions, namesOf } from '../opensearch/index-options.js';
import { type BulkClient, bulkClientOf } from './bulk-client.js';
import type { InvocationContext } from './event.js';
import { type Indexer, indexerOf } from './indexer.js';
import { type IndexerLogger, type IndexerMetrics, observe } from './observe.js';
import type { IndexerEvent } from './sources.js';
import type { Transform } from './transform.js';

/** Where an indexer indexes, and how it tells of it. */
export interface IndexerOptions extends OpenSearchOptions, IndexOptions {
  /** Changes documents before they are indexed, or leaves some out. Default: they are indexed as they are. */
  readonly transform?: Transform;
  /**
   * Whether samples can be found at once instead of after the next refresh of the index, within a second: asked for
   * by requests of up to 750 samples, and in no more than a fifth of the time of each function. What comes in larger
   * ones, from busy shards, waits for that refresh. Where it is refused, as by OpenSearch Serverless, it is not asked
   * for again. Default: as the environment's `OPENSEARCH_REFRESH` says, `true` or `false`; without it `true`.
   */
  readonly refresh?: boolean;
  /**
   * Where metrics go; `false` for nowhere. Default: the embedded metric format, in the namespace of
   * `POWERTOOLS_METRICS_NAMESPACE`, else `liveheartrate`, for the service of `POWERTOOLS_SERVICE_NAME`, else `indexer`.
   */
  readonly metrics?: IndexerMetrics | false;
  /**
   * Where log lines go; `false` for nowhere. Default: the log of the function, by the `Logger` of Powertools and its
   * environment.
   */
  readonly logger?: IndexerLogger | false;
  /** The client to use. Default: one that is made for `endpoint` and `auth`. */
  readonly client?: BulkClient | Pick<Client, 'transport'>;
}

/**
 * Makes a Lambda handler that indexes samples into OpenSearch, each exactly once. It takes events of a Kinesis event
 * source mapping (switch on `ReportBatchItemFailures`), of an SQS one, and Firehose transformations; records with one
 * or many JSON documents, the older two-field form, gzip, and those that the Kinesis Producer Library has aggregated.
 *
 * - The id of a document follows from session and sequence, else from the place in the stream, and its index from its
 *   own time: redelivery, replay and late data never make a second one.
 * - What is busy (429, 5xx) is sent again while the invocation has time, then handed back.
 * - What is no sample, or is refused for good, goes with its payload, reason and place into the index of such, and
 *   counts as done. It never delays what stands beside it.
 * - Where OpenSearch is away, everything is handed back at once.
 *
 * @param options - Endpoint, index and the rest; all have defaults in the environment.
 * @returns The handler. It answers what is to be delivered again: of a stream the lowest record that is not done, of a
 *   queue each message. To Firehose it answers the samples in the wire format; what holds none has failed.
 * @throws `InvalidArgumentError` where an option cannot be used, or there is neither a client nor an endpoint.
 *
 * @example
 * ```ts no-run
 * import { createIndexer } from 'liveheartrate/lambda';
 *
 * export const handler = createIndexer({
 *   endpoint: 'https://search.example.com',
 *   index: 'heart_rate',
 *   transform: (document) => ({ ...document, team: 'blue' }),
 * });
 * ```
 */
export function createIndexer(options: IndexerOptions = {}): Indexer {
  const { env } = process;
  const names = namesOf(options);
  const serviceName = env.POWERTOOLS_SERVICE_NAME || 'indexer';
  const namespace = env.POWERTOOLS_METRICS_NAMESPACE || 'liveheartrate';
  const { metrics = new Metrics({ namespace, serviceName }), logger = new Logger({ serviceName }) } = options;
  return indexerOf({
    client: bulkClientOf(options.client ?? openSearchClient(options)),
    names,
    transform: options.transform,
    refresh: options.refresh ?? refreshOf(env.OPENSEARCH_REFRESH),
    onReport: observe(logger || undefined, metrics || undefined, names.alias),
  });
}

function refreshOf(word = ''): boolean {
  if (!['', 'true', 'false'].includes(word))
    throw new InvalidArgumentError('OPENSEARCH_REFRESH in the environment must be true or false.');
  return word !== 'false';
}

let indexer: Indexer | undefined;

/**
 * A whole Lambda function: {@link createIndexer} configured by the environment, at the first event.
 *
 * @param event - The event.
 * @param context - The context of the invocation.
 * @returns The partial batch response, or the answer to Firehose.
 *
 * @example
 * ```ts no-run
 * export { handler } from 'liveheartrate/lambda';
 * ```
 */
export const handler = ((event: IndexerEvent, context?: InvocationContext) => {
  indexer ??= createIndexer();
  return indexer(event, context);
}) as Indexer;
