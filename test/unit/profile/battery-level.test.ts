import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBatteryLevel as decode, MalformedBatteryLevelError } from '../../../src/profile/index.js';

describe('decodeBatteryLevel', () => {
  it.each([0, 1, 99, 100])('reads %i per cent', (level) => {
    expect(decode(new Uint8Array([level]))).toBe(level);
    expect(decode(new DataView(new Uint8Array([level]).buffer))).toBe(level);
  });

  it('ignores bytes behind the level', () => {
    expect(decode(new Uint8Array([42, 0xff]))).toBe(42);
  });

  it.each([
    ['nothing at all', [], '', 'The battery level is empty.'],
    ['more than all', [101], '65', 'The battery level is 101 per cent.'],
    ['the highest byte', [255, 1], 'ff01', 'The battery level is 255 per cent.'],
  ])('refuses %s with a typed error that holds the bytes', (_, bytes, hex, message) => {
    expect(() => decode(new Uint8Array(bytes))).toThrow(
      expect.objectContaining({
        name: 'MalformedBatteryLevelError',
        code: 'MALFORMED_BATTERY_LEVEL',
        retriable: false,
        hex,
        message,
      }),
    );
  });

  it('answers the first byte or throws a MalformedBatteryLevelError, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20 }), (bytes) => {
        const [first = 255] = bytes;
        if (first <= 100) expect(decode(bytes)).toBe(first);
        else expect(() => decode(bytes)).toThrow(MalformedBatteryLevelError);
      }),
      { numRuns: 1_000 },
    );
  });
});
