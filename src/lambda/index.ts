/**
 * The speed layer: a Lambda handler that indexes samples into OpenSearch. Needs `@opensearch-project/opensearch`,
 * `@aws-lambda-powertools/logger` and `@aws-lambda-powertools/metrics`.
 * @module liveheartrate/lambda
 */
export type { OpenSearchRequest, TransportClient } from '../opensearch/ask.js';
export { IndexConflictError, IndexUnavailableError } from '../opensearch/errors.js';
export type { Rotation } from '../opensearch/index-names.js';
export type { IndexOptions } from '../opensearch/index-options.js';
export type { Lifecycle } from '../opensearch/lifecycle.js';
export { type PreparedIndex, type PrepareOptions, prepareIndex } from '../opensearch/prepare-index.js';
export type { BulkCall, BulkClient, BulkItem } from './bulk-client.js';
export { createIndexer, handler, type IndexerOptions } from './create-indexer.js';
export type {
  BatchResponse,
  FirehoseEvent,
  FirehoseResponse,
  InvocationContext,
  KinesisEvent,
  SqsEvent,
} from './event.js';
export type { Indexer } from './indexer.js';
export type { IndexerLogger, IndexerMetrics } from './observe.js';
export type { IndexerEvent } from './sources.js';
export type { Transform } from './transform.js';
