import { describe, expect, it } from 'vitest';
import { instantOf, numberOf } from '../../../../src/cli/query/answer.js';

describe('a value of an answer', () => {
  it.each([
    ['7', 7],
    ['-7.5', -7.5],
    ['1E3', 1_000],
    ['9007199254740991', 9_007_199_254_740_991],
    // It would be another one as a number of JavaScript.
    ['9007199254740993', '9007199254740993'],
    ['NaN', 'NaN'],
    ['Infinity', 'Infinity'],
  ])('is the number %s', (text, value) => {
    expect(numberOf(text)).toBe(value);
  });

  it.each([
    ['2026-10-25 01:30:00', '2026-10-25T01:30:00.000Z'],
    ['2026-10-25 01:30:00.5', '2026-10-25T01:30:00.500Z'],
    ['2026-10-25 01:30:00.123456789', '2026-10-25T01:30:00.123Z'],
    ['2026-10-25 01:30:00.000 UTC', '2026-10-25T01:30:00.000Z'],
    ['2026-10-25 01:30:00+02', '2026-10-24T23:30:00.000Z'],
    ['2026-10-25 01:30:00.000 -03:30', '2026-10-25T05:00:00.000Z'],
  ])('is the instant %s', (text, instant) => {
    expect(instantOf(text)).toEqual(new Date(instant));
  });

  it.each(['infinity', '0044-03-15 12:00:00 (BC)', '2026-10-25 02:30:00.000 Europe/Berlin', '2026-10-25'])(
    'stays text where it is none: %s',
    (text) => {
      expect(instantOf(text)).toBe(text);
    },
  );
});
