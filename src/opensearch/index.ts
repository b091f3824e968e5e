/**
 * OpenSearch: a client with the right authentication, and the index of samples. Needs `@opensearch-project/opensearch`.
 * @module liveheartrate/opensearch
 */
export type { OpenSearchRequest, TransportClient } from './ask.js';
export type { BasicAuth, OpenSearchAuth } from './auth.js';
export type { AwsAuth, AwsCredentials } from './aws-auth.js';
export { type OpenSearchOptions, openSearchClient } from './client.js';
export { IndexConflictError, IndexUnavailableError } from './errors.js';
export { type IndexNames, indexNames, type Rotation } from './index-names.js';
export type { IndexOptions } from './index-options.js';
export type { Lifecycle } from './lifecycle.js';
export { type PreparedIndex, type PrepareOptions, prepareIndex } from './prepare-index.js';
export {
  type IndexSpan,
  type SessionInIndex,
  type SessionsInIndex,
  summarize,
  summarizeSessions,
} from './summarize.js';
