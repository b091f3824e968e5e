import { expect, it } from 'vitest';
import { type HeartRateSample, PACKET } from '../../../src/sample/index.js';
import { heartRates, SensorDisconnectedError } from '../../../src/sensor/index.js';
import { scriptedCentral } from '../../support/scripted-central.js';
import { fakeTime } from './faked.js';

fakeTime();

it('forgets who was away longest where there are too many of them, and none that is connected', () => {
  const script = scriptedCentral();
  const samples: HeartRateSample[] = [];
  const ended: string[] = [];
  const subscription = heartRates(script.central, {
    max: 2,
    onStatus: ({ state }, { id }) => state === 'ended' && ended.push(id),
  }).subscribe((sample) => samples.push(sample));
  script.advertise('first');
  script.accept();
  script.beat(60);
  for (let passer = 0; passer <= 1_000; passer++) {
    script.advertise(`passer-by ${passer}`);
    script.drop(new SensorDisconnectedError('lost'));
  }
  expect(ended).toEqual(['passer-by 0']);
  script.link(0).beat(61);
  expect(samples).toEqual([
    expect.objectContaining({ sensor: { id: 'first' }, heartRate: 60, sequence: 0 }),
    expect.objectContaining({
      sensor: { id: 'first' },
      heartRate: 61,
      sequence: 1,
      [PACKET]: expect.anything(),
    }),
  ]);
  subscription.unsubscribe();
  expect(script.count).toEqual({ scans: 0, connects: 0 });
});
