/**
 * Bytes to values and back: the characteristics of the Bluetooth Heart Rate Profile. Pure, no dependency.
 * @module
 */
export { uuids } from './assigned-numbers.js';
export { decodeBatteryLevel } from './battery-level.js';
export {
  type BodySensorLocation,
  decodeBodySensorLocation,
  encodeBodySensorLocation,
} from './body-sensor-location.js';
export {
  decodeHeartRateMeasurement,
  encodeHeartRateMeasurement,
  type HeartRateMeasurement,
} from './heart-rate-measurement.js';
export {
  MalformedBatteryLevelError,
  MalformedBodySensorLocationError,
  MalformedMeasurementError,
  MalformedValueError,
} from './malformed.js';
export { canonicalUuid } from './uuid.js';
