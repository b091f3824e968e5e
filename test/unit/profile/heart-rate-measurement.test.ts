import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../../../src/errors.js';
import {
  decodeHeartRateMeasurement as decode,
  encodeHeartRateMeasurement as encode,
  MalformedMeasurementError,
} from '../../../src/profile/index.js';

const bytes = (...values: number[]) => new Uint8Array(values);

describe('decodeHeartRateMeasurement', () => {
  it('reads an 8-bit and a 16-bit rate', () => {
    expect(decode(bytes(0x00, 72)).heartRate).toBe(72);
    expect(decode(bytes(0x01, 0x2c, 0x01)).heartRate).toBe(300);
  });

  it('takes a rate of 0 as a value like any other', () => {
    expect(decode(bytes(0x00, 0)).heartRate).toBe(0);
  });

  it.each([
    ['not supported', 0b000, undefined],
    ['not supported, though bit 1 is set', 0b010, undefined],
    ['supported, no contact', 0b100, false],
    ['contact', 0b110, true],
  ])('reads contact: %s', (_, flags, expected) => {
    expect(decode(bytes(flags, 72)).sensorContact).toBe(expected);
  });

  it('reads energy in kilojoules, absent where its flag is clear, up to its saturation', () => {
    expect(decode(bytes(0x08, 72, 0x34, 0x12)).energyExpended).toBe(0x1234);
    expect(decode(bytes(0x08, 72, 0xff, 0xff)).energyExpended).toBe(65_535);
    expect(decode(bytes(0x08, 72, 0, 0)).energyExpended).toBe(0);
    expect(decode(bytes(0x00, 72)).energyExpended).toBeUndefined();
  });

  it('reads energy and RR intervals behind a 16-bit rate', () => {
    expect(decode(bytes(0x1f, 0x2c, 0x01, 0x05, 0x00, 0x00, 0x04, 0x01, 0x04))).toEqual({
      heartRate: 300,
      sensorContact: true,
      energyExpended: 5,
      rrIntervals: [1000, 1025 * (1000 / 1024)],
    });
  });

  it('keeps every RR interval, each its own, oldest first, unrounded', () => {
    expect(decode(bytes(0x10, 72, 0x76, 0x02, 0x77, 0x02, 0x01, 0x00)).rrIntervals).toEqual([
      615.234375, 616.2109375, 0.9765625,
    ]);
  });

  it('keeps a packet without RR intervals', () => {
    expect(decode(bytes(0x00, 72)).rrIntervals).toEqual([]);
    expect(decode(bytes(0x10, 72)).rrIntervals).toEqual([]);
  });

  it('reads as many RR intervals as a large MTU carries', () => {
    const packet = new Uint8Array(244);
    packet.set([0x10, 72]);
    packet.fill(4, 2);
    expect(decode(packet).rrIntervals).toHaveLength(121);
  });

  it('does not take an odd byte at the end for an RR interval', () => {
    expect(decode(bytes(0x10, 72, 0x00, 0x04, 0x07)).rrIntervals).toEqual([1000]);
  });

  it('does not take bytes for RR intervals where their flag is clear', () => {
    expect(decode(bytes(0x00, 72, 0x00, 0x04)).rrIntervals).toEqual([]);
  });

  it('ignores reserved flags', () => {
    expect(decode(bytes(0xe0, 72))).toEqual(decode(bytes(0x00, 72)));
  });

  it('reads a view into a larger buffer, as Web Bluetooth and Node give it', () => {
    const buffer = bytes(0xff, 0xff, 0x10, 72, 0x00, 0x04, 0xff).buffer;
    expect(decode(new DataView(buffer, 2, 4)).rrIntervals).toEqual([1000]);
    expect(decode(new Uint8Array(buffer, 2, 4)).rrIntervals).toEqual([1000]);
  });

  it.each([
    ['nothing at all', [], ''],
    ['flags alone', [0x00], '00'],
    ['half of a 16-bit rate', [0x01, 72], '0148'],
    ['no energy', [0x08, 72], '0848'],
    ['half of the energy', [0x08, 72, 1], '084801'],
    ['half of the energy behind a 16-bit rate', [0x09, 72, 0, 1], '09480001'],
  ])('refuses %s with a typed error that holds the bytes', (_, packet, hex) => {
    expect(() => decode(bytes(...packet))).toThrow(
      expect.objectContaining({
        name: 'MalformedMeasurementError',
        code: 'MALFORMED_MEASUREMENT',
        hex,
        retriable: false,
      }),
    );
  });

  it('answers a measurement or throws a MalformedMeasurementError, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (packet) => {
        try {
          const { heartRate, rrIntervals } = decode(packet);
          return heartRate >= 0 && heartRate <= 65_535 && rrIntervals.every((interval) => interval < 64_000);
        } catch (error) {
          return error instanceof MalformedMeasurementError;
        }
      }),
      { numRuns: 10_000 },
    );
  });
});

const uint16 = fc.integer({ min: 0, max: 65_535 });
const measurement = fc.record({
  heartRate: uint16,
  sensorContact: fc.option(fc.boolean(), { nil: undefined }),
  energyExpended: fc.option(uint16, { nil: undefined }),
  rrIntervals: fc.array(
    uint16.map((units) => units * (1000 / 1024)),
    { maxLength: 120 },
  ),
});

describe('encodeHeartRateMeasurement', () => {
  it('writes what the decoder reads', () => {
    fc.assert(
      fc.property(measurement, (value) => {
        expect(decode(encode(value))).toEqual(value);
      }),
      { numRuns: 10_000 },
    );
  });

  it('loses nothing of what the decoder has read, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 2, maxLength: 60 }), (packet) => {
        let read: ReturnType<typeof decode>;
        try {
          read = decode(packet);
        } catch {
          return fc.pre(false);
        }
        const written = encode(read);
        expect(decode(written)).toEqual(read);
        expect(written.length).toBeLessThanOrEqual(packet.length);
      }),
      { numRuns: 1_000 },
    );
  });

  it('writes the shortest form', () => {
    expect([...encode({ heartRate: 255 })]).toEqual([0x00, 255]);
    expect([...encode({ heartRate: 256 })]).toEqual([0x01, 0x00, 0x01]);
  });

  it('rounds RR intervals to the nearest 1/1024 s', () => {
    expect(decode(encode({ heartRate: 72, rrIntervals: [615] })).rrIntervals).toEqual([615.234375]);
  });

  it.each([
    [{ heartRate: -1 }],
    [{ heartRate: 65_536 }],
    [{ heartRate: 72.5 }],
    [{ heartRate: Number.NaN }],
    [{ heartRate: 72, energyExpended: 65_536 }],
    [{ heartRate: 72, rrIntervals: [64_000] }],
    [{ heartRate: 72, rrIntervals: [-1] }],
  ])('refuses %o', (value) => {
    expect(() => encode(value)).toThrow(InvalidArgumentError);
  });
});
