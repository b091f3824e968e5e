import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { sessionClock } from '../../../src/sensor/clock.js';
import { scriptedCentral } from '../../support/scripted-central.js';
import { fakeTime, start } from './faked.js';

fakeTime();

const { central } = scriptedCentral();

describe('sessionClock', () => {
  it("is set by the system's clock", () => {
    const clock = sessionClock(central);
    expect(clock.now()).toBe(start.getTime());
    vi.advanceTimersByTime(1_500);
    expect(clock.now()).toBe(start.getTime() + 1_500);
  });

  it.each(['2001-01-01', '2038-01-01'])("goes on evenly when the system's clock is set to %s", (date) => {
    const clock = sessionClock(central);
    vi.setSystemTime(new Date(date));
    vi.advanceTimersByTime(1_000);
    expect(clock.now()).toBe(start.getTime() + 1_000);
    // The next session begins with the time that the system has then.
    expect(sessionClock(central).now()).toBe(new Date(date).getTime() + 1_000);
  });

  it('is that of the central, where it has one', () => {
    let time = 5;
    const clock = sessionClock({ ...central, clock: { now: () => time } });
    expect(clock.now()).toBe(5);
    time = 7;
    expect(clock.now()).toBe(7);
  });

  it('only goes forward, whatever the clock of the central does', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true }), { minLength: 1 }), (times) => {
        const rest = times[Symbol.iterator]();
        const clock = sessionClock({ ...central, clock: { now: () => rest.next().value ?? 0 } });
        const shown = times.map(() => clock.now());
        expect(shown).toEqual(times.map((_, index) => Math.max(...times.slice(0, index + 1))));
      }),
    );
  });
});
