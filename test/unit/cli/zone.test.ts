import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantOf, isZone, localTime } from '../../../src/cli/zone.js';

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
];
const at = (local: string, zone: string) => instantOf(`${local}.000`, zone).toISOString();

describe('what clocks show', () => {
  it.each([
    // Berlin puts its clocks back at 03:00 to 02:00, and forward at 02:00 to 03:00.
    ['2026-10-25T01:59:59', 'Europe/Berlin', '2026-10-24T23:59:59.000Z'],
    ['2026-10-25T02:30:00', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
    ['2026-10-25T03:00:00', 'Europe/Berlin', '2026-10-25T02:00:00.000Z'],
    ['2026-03-29T01:59:59', 'Europe/Berlin', '2026-03-29T00:59:59.000Z'],
    ['2026-03-29T02:30:00', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
    ['2026-03-29T03:00:00', 'Europe/Berlin', '2026-03-29T01:00:00.000Z'],
    ['2026-11-01T01:30:00', 'America/New_York', '2026-11-01T05:30:00.000Z'],
    ['2026-03-08T02:30:00', 'America/New_York', '2026-03-08T07:30:00.000Z'],
    // By half an hour.
    ['2026-04-05T01:45:00', 'Australia/Lord_Howe', '2026-04-04T14:45:00.000Z'],
    ['2026-10-04T02:15:00', 'Australia/Lord_Howe', '2026-10-03T15:45:00.000Z'],
    // A day that there was not.
    ['2011-12-30T12:00:00', 'Pacific/Apia', '2011-12-30T22:00:00.000Z'],
    ['2026-11-23T10:00:00', 'Asia/Kathmandu', '2026-11-23T04:15:00.000Z'],
  ])('%s in %s', (local, zone, instant) => {
    expect(at(local, zone)).toBe(instant);
  });

  it('is at an instant at which they show it', () => {
    const instants = fc.date({
      min: new Date('1971-01-01'),
      max: new Date('2037-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instants, fc.constantFrom(...ZONES), (instant, zone) => {
        const text = localTime(instant, zone);
        expect(new Date(text)).toEqual(instant);
        const local = text.slice(0, '2026-11-23T10:00:00.000'.length);
        const again = instantOf(local, zone);
        expect(localTime(again, zone).startsWith(local)).toBe(true);
        expect(again.getTime()).toBeLessThanOrEqual(instant.getTime());
      }),
    );
  });
});

it('knows which time zones there are', () => {
  expect([...ZONES, 'Mars/Olympus', ''].map(isZone)).toEqual([...ZONES.map(() => true), false, false]);
});
