import { lastValueFrom, take, tap, toArray } from 'rxjs';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { InvalidArgumentError } from '../../../src/errors.js';
import { heartRate } from '../../../src/sensor/index.js';
import { type SimulatorOptions, simulatedCentral } from '../../../src/simulator/index.js';
import { minutes, virtually, watch } from './virtually.js';

const start = new Date('2026-11-23T10:00:00Z');
const simulate = (count: number, options: SimulatorOptions = {}) => {
  const central = simulatedCentral({ speed: 20_000, start, ...options });
  return lastValueFrom(heartRate(central, { id: 'simulated-1' }).pipe(take(count), toArray()));
};

describe('simulatedCentral', () => {
  it('gives the same beats for the same seed, and others for another', async () => {
    const beats = async (seed: number) =>
      (await simulate(60, { seed })).map(({ heartRate, rrIntervals }) => [heartRate, rrIntervals]);
    const first = await beats(7);
    expect(await beats(7)).toEqual(first);
    expect(await beats(8)).not.toEqual(first);
  });

  it('sends a packet each simulated second, whatever the speed', async () => {
    for (const speed of [300, 20_000, 100_000]) {
      const samples = await simulate(120, { speed });
      expect(samples.map(({ timestamp }) => timestamp.getTime() - start.getTime())).toEqual(
        samples.map((_, at) => (at + 1) * 1_000),
      );
    }
  });

  it('has rates and intervals that agree, through the default workout', async () => {
    for (const seed of [1, 2, 3]) {
      const samples = await simulate(44 * 60, { seed });
      const rates = samples.map((sample) => sample.heartRate);
      const intervals = samples.flatMap(({ rrIntervals }) => rrIntervals);
      expect(Math.min(...rates)).toBeGreaterThanOrEqual(40);
      expect(Math.max(...rates)).toBeLessThanOrEqual(200);
      expect(Math.max(...rates) - Math.min(...rates)).toBeGreaterThan(70);
      // Beat after beat they fill the time, but for the interval that is still open.
      const total = intervals.reduce((sum, interval) => sum + interval, 0);
      expect(Math.abs(samples.length * 1_000 - total)).toBeLessThan(2_000);
      const meanOfRates = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
      expect(Math.abs(meanOfRates - intervals.length / 44)).toBeLessThan(1);
    }
  });

  it('does the workout it is given', () => {
    const workout = [
      { name: 'sleep', seconds: 300, effort: 0 },
      { name: 'sprint', seconds: 300, effort: 1 },
    ];
    virtually((at) => {
      const central = simulatedCentral({ workout });
      const { samples } = watch(heartRate(central, { id: 'simulated-1' }));
      at(minutes(2), () => expect(central.sensors[0].phase).toBe('sleep'));
      at(minutes(7), () => expect(central.sensors[0].phase).toBe('sprint'));
      at(minutes(9.9), () => {
        expect(samples.at(290)?.heartRate).toBeLessThan(75);
        expect(samples.at(-1)?.heartRate).toBeGreaterThan(150);
      });
    });
  });

  it('has as many sensors as wanted, all different, and none in step with another', () => {
    virtually((at) => {
      const central = simulatedCentral({ sensors: 20, start });
      const watched = central.sensors.map(({ id }) => watch(heartRate(central, { id })).samples);
      at(minutes(1), () => {
        const phases = watched.map(([first]) => (first?.timestamp.getTime() ?? 0) % 1_000);
        expect(new Set(phases).size).toBe(20);
        expect(new Set(watched.map((samples) => samples.at(-1)?.rrIntervals.at(-1))).size).toBeGreaterThan(
          15,
        );
        for (const samples of watched) expect(samples.length).toBeGreaterThanOrEqual(59);
      });
    });
  });

  it('has a clock that never goes back, whoever is asked about', () => {
    virtually((at) => {
      const central = simulatedCentral({ sensors: 5, speed: 3.7 });
      const times: number[] = [];
      for (const { id } of central.sensors) {
        watch(heartRate(central, { id }).pipe(tap(() => times.push(central.clock.now()))));
      }
      for (let second = 1; second < 60; second++) at(second * 997, () => times.push(central.clock.now()));
      at(minutes(1), () => expect(times).toEqual([...times].sort((a, b) => a - b)));
    });
  });

  it('stands still until somebody listens, and goes on for good', () => {
    virtually((at) => {
      const central = simulatedCentral({ start, speed: 2 });
      at(minutes(1), () => {
        expect(central.clock.now()).toBe(start.getTime());
        heartRate(central, { id: 'simulated-1' }).pipe(take(10)).subscribe();
      });
      at(minutes(2), () => expect(central.clock.now()).toBe(start.getTime() + minutes(2)));
    });
  });

  it('runs where timers are faked and the clock is not', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const { samples, stop } = watch(heartRate(simulatedCentral(), { id: 'simulated-1' }));
    await vi.advanceTimersByTimeAsync(60_500);
    expect(samples).toHaveLength(60);
    stop();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('goes on where the clock is put back, and makes up for a busy process only so far', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { samples, stop } = watch(heartRate(simulatedCentral(), { id: 'simulated-1' }));
    await vi.advanceTimersByTimeAsync(10_500);
    vi.setSystemTime(Date.now() - 3_600_000);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(samples.length).toBeGreaterThanOrEqual(19);
    const before = samples.length;
    vi.setSystemTime(Date.now() + 8 * 3_600_000);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(samples.length).toBeGreaterThan(before + 15);
    expect(samples.length).toBeLessThan(before + 25);
    stop();
  });

  it.each<SimulatorOptions>([
    { sensors: 0 },
    { sensors: 1_001 },
    { sensors: 1.5 },
    { speed: 0 },
    { speed: Number.POSITIVE_INFINITY },
    { seed: 0.5 },
    { start: new Date(Number.NaN) },
    { workout: [] },
    { workout: [{ name: 'none', seconds: 0, effort: 0 }] },
    { workout: [{ name: 'too much', seconds: 1, effort: 1.1 }] },
  ])('refuses %o', (options) => {
    expect(() => simulatedCentral(options)).toThrow(InvalidArgumentError);
  });
});

describe('in virtual time', () => {
  it('an hour goes by at once, a lost link and all', () => {
    virtually((at) => {
      const central = simulatedCentral({ start });
      const [sensor] = central.sensors;
      const { samples } = watch(heartRate(central));
      at(minutes(30) + 300, () => {
        sensor.stopAdvertising();
        sensor.disconnect();
      });
      at(minutes(31), () => sensor.startAdvertising());
      at(minutes(60), () => {
        const times = samples.map(({ timestamp }) => timestamp.getTime());
        const gaps = times.slice(1).map((time, before) => time - (times[before] ?? 0));
        expect(gaps.filter((gap) => gap !== 1_000)).toHaveLength(1);
        expect(Math.max(...gaps)).toBeGreaterThanOrEqual(59_000);
        expect(Math.max(...gaps)).toBeLessThan(80_000);
        expect(new Set(samples.map(({ session }) => session)).size).toBe(1);
        // The heart went on meanwhile, but nobody was told.
        const total = samples.flatMap(({ rrIntervals }) => rrIntervals).reduce((sum, rr) => sum + rr, 0);
        expect(Math.abs(total - samples.length * 1_000)).toBeLessThan(4_000);
      });
    });
  });
});
