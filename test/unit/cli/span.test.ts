import { describe, expect, it, vi } from 'vitest';
import { readDuration, readSpan, readTime } from '../../../src/cli/span.js';

const INVALID = expect.objectContaining({ code: 'INVALID_ARGUMENT' });

describe('a duration', () => {
  it.each([
    ['30s', 30_000],
    ['15m', 900_000],
    ['2h', 7_200_000],
    ['7d', 604_800_000],
    ['1.5h', 5_400_000],
    ['36525d', 3_155_760_000_000],
  ])('%s', (text, milliseconds) => {
    expect(readDuration(text)).toBe(milliseconds);
  });

  it.each(['', '15', 'm', '15 m', '15M', '-15m', '0s', '1e3s', '15min', '1h30m', 'NaNs', '36526d', '1w'])(
    'is not %j',
    (text) => {
      expect(() => readDuration(text)).toThrow(INVALID);
    },
  );
});

describe('a time', () => {
  it.each([
    ['2026-11-23T10:00:00Z', '2026-11-23T10:00:00.000Z'],
    ['2026-11-23T10:00:00.25+01:00', '2026-11-23T09:00:00.250Z'],
    ['2026-11-23T10:00-03:30', '2026-11-23T13:30:00.000Z'],
    ['2026-11-23T10:00', '2026-11-23T09:00:00.000Z'],
    ['2026-07-23 10:00:01.5', '2026-07-23T08:00:01.500Z'],
    ['2026-11-23', '2026-11-22T23:00:00.000Z'],
    ['0099-01-01T00:00Z', '0099-01-01T00:00:00.000Z'],
  ])('%s in Berlin', (text, instant) => {
    expect(readTime(text, 'Europe/Berlin').toISOString()).toBe(instant);
  });

  it.each([
    ...['', 'now', '10:00', '2026-11', '2026-11-23Z', '2026-11-23T10', '2026-02-30', '2026-13-01'],
    ...['2026-11-23T24:00', '2026-11-23T10:60', '2026-11-23T10:00+25:00', '1795428000', '23.11.2026'],
  ])('is not %j', (text) => {
    expect(() => readTime(text, 'Europe/Berlin')).toThrow(INVALID);
  });
});

describe('a span', () => {
  it('is the last so many milliseconds', () => {
    vi.useFakeTimers({ now: 10_000_000 });
    expect(readSpan({ last: 1_000 }, 'UTC')).toEqual({ from: new Date(9_999_000), to: new Date(10_000_000) });
    vi.useRealTimers();
  });

  it('is that between two times', () => {
    expect(readSpan({ between: ['2026-10-25', '2026-10-26'] }, 'Europe/Berlin')).toEqual({
      from: new Date('2026-10-24T22:00:00Z'),
      to: new Date('2026-10-25T23:00:00Z'),
    });
  });

  it.each([
    [{}, 'Say one of'],
    [{ last: 1, between: ['2026-11-23', '2026-11-24'] }, 'Say one of'],
    [{ between: ['2026-11-23'] }, 'two times'],
    [{ between: ['2026-11-23', '2026-11-24', '2026-11-25'] }, 'two times'],
    [{ between: ['2026-11-24', '2026-11-23'] }, 'earlier time first'],
    [{ between: ['2026-11-23', '2026-11-23'] }, 'earlier time first'],
  ])('is not %j', (options, message) => {
    expect(() => readSpan(options, 'UTC')).toThrow(message);
  });
});
