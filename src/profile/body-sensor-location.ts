import { InvalidArgumentError } from '../errors.js';
import { toDataView } from './bytes.js';
import { MalformedBodySensorLocationError } from './malformed.js';

/** Where a sensor is worn. */
export type BodySensorLocation = 'other' | 'chest' | 'wrist' | 'finger' | 'hand' | 'ear lobe' | 'foot';

/** The locations in the order of their numbers. */
const locations: readonly BodySensorLocation[] = [
  'other',
  'chest',
  'wrist',
  'finger',
  'hand',
  'ear lobe',
  'foot',
];

/**
 * Decodes a Body Sensor Location (0x2A38; Heart Rate Service 1.0, section 3.2).
 *
 * @param bytes - The whole value as read. Bytes behind the first are ignored.
 * @returns The location; `undefined` for a number that is reserved for future use.
 * @throws {@link MalformedBodySensorLocationError} where the value is empty.
 *
 * @example
 * ```ts
 * import { decodeBodySensorLocation } from 'liveheartrate';
 *
 * decodeBodySensorLocation(new Uint8Array([1])); // => 'chest'
 * decodeBodySensorLocation(new Uint8Array([7])); // => undefined
 * ```
 */
export function decodeBodySensorLocation(bytes: Uint8Array | DataView): BodySensorLocation | undefined {
  const view = toDataView(bytes);
  if (view.byteLength === 0) {
    throw new MalformedBodySensorLocationError('The body sensor location is empty.', view);
  }
  return locations[view.getUint8(0)];
}

/**
 * Encodes a Body Sensor Location (0x2A38), as a sensor would answer a read.
 *
 * @param location - Where the sensor is worn.
 * @returns The one byte of the value.
 * @throws {@link InvalidArgumentError} where the location is none of the seven.
 *
 * @example
 * ```ts
 * import { encodeBodySensorLocation } from 'liveheartrate';
 *
 * [...encodeBodySensorLocation('wrist')]; // => [2]
 * ```
 */
export function encodeBodySensorLocation(location: BodySensorLocation): Uint8Array {
  const number = locations.indexOf(location);
  if (number === -1) {
    throw new InvalidArgumentError(`location must be one of ${locations.join(', ')}, but is ${location}.`);
  }
  return new Uint8Array([number]);
}
