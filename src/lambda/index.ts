/**
 * The speed layer: a Lambda handler that indexes samples into OpenSearch. Needs `@opensearch-project/opensearch`.
 * @module
 */
export type { BulkClient, BulkItem } from './bulk.js';
export { createIndexer, handler, type IndexerOptions } from './create-indexer.js';
export { IndexUnavailableError } from './errors.js';
export type { BatchResponse, KinesisEvent } from './event.js';
export type { Indexer } from './indexer.js';
export { prepareIndex, type TemplateClient } from './prepare-index.js';
