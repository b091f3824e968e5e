import { type ErrorCode, LiveHeartRateError } from '../errors.js';
import { toHex } from './bytes.js';

/** The bytes of a characteristic do not hold what its specification promises. */
export abstract class MalformedValueError extends LiveHeartRateError {
  /** The bytes as lower-case hexadecimal digits: health data, so not part of the message. */
  readonly hex: string;

  /**
   * @param code - Which characteristic.
   * @param message - What is wrong with the bytes.
   * @param bytes - All bytes of the value.
   */
  constructor(code: ErrorCode, message: string, bytes: DataView) {
    super(code, message);
    this.hex = toHex(bytes);
  }
}

/** A Heart Rate Measurement that is too short, or whose flags promise what is not there. */
export class MalformedMeasurementError extends MalformedValueError {
  /**
   * @param message - What is wrong with the packet.
   * @param bytes - The whole packet.
   */
  constructor(message: string, bytes: DataView) {
    super('MALFORMED_MEASUREMENT', message, bytes);
  }
}

/** A Body Sensor Location without its one byte. */
export class MalformedBodySensorLocationError extends MalformedValueError {
  /**
   * @param message - What is wrong with the value.
   * @param bytes - The whole value.
   */
  constructor(message: string, bytes: DataView) {
    super('MALFORMED_BODY_SENSOR_LOCATION', message, bytes);
  }
}

/** A Battery Level without its one byte, or of more than 100 per cent. */
export class MalformedBatteryLevelError extends MalformedValueError {
  /**
   * @param message - What is wrong with the value.
   * @param bytes - The whole value.
   */
  constructor(message: string, bytes: DataView) {
    super('MALFORMED_BATTERY_LEVEL', message, bytes);
  }
}
