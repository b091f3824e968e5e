import { type ErrorDetails, LiveHeartRateError } from '../errors.js';

/** The sample alone is larger than a record of the service may be. */
export class SampleTooLargeError extends LiveHeartRateError {
  /**
   * @param bytes - Size of the sample's record in bytes.
   * @param limit - Size that the service allows.
   */
  constructor(bytes: number, limit: number) {
    super('SAMPLE_TOO_LARGE', `The sample takes ${bytes} bytes, but a record may have at most ${limit}.`);
  }
}

/** The sink could not deliver as fast as samples came, and the oldest one had to go. */
export class BufferOverflowError extends LiveHeartRateError {
  /** @param capacity - How many samples the sink holds. */
  constructor(capacity: number) {
    super(
      'BUFFER_OVERFLOW',
      `The sink already holds ${capacity} unsettled samples, so the oldest was dropped. Raise its capacity, or see why it cannot deliver.`,
    );
  }
}

/** The sample came after the sink was closed. */
export class SinkClosedError extends LiveHeartRateError {
  /** @param name - Name of the sink. */
  constructor(name: string) {
    super('SINK_CLOSED', `The sink ${name} is closed and takes no samples any more.`);
  }
}

/** A delivery that cannot succeed until somebody changes something: the message says what. */
export class DeliveryRejectedError extends LiveHeartRateError {
  /**
   * @param message - What was refused, and what to do.
   * @param details - The error below as `cause`.
   */
  constructor(message: string, details: Omit<ErrorDetails, 'retriable'> = {}) {
    super('DELIVERY_REJECTED', message, details);
  }
}

/** A delivery that failed, and may succeed when tried again. */
export class DeliveryFailedError extends LiveHeartRateError {
  /**
   * @param message - What failed.
   * @param details - The error below as `cause`.
   */
  constructor(message: string, details: Omit<ErrorDetails, 'retriable'> = {}) {
    super('DELIVERY_FAILED', message, { ...details, retriable: true });
  }
}
