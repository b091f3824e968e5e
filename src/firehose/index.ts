/**
 * Samples into a Firehose delivery stream. Needs `@aws-sdk/client-firehose`.
 * @module liveheartrate/firehose
 */
export { type FirehoseSinkOptions, firehoseSink } from './firehose-sink.js';
