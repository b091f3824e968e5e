/**
 * Heart-rate straps and watches as Observables of typed samples, and sinks that settle every sample.
 * Runs in Node.js and browsers; imports nothing but RxJS.
 * @module liveheartrate
 */
export * from './errors.js';
export * from './profile/index.js';
export {
  type ArchiveQuery,
  type ArchiveQueryOptions,
  archiveQueries,
  type HeartRateSample,
  type IndexMapping,
  indexMapping,
  MalformedSampleError,
  type ParsedSamples,
  packetOf,
  parseSamples,
  type SampleField,
  type SensorIdentity,
  type SessionSummary,
  type StoredSample,
  sampleIdentity,
  sampleSchema,
  serializeSample,
  summaryQuery,
  type TableColumn,
  tableColumns,
} from './sample/index.js';
export * from './sensor/index.js';
export * from './sink/index.js';
