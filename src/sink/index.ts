/**
 * Delivery: samples go in, every one of them settles.
 * @module
 */
export { defineSink } from './define-sink.js';
export {
  BufferOverflowError,
  DeliveryFailedError,
  DeliveryRejectedError,
  DeliveryThrottledError,
  SampleTooLargeError,
  SinkClosedError,
  SpoolError,
} from './errors.js';
export { sendTo } from './send-to.js';
export type {
  RecordResult,
  Settlement,
  Sink,
  SinkLimits,
  SinkRecord,
  SinkService,
  SinkStats,
} from './sink.js';
export type { Overflow, PackOptions, RetryOptions, SinkOptions } from './sink-options.js';
export type { SpoolOptions } from './spool/spool-options.js';
