import { lastValueFrom, take, toArray } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../../../src/errors.js';
import { heartRate } from '../../../src/sensor/index.js';
import { type SimulatorOptions, simulatedCentral } from '../../../src/simulator/index.js';

const start = new Date('2026-11-23T10:00:00Z');
const simulate = (count: number, options: SimulatorOptions = {}) =>
  lastValueFrom(
    heartRate(simulatedCentral({ speed: 20_000, start, ...options })).pipe(take(count), toArray()),
  );

describe('simulatedCentral', () => {
  it('gives the same beats for the same seed, and others for another', async () => {
    const beats = async (seed: number) =>
      (await simulate(60, { seed })).map(({ heartRate, rrIntervals }) => [heartRate, rrIntervals]);
    const first = await beats(7);
    expect(await beats(7)).toEqual(first);
    expect(await beats(8)).not.toEqual(first);
  });

  it('sends a packet each simulated second, whatever the speed', async () => {
    const samples = await simulate(120);
    expect(samples.map(({ timestamp }) => timestamp.getTime() - start.getTime())).toEqual(
      samples.map((_, at) => (at + 1) * 1_000),
    );
  });

  it('has rates and intervals that a heart can have, and that agree', async () => {
    for (const seed of [1, 2, 3]) {
      const samples = await simulate(3_600, { seed });
      const rates = samples.map((sample) => sample.heartRate);
      const intervals = samples.flatMap(({ rrIntervals }) => rrIntervals);
      expect(Math.min(...rates)).toBeGreaterThanOrEqual(50);
      expect(Math.max(...rates)).toBeLessThanOrEqual(180);
      expect(Math.max(...rates) - Math.min(...rates)).toBeGreaterThan(10);
      // Beat after beat they fill the hour, but for the interval that is still open.
      const total = intervals.reduce((sum, interval) => sum + interval, 0);
      expect(Math.abs(3_600_000 - total)).toBeLessThan(2_000);
      const meanOfRates = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
      expect(Math.abs(meanOfRates - intervals.length / 60)).toBeLessThan(1);
    }
  });

  it.each([
    { sensors: 0 },
    { sensors: 1_001 },
    { speed: 0 },
    { speed: Number.POSITIVE_INFINITY },
    { seed: 0.5 },
  ])('refuses %o', (options) => {
    expect(() => simulatedCentral(options)).toThrow(InvalidArgumentError);
  });
});
