/** The stable codes of every error this package throws: compare these, not the messages. */
export type ErrorCode =
  | 'INVALID_ARGUMENT'
  | 'MALFORMED_MEASUREMENT'
  | 'MALFORMED_BODY_SENSOR_LOCATION'
  | 'MALFORMED_BATTERY_LEVEL'
  | 'MALFORMED_SAMPLE'
  | 'BLUETOOTH_UNAVAILABLE'
  | 'BLUETOOTH_OFF'
  | 'BLUETOOTH_UNAUTHORIZED'
  | 'SENSOR_NOT_FOUND'
  | 'SENSOR_NOT_CONNECTABLE'
  | 'SENSOR_DISCONNECTED'
  | 'SENSOR_TIMEOUT'
  | 'NOT_A_HEART_RATE_SENSOR'
  | 'CHARACTERISTIC_NOT_FOUND'
  | 'GATT_OPERATION_FAILED'
  | 'SAMPLE_TOO_LARGE'
  | 'BUFFER_OVERFLOW'
  | 'SINK_CLOSED'
  | 'DELIVERY_REJECTED'
  | 'DELIVERY_FAILED'
  | 'DELIVERY_THROTTLED'
  | 'SPOOL_FAILED'
  | 'INDEX_UNAVAILABLE'
  | 'INDEX_REJECTED'
  | 'INDEX_CONFLICT'
  | 'ARCHIVE_FAILED'
  | 'QUERY_FAILED'
  | 'PLOT_FAILED'
  | 'RECORDING_FAILED'
  | 'LISTEN_FAILED'
  | 'MISSING_DEPENDENCY';

/** What every error carries beside its code and message. */
export interface ErrorDetails {
  /** Whether the same call may succeed later without anybody changing anything. Default `false`. */
  readonly retriable?: boolean;
  /** The error below this one, where there is one. */
  readonly cause?: unknown;
}

/**
 * The base class of every error this package throws. The message says what happened and what to do;
 * it never holds a credential, a payload or the address of a sensor.
 *
 * @example
 * ```ts
 * import { decodeHeartRateMeasurement, LiveHeartRateError } from 'liveheartrate';
 *
 * try {
 *   decodeHeartRateMeasurement(new Uint8Array([0x01, 72]));
 * } catch (error) {
 *   if (!(error instanceof LiveHeartRateError)) throw error;
 *   error.code; // => 'MALFORMED_MEASUREMENT'
 *   error.retriable; // => false
 * }
 * ```
 */
export class LiveHeartRateError extends Error {
  /** What happened, as a word that never changes. */
  readonly code: ErrorCode;
  /** Whether the same call may succeed later without anybody changing anything. */
  readonly retriable: boolean;

  /**
   * @param code - What happened.
   * @param message - What happened and what to do, for a person.
   * @param details - Whether a retry may help, and the error below this one.
   */
  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, 'cause' in details ? { cause: details.cause } : undefined);
    this.name = new.target.name;
    this.code = code;
    this.retriable = details.retriable ?? false;
  }
}

/** An option or a value that cannot be used as given; the message names it and its range. */
export class InvalidArgumentError extends LiveHeartRateError {
  /** @param message - Which argument, what was given, and what is allowed. */
  constructor(message: string) {
    super('INVALID_ARGUMENT', message);
  }
}

/** A package that the used part needs is not installed; the message says how to install it. */
export class MissingDependencyError extends LiveHeartRateError {
  /**
   * @param message - Which package, and the command that installs it.
   * @param details - The error of the failed import as `cause`.
   */
  constructor(message: string, details: ErrorDetails = {}) {
    super('MISSING_DEPENDENCY', message, details);
  }
}
