import { type ErrorDetails, LiveHeartRateError } from '../errors.js';

/** Why there is no Bluetooth: none at all, switched off, or not allowed. */
export type BluetoothUnavailableCode = 'BLUETOOTH_UNAVAILABLE' | 'BLUETOOTH_OFF' | 'BLUETOOTH_UNAUTHORIZED';

/** There is no Bluetooth adapter that can be used; the code and the message say why, the message also what to do. */
export class BluetoothUnavailableError extends LiveHeartRateError {
  /**
   * @param message - Why, and what to do.
   * @param details - Why as a code, by default `BLUETOOTH_UNAVAILABLE`, and the error below as `cause`.
   */
  constructor(message: string, details: ErrorDetails & { readonly code?: BluetoothUnavailableCode } = {}) {
    super(details.code ?? 'BLUETOOTH_UNAVAILABLE', message, details);
  }
}

/** No sensor that was asked for could be heard. */
export class SensorNotFoundError extends LiveHeartRateError {
  /** @param message - What was looked for, for how long, and what to try. */
  constructor(message: string) {
    super('SENSOR_NOT_FOUND', message);
  }
}

/** The sensor was heard, but does not accept connections. */
export class SensorNotConnectableError extends LiveHeartRateError {
  /** @param message - What was looked for, and what to try. */
  constructor(message: string) {
    super('SENSOR_NOT_CONNECTABLE', message);
  }
}

/** The link to the sensor could not be opened or was lost. */
export class SensorDisconnectedError extends LiveHeartRateError {
  /**
   * @param message - What happened to the link.
   * @param details - The error below as `cause`.
   */
  constructor(message: string, details: Omit<ErrorDetails, 'retriable'> = {}) {
    super('SENSOR_DISCONNECTED', message, { ...details, retriable: true });
  }
}

/** The sensor did not answer, or sent nothing, in time. */
export class SensorTimeoutError extends LiveHeartRateError {
  /** @param message - What was waited for, and for how long. */
  constructor(message: string) {
    super('SENSOR_TIMEOUT', message, { retriable: true });
  }
}

/** The connected device lacks a characteristic. */
export class CharacteristicNotFoundError extends LiveHeartRateError {
  /**
   * @param service - UUID of the service.
   * @param characteristic - UUID of the characteristic.
   */
  constructor(service: string, characteristic: string) {
    super(
      'CHARACTERISTIC_NOT_FOUND',
      `The device has no characteristic ${characteristic} in a service ${service}.`,
    );
  }
}

/** The device refused to read, write or notify a characteristic, or to say what it has. */
export class GattOperationError extends LiveHeartRateError {
  /**
   * @param message - What was refused.
   * @param details - The error below as `cause`.
   */
  constructor(message: string, details: Omit<ErrorDetails, 'retriable'> = {}) {
    super('GATT_OPERATION_FAILED', message, { ...details, retriable: true });
  }
}

/** The connected device measures no heart rate. */
export class NotAHeartRateSensorError extends LiveHeartRateError {
  /** @param details - The error below as `cause`. */
  constructor(details: Omit<ErrorDetails, 'retriable'> = {}) {
    super(
      'NOT_A_HEART_RATE_SENSOR',
      'The device has no Heart Rate Service. A watch must be put into its heart-rate broadcast mode first.',
      details,
    );
  }
}
