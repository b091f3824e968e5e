import { toHex } from '../profile/bytes.js';
import {
  canonicalUuid,
  decodeHeartRateMeasurement,
  type MalformedMeasurementError,
} from '../profile/index.js';
import { type HeartRateSample, PACKET, type SensorIdentity } from '../sample/index.js';
import type { Clock } from './central.js';

/**
 * Makes the samples of one session out of packets: decoded, timed by their arrival, numbered.
 *
 * @returns Answers nothing for a packet that cannot be decoded, and reports it.
 */
export function sampler(
  clock: Clock,
  onMalformed: (error: MalformedMeasurementError) => void,
): (packet: Uint8Array, sensor: SensorIdentity) => HeartRateSample | undefined {
  const session = randomUuid();
  let sequence = 0;
  return (packet, sensor) => {
    const timestamp = new Date(clock.now());
    let measurement: ReturnType<typeof decodeHeartRateMeasurement>;
    try {
      measurement = decodeHeartRateMeasurement(packet);
    } catch (error) {
      onMalformed(error as MalformedMeasurementError);
      return undefined;
    }
    const { heartRate, rrIntervals, energyExpended, sensorContact } = measurement;
    return {
      timestamp,
      heartRate,
      rrIntervals,
      energyExpended,
      sensorContact,
      sensor,
      session,
      sequence: sequence++,
      [PACKET]: packet,
    };
  };
}

/** A random UUID (RFC 9562, section 5.4). `crypto.randomUUID` is missing on pages that are served over http. */
function randomUuid(): string {
  const bytes = new DataView(crypto.getRandomValues(new Uint8Array(16)).buffer);
  bytes.setUint8(6, 0x40 | (bytes.getUint8(6) & 0x0f));
  bytes.setUint8(8, 0x80 | (bytes.getUint8(8) & 0x3f));
  return canonicalUuid(toHex(bytes));
}
