import { encodeHeartRateMeasurement } from '../profile/index.js';

/** One packet a second, as a chest strap sends them. */
export interface Packet {
  /** When it is sent, milliseconds since the start. */
  readonly time: number;
  /** A Heart Rate Measurement (0x2A37). */
  readonly value: Uint8Array;
}

/** How often a sensor notifies, milliseconds. */
export const PACKET_INTERVAL = 1_000;
/** Breaths a second, and how far they move the intervals (respiratory sinus arrhythmia). */
const BREATHING = 0.25;
const BREATHING_DEPTH = 0.04;
/** Lowest and highest rate that effort leads to, beats per minute. */
const RESTING = 58;
const HIGHEST = 172;
/** How quickly the rate follows effort, seconds. */
const INERTIA = 25;
const SECONDS_A_MINUTE = 60;

/**
 * The packets of one heart, for ever: effort wanders, the rate follows it slowly, each beat comes an interval after
 * the last, moved a little by breathing and chance, and each packet holds the intervals that ended in its second.
 *
 * @param random - Numbers from 0 to 1.
 */
export function* heart(random: () => number): Generator<Packet> {
  let effort = 0.1 + 0.2 * random();
  let rate = RESTING + effort * (HIGHEST - RESTING);
  let beat = 0;
  for (let second = 1; ; second++) {
    effort = clamp(effort + 0.05 * (random() - 0.5), 0, 1);
    rate += (RESTING + effort * (HIGHEST - RESTING) - rate) / INERTIA;

    const rrIntervals: number[] = [];
    for (;;) {
      const breath = BREATHING_DEPTH * Math.sin(2 * Math.PI * BREATHING * beat);
      const interval = (SECONDS_A_MINUTE / rate) * (1 + breath + 0.02 * (random() - 0.5));
      if (beat + interval > second) break;
      beat += interval;
      rrIntervals.push(interval * 1000);
    }
    const value = encodeHeartRateMeasurement({
      heartRate: Math.round(rate),
      sensorContact: true,
      rrIntervals,
    });
    yield { time: second * PACKET_INTERVAL, value };
  }
}

const clamp = (value: number, low: number, high: number) => Math.min(Math.max(value, low), high);
