import { expect, it } from 'vitest';
import { History } from '../../../src/dashboard/history.js';
import { sampleOf } from '../../support/samples.js';

const MINUTE = 60_000;

it('answers the last minutes of each session, with the values as they came', () => {
  const history = new History();
  for (let at = 0; at < 200; at++) history.take(sampleOf(at, { rrIntervals: [at + 1 / 3] }), at * 1_000);
  history.take(sampleOf(0, { session: 'old', sensor: { id: 'strap-2' } }), 0);
  const [session, ...others] = [...history.of(1, 199_000)];
  expect(others).toEqual([]);
  expect(session).toMatchObject({ session_id: 'ride', sensor_id: 'strap-1', sensor_name: 'Strap 1' });
  expect(session?.sequence).toEqual(Array.from({ length: 61 }, (_, at) => 139 + at));
  expect(session?.heart_rate[0]).toBe(sampleOf(139).heartRate);
  expect(session?.timestamp[0]).toBe(sampleOf(139).timestamp.getTime());
  expect(session?.rr_intervals[0]).toEqual([139 + 1 / 3]);
  expect([...history.of(60, 199_000)].map(({ session_id: id }) => id)).toEqual(['ride', 'old']);
  expect([...history.of(60, 199_000 + 60 * MINUTE + 1)]).toEqual([]);
});

it('keeps an hour of a session, and a thousand sessions', () => {
  const history = new History();
  for (let at = 0; at < 5_000; at++) history.take(sampleOf(at), at);
  const [session] = [...history.of(60, 5_000)];
  expect(session?.sequence).toHaveLength(3_600);
  expect([session?.sequence[0], session?.sequence.at(-1)]).toEqual([1_400, 4_999]);
  expect(session?.heart_rate.at(-1)).toBe(sampleOf(4_999).heartRate);
  for (let at = 0; at < 1_000; at++) history.take(sampleOf(0, { session: String(at) }), 5_000);
  expect([...history.of(60, 5_000)].map(({ session_id: id }) => id)).not.toContain('ride');
});

it('has each sample once, whatever comes again', () => {
  const history = new History();
  for (const at of [0, 1, 1, 0, 2]) history.take(sampleOf(at), at);
  expect([...history.of(60, 10)][0]?.sequence).toEqual([0, 1, 2]);
});
