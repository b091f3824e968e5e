/**
 * The 16-bit UUIDs this package speaks of, as four lower-case hexadecimal digits
 * (Bluetooth SIG, Assigned Numbers, sections 3.4 and 3.8).
 *
 * @example
 * ```ts
 * import { uuids } from 'liveheartrate';
 *
 * uuids.heartRateMeasurement; // => '2a37'
 * ```
 */
export const uuids = {
  /** Heart Rate Service. */
  heartRate: '180d',
  /** Heart Rate Measurement: notified, about once a second. */
  heartRateMeasurement: '2a37',
  /** Body Sensor Location: read. */
  bodySensorLocation: '2a38',
  /** Heart Rate Control Point: written, to reset energy expended. */
  heartRateControlPoint: '2a39',
  /** Battery Service. */
  battery: '180f',
  /** Battery Level: read, and by most sensors notified. */
  batteryLevel: '2a19',
  /** Device Information Service. */
  deviceInformation: '180a',
  /** Manufacturer Name String: read. */
  manufacturerName: '2a29',
  /** Model Number String: read. */
  modelNumber: '2a24',
  /** Serial Number String: read. */
  serialNumber: '2a25',
  /** Firmware Revision String: read. */
  firmwareRevision: '2a26',
  /** Hardware Revision String: read. */
  hardwareRevision: '2a27',
  /** Software Revision String: read. */
  softwareRevision: '2a28',
} as const;
