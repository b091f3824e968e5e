/**
 * Samples into a Kinesis data stream. Needs `@aws-sdk/client-kinesis`.
 * @module liveheartrate/kinesis
 */
export { type KinesisSinkOptions, kinesisSink } from './kinesis-sink.js';
