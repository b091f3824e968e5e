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

/** The sink could not deliver as fast as samples came, and one had to go. */
export class BufferOverflowError extends LiveHeartRateError {
  /** @param capacity - How many samples the sink holds. */
  constructor(capacity: number) {
    super(
      'BUFFER_OVERFLOW',
      `The sink already holds ${capacity} unsettled samples. Give it a spool or more capacity, or see why it cannot deliver.`,
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

/** The service takes fewer records than it was sent: the sink slows down and tries again. */
export class DeliveryThrottledError extends LiveHeartRateError {
  /**
   * @param message - What is throttled.
   * @param details - The error below as `cause`.
   */
  constructor(message: string, details: Omit<ErrorDetails, 'retriable'> = {}) {
    super('DELIVERY_THROTTLED', message, { ...details, retriable: true });
  }
}

/** The spool cannot be used: its folder is taken by another process, full, not writable, or damaged. */
export class SpoolError extends LiveHeartRateError {
  /**
   * @param message - What is wrong, and what to do.
   * @param details - The error of the file system as `cause`, and whether it may pass by itself.
   */
  constructor(message: string, details: ErrorDetails = {}) {
    super('SPOOL_FAILED', message, details);
  }
}
