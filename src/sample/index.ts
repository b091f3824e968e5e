/**
 * Samples, their wire format, and the one schema from which every store derives.
 * @module
 */
export { type ArchiveQuery, type ArchiveQueryOptions, archiveQueries } from './archive-queries.js';
export { archiveQuestions, archiveTime } from './archive-questions.js';
export { MalformedSampleError } from './malformed-sample.js';
export { PACKET, packetOf } from './packet.js';
export { type SessionSummary, summaryQuery } from './queries.js';
export { type HeartRateSample, type SensorIdentity, type StoredSample, sampleIdentity } from './sample.js';
export {
  INDEX_LATENCY,
  type IndexMapping,
  indexMapping,
  type SampleField,
  sampleSchema,
  type TableColumn,
  tableColumns,
} from './schema.js';
export {
  documentOf,
  type ParsedDocument,
  type ParsedSamples,
  parseDocuments,
  parseSamples,
  serializeSample,
  toDocument,
} from './wire.js';
export { checkZones, ZONES } from './zones.js';
