import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../../../src/errors.js';
import {
  decodeBodySensorLocation as decode,
  encodeBodySensorLocation as encode,
  MalformedBodySensorLocationError,
} from '../../../src/profile/index.js';

const locations = ['other', 'chest', 'wrist', 'finger', 'hand', 'ear lobe', 'foot'] as const;

describe('body sensor location', () => {
  it.each(locations.map((location, number) => [location, number] as const))(
    'knows %s as %i',
    (location, number) => {
      expect(decode(new Uint8Array([number]))).toBe(location);
      expect(decode(new DataView(new Uint8Array([number]).buffer))).toBe(location);
      expect([...encode(location)]).toEqual([number]);
    },
  );

  it('names no location for a reserved number', () => {
    for (let number = 7; number < 256; number++) expect(decode(new Uint8Array([number]))).toBeUndefined();
  });

  it('refuses an empty value', () => {
    expect(() => decode(new Uint8Array())).toThrow(
      expect.objectContaining({ code: 'MALFORMED_BODY_SENSOR_LOCATION', hex: '' }),
    );
  });

  it('answers by the first byte or throws a MalformedBodySensorLocationError, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20 }), (bytes) => {
        const [first] = bytes;
        if (first === undefined) expect(() => decode(bytes)).toThrow(MalformedBodySensorLocationError);
        else expect(decode(bytes)).toBe(locations[first]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('refuses to write a location that there is not', () => {
    expect(() => encode('knee' as never)).toThrow(InvalidArgumentError);
  });
});
