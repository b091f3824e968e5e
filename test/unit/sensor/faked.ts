import { afterEach, beforeEach, vi } from 'vitest';
import type { HeartRateSample } from '../../../src/sample/index.js';
import { connect, type SensorOptions, type SensorStatus } from '../../../src/sensor/index.js';
import { type ScriptedCentral, scriptedCentral } from '../../support/scripted-central.js';

/** When every test begins. */
export const start = new Date('2026-11-23T10:00:00Z');

/** So many milliseconds after the beginning. */
export const at = (milliseconds: number) => new Date(start.getTime() + milliseconds);

/** Time passes only where a test says so. */
export function fakeTime(): void {
  beforeEach(() => {
    vi.useFakeTimers({ now: start });
    // Chance decides how long to wait before connecting again: half of the longest pause, here.
    vi.spyOn(Math, 'random').mockReturnValue(0.5);
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.useRealTimers();
  });
}

/** A sensor of which everything is kept that it says. */
export function watched(options: SensorOptions = { id: 'a' }, script: ScriptedCentral = scriptedCentral()) {
  const sensor = connect(script.central, options);
  const statuses: SensorStatus[] = [];
  sensor.status$.subscribe((status) => statuses.push(status));
  return {
    script,
    sensor,
    statuses,
    states: () => statuses.map(({ state }) => state),
    /** Subscribes to the samples. */
    listen: () => {
      const samples: HeartRateSample[] = [];
      const errors: unknown[] = [];
      const subscription = sensor.samples$.subscribe({
        next: (sample) => samples.push(sample),
        error: (error) => errors.push(error),
      });
      return { samples, errors, rates: () => samples.map(({ heartRate }) => heartRate), subscription };
    },
  };
}

/** A sensor that is subscribed to and has sent one heart rate, 60. */
export function live(options: SensorOptions = {}) {
  const sensor = watched({ id: 'a', ...options });
  const heard = sensor.listen();
  sensor.script.advertise('a', { name: 'Strap' });
  sensor.script.accept();
  sensor.script.beat(60);
  return { ...sensor, ...heard };
}
