import { expect, it } from 'vitest';
import { Sensors } from '../../../src/dashboard/sensors.js';
import { sampleOf } from '../../support/samples.js';

const SILENCE = 5_000;
const sensor = { id: 'strap-1', name: 'Strap 1' };
const status = (state: 'live' | 'ended') =>
  ({ state, time: new Date(0), reason: 'So it is.', sensor }) as const;

it('tells by the samples where a sensor is, as long as nobody else does', () => {
  const sensors = new Sensors(SILENCE);
  expect(sensors.take(sampleOf(0), 0)).toMatchObject({ state: 'live', sensor_id: 'strap-1' });
  expect(sensors.take(sampleOf(1), 1_000)).toBeUndefined();
  expect(sensors.fallenSilent(5_999)).toEqual([]);
  expect(sensors.fallenSilent(6_000)).toMatchObject([{ state: 'silent' }]);
  expect(sensors.fallenSilent(7_000)).toEqual([]);
  expect(sensors.statuses).toMatchObject([{ state: 'silent' }]);
  expect(sensors.take(sampleOf(2), 8_000)).toMatchObject({ state: 'live' });
});

it('leaves it to who tells', () => {
  const sensors = new Sensors(SILENCE);
  sensors.tell(status('live'), sensor);
  expect(sensors.take(sampleOf(0), 0)).toBeUndefined();
  expect(sensors.fallenSilent(10_000)).toEqual([]);
  sensors.tell(status('ended'), sensor);
  expect(sensors.statuses).toMatchObject([{ state: 'ended', reason: 'So it is.' }]);
});

it('has a present rate only of who is live, has a beat, and has sent it just now', () => {
  const sensors = new Sensors(SILENCE);
  const present = (now: number) => sensors.present(now).map(({ rate }) => rate);
  sensors.tell(status('live'), sensor);
  expect(present(0)).toEqual([]);
  sensors.take(sampleOf(0, { heartRate: 72 }), 0);
  expect(present(4_999)).toEqual([72]);
  expect(present(5_000)).toEqual([]);
  sensors.take(sampleOf(1, { heartRate: 0 }), 6_000);
  expect(present(6_000)).toEqual([]);
  sensors.take(sampleOf(2, { heartRate: 73 }), 7_000);
  sensors.tell(status('ended'), sensor);
  expect(present(7_000)).toEqual([]);
});

it('forgets who was longest without news', () => {
  const sensors = new Sensors(SILENCE);
  for (let at = 0; at < 1_001; at++) {
    sensors.take(sampleOf(0, { sensor: { id: String(at) } }), at);
    sensors.take(sampleOf(1, { sensor: { id: '0' } }), at);
  }
  const ids = sensors.statuses.map(({ sensor_id: id }) => id);
  expect(ids).toHaveLength(1_000);
  expect(ids).toContain('0');
  expect(ids).not.toContain('1');
});
