import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalUuid, uuids } from '../../../src/profile/index.js';

const digits = (length: number) =>
  fc
    .array(fc.constantFrom(...'0123456789abcdef'), { minLength: length, maxLength: length })
    .map((all) => all.join(''));
const BASE = '-0000-1000-8000-00805f9b34fb';
const dashed = (text: string) => text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

describe('canonicalUuid', () => {
  it.each([
    ['180d', '180d'],
    ['180D', '180d'],
    ['0000180D-0000-1000-8000-00805F9B34FB', '180d'],
    ['0000180d00001000800000805f9b34fb', '180d'],
    ['FB005C80-02E7-F387-1CAD-8ACD2D8DF0C8', 'fb005c80-02e7-f387-1cad-8acd2d8df0c8'],
    ['fb005c8002e7f3871cad8acd2d8df0c8', 'fb005c80-02e7-f387-1cad-8acd2d8df0c8'],
    // One of 32 bits has no short form here.
    ['1234180d-0000-1000-8000-00805f9b34fb', '1234180d-0000-1000-8000-00805f9b34fb'],
    ['No UUID', 'no uuid'],
    ['', ''],
  ])('writes %s as %s', (uuid, expected) => {
    expect(canonicalUuid(uuid)).toBe(expected);
  });

  it('shortens those of 16 bits, however they are written', () => {
    fc.assert(
      fc.property(digits(4), fc.boolean(), fc.boolean(), (short, upper, withDashes) => {
        const full = withDashes ? `0000${short}${BASE}` : `0000${short}${BASE}`.replaceAll('-', '');
        expect(canonicalUuid(upper ? full.toUpperCase() : full)).toBe(short);
      }),
    );
  });

  it('writes all others with dashes, and what it has written the same again', () => {
    fc.assert(
      fc.property(digits(32), (uuid) => {
        const written = canonicalUuid(uuid);
        if (written.length > 4) expect(written).toBe(dashed(uuid));
        expect(canonicalUuid(written.toUpperCase())).toBe(written);
      }),
    );
  });

  it('never throws, and what it has written stays as it is, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const written = canonicalUuid(text);
        expect(canonicalUuid(written)).toBe(written);
      }),
    );
  });

  it('leaves the UUIDs of this package as they are, no two of them the same', () => {
    for (const uuid of Object.values(uuids)) expect(canonicalUuid(uuid)).toBe(uuid);
    expect(new Set(Object.values(uuids)).size).toBe(Object.keys(uuids).length);
  });
});
