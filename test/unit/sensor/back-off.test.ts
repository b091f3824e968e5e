import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { InvalidArgumentError } from '../../../src/errors.js';
import { checkReconnect } from '../../../src/sensor/back-off.js';

afterEach(() => void vi.restoreAllMocks());

const chance = (value: number) => vi.spyOn(Math, 'random').mockReturnValue(value);
const LONGEST = 2 ** 31 - 1;

describe('back-off', () => {
  it('tries for ever by default, from half a second up to ten', () => {
    chance(1);
    const { attempts, pause } = checkReconnect({});
    expect(attempts).toBe(Number.POSITIVE_INFINITY);
    expect([1, 2, 3, 4, 5, 6, 7].map(pause)).toEqual([500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
  });

  it('takes its options', () => {
    chance(1);
    const { attempts, pause } = checkReconnect({ attempts: 3, delay: 100, maxDelay: 250 });
    expect(attempts).toBe(3);
    expect([1, 2, 3].map(pause)).toEqual([100, 200, 250]);
  });

  it('never pauses longer than the longest pause, also where the first one would', () => {
    chance(1);
    expect(checkReconnect({ delay: 100, maxDelay: 50 }).pause(1)).toBe(50);
  });

  it('leaves the pause to chance, from none at all', () => {
    const { pause } = checkReconnect({ delay: 1_000 });
    chance(0);
    expect(pause(1)).toBe(0);
    chance(0.25);
    expect(pause(1)).toBe(250);
  });

  it('stays a time that a timer takes, however many attempts failed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: LONGEST }),
        fc.integer({ min: 1, max: LONGEST }),
        fc.oneof(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER })),
        (delay, maxDelay, attempt) => {
          const pause = checkReconnect({ delay, maxDelay }).pause(attempt);
          expect(pause).toBeGreaterThanOrEqual(0);
          expect(pause).toBeLessThanOrEqual(maxDelay);
        },
      ),
    );
  });

  it('does not try again at all where it is false', () => {
    const { attempts, pause } = checkReconnect(false);
    expect(attempts).toBe(0);
    expect(pause(1)).toBe(0);
  });

  it.each([
    [{ attempts: 0 }, 'reconnect.attempts must be at least 1, but is 0: use false.'],
    [{ attempts: Number.NaN }, 'reconnect.attempts'],
    [{ delay: 0 }, 'reconnect.delay'],
    [{ delay: -1 }, 'reconnect.delay'],
    [{ maxDelay: LONGEST + 1 }, 'reconnect.maxDelay'],
    [{ maxDelay: Number.NaN }, 'reconnect.maxDelay'],
  ])('refuses %o', (options, message) => {
    expect(() => checkReconnect(options)).toThrow(InvalidArgumentError);
    expect(() => checkReconnect(options)).toThrow(message);
  });
});
