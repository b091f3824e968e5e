import { expect, it } from 'vitest';
import { describeSample, describeStatus } from '../../../src/cli/describe.js';

const sample = {
  timestamp: new Date(),
  heartRate: 72,
  rrIntervals: [812.5, 830],
  sensor: { id: 'C1:00:00:00:00:01', name: 'Strap' },
  session: 's',
  sequence: 0,
};

it('shows a sample', () => {
  expect(describeSample(sample)).toBe('♥ 72 bpm    RR 813 830 ms   Strap');
});

it('shows no rate where there is no beat, nor the address of a sensor without a name', () => {
  const bare = { ...sample, heartRate: 0, rrIntervals: [], sensorContact: false, sensor: { id: 'C1:00' } };
  expect(describeSample(bare)).toBe('♥ no beat   no skin contact   (no name)');
});

it('lets no name steer the terminal', () => {
  const hostile = { ...sample, sensor: { id: 'a', name: 'evil\u001b[2J\n♥ 200 bpm\u202e' } };
  expect(describeSample(hostile)).toBe('♥ 72 bpm    RR 813 830 ms   evil�[2J�♥ 200 bpm�');
});

it('shows a status', () => {
  const base = { time: new Date(), reason: 'The link was lost.' };
  const reconnecting = {
    ...base,
    state: 'reconnecting',
    attempt: 2,
    nextTry: new Date(),
    error: undefined,
  } as const;
  expect(describeStatus(reconnecting)).toBe('reconnecting (attempt 2): The link was lost.');
  expect(describeStatus(reconnecting, sample.sensor)).toBe(
    'Strap: reconnecting (attempt 2): The link was lost.',
  );
  expect(describeStatus({ ...base, state: 'live', sensor: sample.sensor })).toBe(
    'Strap: live: The link was lost.',
  );
});
