import { expect, it } from 'vitest';
import { Alerts } from '../../../src/dashboard/alerts.js';
import { sampleOf } from '../../support/samples.js';

const alerts = () => {
  const taken = new Alerts({ above: 150, below: 145 });
  let sequence = 0;
  const take = (heartRate: number, session = 'ride') =>
    taken.take(sampleOf(sequence++, { heartRate, session })).map(({ state }) => state);
  return { taken, take };
};

it('raises at the threshold, and clears only below the lower one', () => {
  const { taken, take } = alerts();
  expect([149, 150, 151, 147, 145, 150].flatMap((rate) => take(rate))).toEqual(['raised']);
  expect(taken.raised).toMatchObject([
    { state: 'raised', sensor_id: 'strap-1', session_id: 'ride', heart_rate: 150 },
  ]);
  expect(taken.take(sampleOf(9, { heartRate: 144 }))).toEqual([
    {
      ...{ state: 'cleared', sensor_id: 'strap-1', sensor_name: 'Strap 1', session_id: 'ride' },
      ...{ heart_rate: 144, time: '2026-11-23T10:00:09.000Z', reason: '144 bpm is below 145 bpm.' },
    },
  ]);
  expect(taken.raised).toEqual([]);
  expect([149, 144, 150].flatMap((rate) => take(rate))).toEqual(['raised']);
});

it('takes a rate of 0 for no beat: it neither raises nor clears', () => {
  const { take } = alerts();
  expect([160, 0, 0, 140].map((rate) => take(rate))).toEqual([['raised'], [], [], ['cleared']]);
  expect(new Alerts({ above: 1, below: 0 }).take(sampleOf(0, { heartRate: 0 }))).toEqual([]);
});

it('keeps sensors apart', () => {
  const { taken } = alerts();
  taken.take(sampleOf(0, { heartRate: 160 }));
  expect(taken.take(sampleOf(0, { heartRate: 100, sensor: { id: 'strap-2' } }))).toEqual([]);
  expect(taken.raised).toHaveLength(1);
});

it('clears where the session ends, or the sensor begins another', () => {
  const { taken, take } = alerts();
  take(160);
  expect(taken.end({ id: 'strap-1' })).toMatchObject([
    { state: 'cleared', reason: 'The session has ended.' },
  ]);
  expect(taken.end({ id: 'strap-1' })).toEqual([]);
  take(160);
  expect(take(100, 'run')).toEqual(['cleared']);
  take(160);
  expect(take(170, 'run')).toEqual(['cleared', 'raised']);
});
