/**
 * Delivery: samples go in, every one of them settles.
 * @module
 */
export { defineSink, type SinkOptions } from './define-sink.js';
export {
  BufferOverflowError,
  DeliveryFailedError,
  DeliveryRejectedError,
  SampleTooLargeError,
  SinkClosedError,
} from './errors.js';
export { sendTo } from './send-to.js';
export type { RecordResult, Settlement, Sink, SinkLimits, SinkRecord, SinkService } from './sink.js';
