/**
 * The heart rate of a sensor over any Bluetooth transport.
 * @module
 */
export type { Advertisement, Central, Clock, Connection } from './central.js';
export {
  BluetoothUnavailableError,
  CharacteristicNotFoundError,
  NotAHeartRateSensorError,
  SensorDisconnectedError,
  SensorNotFoundError,
  SensorTimeoutError,
} from './errors.js';
export type { SensorChoice } from './find-sensor.js';
export { type HeartRateOptions, heartRate } from './heart-rate.js';
export { type ScanOptions, scan } from './scan.js';
