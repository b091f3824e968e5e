/**
 * The heart rate of a sensor over any Bluetooth transport.
 * @module
 */
export type { ReconnectOptions } from './back-off.js';
export type {
  Advertisement,
  Central,
  CharacteristicProperty,
  Clock,
  Connection,
  GattCharacteristic,
  GattService,
} from './central.js';
export { connect, type Sensor } from './connect.js';
export type { DeviceInformation } from './device-information.js';
export {
  type BluetoothUnavailableCode,
  BluetoothUnavailableError,
  CharacteristicNotFoundError,
  GattOperationError,
  NotAHeartRateSensorError,
  SensorDisconnectedError,
  SensorNotConnectableError,
  SensorNotFoundError,
  SensorTimeoutError,
} from './errors.js';
export { heartRate } from './heart-rate.js';
export { type HeartRatesOptions, heartRates } from './heart-rates.js';
export {
  type InspectedCharacteristic,
  type InspectedService,
  type InspectOptions,
  inspect,
} from './inspect.js';
export { type ScanOptions, scan } from './scan.js';
export type { LinkOptions, SensorChoice, SensorOptions } from './sensor-options.js';
export type {
  ConnectingStatus,
  EndedStatus,
  LiveStatus,
  ReconnectingStatus,
  ScanningStatus,
  SensorStatus,
  SilentStatus,
  StatusBase,
} from './status.js';
