/**
 * Samples into a Firehose delivery stream. Needs `@aws-sdk/client-firehose`.
 * @module
 */
export { type FirehoseSinkOptions, firehoseSink } from './firehose-sink.js';
