/**
 * The whole pipeline on one machine, without an account: the real indexer, an embedded index, and an archive of
 * Parquet files that is asked in SQL. Needs Node.js and `@duckdb/node-api`.
 * @module liveheartrate/local
 */
export type { BulkTransport } from '../lambda/bulk-client.js';
export { type Archive, openArchive } from './archive.js';
export { type EmbeddedIndex, embeddedIndex } from './embedded-index.js';
export { ArchiveError } from './errors.js';
export { type LocalPipeline, type LocalPipelineOptions, startLocalPipeline } from './local-pipeline.js';
export { type ArchiveReader, readArchive } from './read-archive.js';
