import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../../../src/errors.js';
import { checkTime } from '../../../src/sensor/check-time.js';

describe('checkTime', () => {
  it.each([0.5, 1, 2 ** 31 - 1])('takes %d', (value) => {
    expect(() => checkTime('silence', value)).not.toThrow();
  });

  it.each([0, -0, -1, 2 ** 31, Number.POSITIVE_INFINITY, Number.NaN])('refuses %d', (value) => {
    expect(() => checkTime('silence', value)).toThrow(InvalidArgumentError);
    expect(() => checkTime('silence', value)).toThrow(
      `silence must be a positive number of milliseconds, at most 24 days, but is ${value}.`,
    );
  });
});
