import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, toDataView, toHex } from '../../../src/profile/bytes.js';

describe('bytes', () => {
  it('are seen where they lie, not copied', () => {
    const { buffer } = new Uint8Array([0xff, 1, 2, 0xff]);
    const view = toDataView(new Uint8Array(buffer, 1, 2));
    expect([view.buffer, view.byteOffset, view.byteLength]).toEqual([buffer, 1, 2]);
    expect(toDataView(view)).toBe(view);
  });

  it('become digits, two for each', () => {
    expect(toHex(new Uint8Array([0x00, 0x0a, 0xff]))).toBe('000aff');
    expect(toHex(new DataView(new Uint8Array([0xff, 1, 2, 0xff]).buffer, 1, 2))).toBe('0102');
    expect(toHex(new Uint8Array())).toBe('');
  });

  it('come back from their digits, of either case', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(fromHex(toHex(bytes))).toEqual(bytes);
        expect(fromHex(toHex(bytes).toUpperCase())).toEqual(bytes);
      }),
    );
  });

  it.each(['0', '000', '0g', ' 00', '00 ', '00\n', '0x00', '00:01', 'ää'])('are not read from %j', (text) => {
    expect(fromHex(text)).toBeUndefined();
  });

  it('are read from whatever is pairs of digits, and from nothing else', () => {
    const digits = [...'0123456789abcdefABCDEF'];
    const unit = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...digits) }, fc.string({ maxLength: 1 }));
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 6 }), (units) => {
        const text = units.join('');
        const valid = text.length % 2 === 0 && [...text].every((digit) => digits.includes(digit));
        const bytes = fromHex(text);
        if (valid) expect(bytes && toHex(bytes)).toBe(text.toLowerCase());
        else expect(bytes).toBeUndefined();
      }),
      { numRuns: 1_000 },
    );
  });
});
