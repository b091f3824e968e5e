import { InvalidArgumentError } from '../errors.js';
import { ofArray, ofView, type Reader, toDataView } from './bytes.js';
import { MalformedMeasurementError } from './malformed.js';

/** What one Heart Rate Measurement (0x2A37) says. */
export interface HeartRateMeasurement {
  /** Heart rate in beats per minute, 0–65,535. 0 means that the sensor detects no beat. */
  readonly heartRate: number;
  /** Whether the sensor touches skin; `undefined` where it does not support saying so. */
  readonly sensorContact: boolean | undefined;
  /** Energy since the last reset in kilojoules, 0–65,535 (which is also "that or more"); `undefined` where absent. */
  readonly energyExpended: number | undefined;
  /** The RR intervals since the last packet in milliseconds, oldest first, each a whole number of 1/1024 s, unrounded. */
  readonly rrIntervals: number[];
}

const RATE_IS_16_BIT = 0b0000_0001;
const CONTACT_DETECTED = 0b0000_0010;
const CONTACT_SUPPORTED = 0b0000_0100;
const ENERGY_PRESENT = 0b0000_1000;
const RR_PRESENT = 0b0001_0000;

/** Milliseconds in one unit of an RR interval, 1/1024 s: a sum of powers of two, so every product is exact. */
const RR_UNIT = 1000 / 1024;
const UINT8_MAX = 0xff;
const UINT16_MAX = 0xffff;

/**
 * Decodes one Heart Rate Measurement (Heart Rate Service 1.0, section 3.1; GATT Specification Supplement,
 * "Heart Rate Measurement"). Reserved flags are ignored, and so are bytes behind what the flags promise.
 *
 * @param bytes - The whole value of one notification.
 * @returns The measurement, in beats per minute, kilojoules and milliseconds.
 * @throws {@link MalformedMeasurementError} where the packet is too short or its flags promise what is not
 *   there; never anything else, whatever the bytes.
 *
 * @example
 * ```ts
 * import { decodeHeartRateMeasurement } from 'liveheartrate';
 *
 * const measurement = decodeHeartRateMeasurement(new Uint8Array([0x16, 72, 0x40, 0x03]));
 * measurement.heartRate; // => 72
 * measurement.sensorContact; // => true
 * measurement.rrIntervals; // => [812.5]
 * ```
 */
export function decodeHeartRateMeasurement(bytes: Uint8Array | DataView): HeartRateMeasurement {
  return 'getUint8' in bytes ? decode(bytes, ofView) : decode(bytes, ofArray);
}

/** For each kind of bytes with its reader, which the compiler then makes part of it. */
function decode<Bytes extends Uint8Array | DataView>(
  bytes: Bytes,
  { uint8, uint16 }: Reader<Bytes>,
): HeartRateMeasurement {
  const length = bytes.byteLength;
  if (length === 0) throw new MalformedMeasurementError('The measurement is empty.', toDataView(bytes));
  const flags = uint8(bytes, 0);

  const wide = (flags & RATE_IS_16_BIT) !== 0;
  let at = wide ? 3 : 2;
  if (length < at) throw missing('a heart rate', bytes);
  const heartRate = wide ? uint16(bytes, 1) : uint8(bytes, 1);

  let energyExpended: number | undefined;
  if ((flags & ENERGY_PRESENT) !== 0) {
    if (length < at + 2) throw missing('energy expended', bytes);
    energyExpended = uint16(bytes, at);
    at += 2;
  }

  // The count is whatever fits, also none; half an interval at the end is not one.
  const count = (flags & RR_PRESENT) === 0 ? 0 : (length - at) >> 1;
  const rrIntervals = new Array<number>(count);
  for (let index = 0; index < count; index++) rrIntervals[index] = uint16(bytes, at + 2 * index) * RR_UNIT;

  const sensorContact = (flags & CONTACT_SUPPORTED) === 0 ? undefined : (flags & CONTACT_DETECTED) !== 0;
  return { heartRate, sensorContact, energyExpended, rrIntervals };
}

/**
 * Encodes one Heart Rate Measurement, as a sensor would send it: the shortest form that holds the rate,
 * contact and energy only where defined, RR intervals rounded to the nearest 1/1024 s.
 *
 * @param measurement - The rate in beats per minute and whatever else the packet is to hold.
 * @returns The bytes of one notification. Their number is up to the caller: a link carries its MTU less 3.
 * @throws {@link InvalidArgumentError} where a value is not in the range of its field.
 *
 * @example
 * ```ts
 * import { encodeHeartRateMeasurement } from 'liveheartrate';
 *
 * const bytes = encodeHeartRateMeasurement({ heartRate: 72, sensorContact: true, rrIntervals: [812.5] });
 * [...bytes]; // => [0x16, 72, 0x40, 0x03]
 * ```
 */
export function encodeHeartRateMeasurement(
  measurement: Pick<HeartRateMeasurement, 'heartRate'> &
    Partial<Pick<HeartRateMeasurement, 'sensorContact' | 'energyExpended'>> & {
      readonly rrIntervals?: readonly number[];
    },
): Uint8Array {
  const { heartRate, sensorContact, energyExpended, rrIntervals = [] } = measurement;
  checkUint16('heartRate', heartRate);
  if (energyExpended !== undefined) checkUint16('energyExpended', energyExpended);
  const units = rrIntervals.map((interval) => Math.round(interval / RR_UNIT));
  for (const unit of units) checkUint16('an RR interval in 1/1024 s', unit);

  const wide = heartRate > UINT8_MAX;
  const bytes = new Uint8Array((wide ? 3 : 2) + (energyExpended === undefined ? 0 : 2) + 2 * units.length);
  const view = toDataView(bytes);
  let flags = wide ? RATE_IS_16_BIT : 0;
  if (sensorContact !== undefined) flags |= CONTACT_SUPPORTED;
  if (sensorContact) flags |= CONTACT_DETECTED;
  if (energyExpended !== undefined) flags |= ENERGY_PRESENT;
  if (units.length > 0) flags |= RR_PRESENT;
  view.setUint8(0, flags);

  let at = 1;
  if (wide) view.setUint16(at, heartRate, true);
  else view.setUint8(at, heartRate);
  at += wide ? 2 : 1;
  if (energyExpended !== undefined) {
    view.setUint16(at, energyExpended, true);
    at += 2;
  }
  for (const unit of units) {
    view.setUint16(at, unit, true);
    at += 2;
  }
  return bytes;
}

function missing(what: string, bytes: Uint8Array | DataView): MalformedMeasurementError {
  return new MalformedMeasurementError(
    `The flags of the measurement promise ${what}, but it ends after ${bytes.byteLength} bytes.`,
    toDataView(bytes),
  );
}

function checkUint16(name: string, value: number): void {
  if (Number.isInteger(value) && value >= 0 && value <= UINT16_MAX) return;
  throw new InvalidArgumentError(`${name} must be a whole number from 0 to ${UINT16_MAX}, but is ${value}.`);
}
