import { describe, expect, it } from 'vitest';
import { ticksOf } from '../../../../src/cli/plot/ticks.js';

const labels = (from: string, to: string, zone: string, most = 12) =>
  ticksOf(Date.parse(from), Date.parse(to), zone, most).map(({ at, label }) => [
    new Date(at).toISOString().slice(11, 16),
    label,
  ]);

describe('the marks of a time axis', () => {
  it('has the hour twice that clocks have twice', () => {
    expect(labels('2026-10-24T23:10:00Z', '2026-10-25T02:10:00Z', 'Europe/Berlin', 6)).toEqual([
      ['23:30', '01:30\n+02:00'],
      ['00:00', '02:00\n+02:00'],
      ['00:30', '02:30\n+02:00'],
      ['01:00', '02:00\n+01:00'],
      ['01:30', '02:30\n+01:00'],
      ['02:00', '03:00\n+01:00'],
    ]);
  });

  it('has not the hour that clocks skip, in the north and in the south', () => {
    const shown = (from: string, to: string, zone: string) =>
      labels(from, to, zone, 4).map(([, label]) => label?.split('\n')[0]);
    expect(shown('2026-03-29T00:00:00Z', '2026-03-29T03:00:00Z', 'Europe/Berlin')).toEqual([
      ...['01:00', '03:00', '04:00', '05:00'],
    ]);
    expect(shown('2026-10-03T14:00:00Z', '2026-10-03T18:00:00Z', 'Australia/Adelaide')).toEqual([
      ...['00:00', '01:00', '03:00', '04:00'],
    ]);
  });

  it('has midnights as clocks have them, also where a day has 25 hours', () => {
    expect(labels('2026-10-24T00:00:00Z', '2026-10-27T12:00:00Z', 'Europe/Berlin', 4)).toEqual([
      ['22:00', '2026-10-25'],
      ['23:00', '2026-10-26'],
      ['23:00', '2026-10-27'],
    ]);
  });

  it('has seconds, days where they begin, and odd offsets', () => {
    expect(labels('2026-11-23T10:00:00Z', '2026-11-23T10:00:04Z', 'UTC', 4).at(-1)?.[1]).toBe('10:00:04');
    expect(labels('2026-11-23T18:00:00Z', '2026-11-23T19:00:00Z', 'Asia/Kathmandu', 5)).toEqual([
      ['18:00', '23:45'],
      ['18:15', '00:00\n2026-11-24'],
      ['18:30', '00:15'],
      ['18:45', '00:30'],
      ['19:00', '00:45'],
    ]);
  });

  it.each([1, 60, 3_600, 86_400, 86_400 * 400, 86_400 * 36_500])('has not too many in %s s', (seconds) => {
    const from = Date.parse('2026-01-01T00:00:00Z');
    const ticks = ticksOf(from, from + seconds * 1_000, 'Europe/Berlin', 12);
    expect(ticks.length).toBeGreaterThan(0);
    expect(ticks.length).toBeLessThanOrEqual(14);
  });
});
