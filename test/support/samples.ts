import fc from 'fast-check';
import type { HeartRateSample } from '../../src/sample/index.js';

/** A sample of the session `ride`, one second after the one before it. */
export function sampleOf(sequence: number, more: Partial<HeartRateSample> = {}): HeartRateSample {
  return {
    timestamp: new Date(Date.UTC(2026, 10, 23, 10) + sequence * 1000),
    heartRate: 60 + (sequence % 100),
    rrIntervals: [812.5],
    sensor: { id: 'strap-1', name: 'Strap 1' },
    session: 'ride',
    sequence,
    ...more,
  };
}

const uint16 = fc.integer({ min: 0, max: 65_535 });
const text = (maxLength: number) =>
  fc.string({ minLength: 1, maxLength, unit: 'grapheme' }).filter((value) => value.length <= maxLength);

/** Any sample, without the fields that are optional where they have no value. */
export const anySample: fc.Arbitrary<HeartRateSample> = fc.record(
  {
    timestamp: fc.date({
      min: new Date('0000-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59.999Z'),
      noInvalidDate: true,
    }),
    heartRate: uint16,
    rrIntervals: fc.array(uint16.map((units) => units * (1000 / 1024))),
    energyExpended: uint16,
    sensorContact: fc.boolean(),
    sensor: fc.record({ id: text(256), name: text(256) }, { requiredKeys: ['id'] }),
    session: text(128),
    sequence: fc.maxSafeNat(),
  },
  { requiredKeys: ['timestamp', 'heartRate', 'rrIntervals', 'sensor', 'session', 'sequence'] },
);
