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
} as const;
