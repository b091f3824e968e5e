import { describe, expect, it } from 'vitest';
import { Elapsed } from '../../../../src/dashboard/page/model/elapsed.js';
import { Watchdog } from '../../../../src/dashboard/page/model/watchdog.js';

/** What it wants done when, if it is asked each 100 ms and hears nothing. */
function actions(watchdog: Watchdog, from: number, to: number): [number, string][] {
  const found: [number, string][] = [];
  for (let now = from; now <= to; now += 100) {
    const action = watchdog.check(now);
    if (action !== 'nothing') found.push([now, action]);
  }
  return found;
}

describe('the watchdog of the connection', () => {
  it('gives up within 2 s what says nothing, and tries again at once', () => {
    const watchdog = new Watchdog(0);
    expect(actions(watchdog, 0, 900)).toEqual([[0, 'connect']]);
    watchdog.heard(1_000);
    expect(actions(watchdog, 1_000, 2_600)).toEqual([[2_600, 'lose']]);
    expect(watchdog.check(2_700)).toBe('connect');
  });

  it('holds what is heard of', () => {
    const watchdog = new Watchdog(0);
    watchdog.check(0);
    for (let now = 500; now < 10_000; now += 500) {
      watchdog.heard(now);
      expect(actions(watchdog, now, now + 400)).toEqual([]);
    }
  });

  it('waits longer and longer while attempts fail, and begins anew after one that did not', () => {
    const watchdog = new Watchdog(0);
    const failing = () => {
      const waits: number[] = [];
      for (let at = 0; at < 6; at++) {
        const since = now;
        while (watchdog.check(now) !== 'connect') now += 50;
        waits.push(now - since);
        watchdog.failed(now);
      }
      return waits;
    };
    let now = 0;
    expect(failing()).toEqual([0, 250, 500, 1_000, 2_000, 2_000]);
    watchdog.heard(now);
    watchdog.failed(now);
    expect(failing()).toEqual([0, 250, 500, 1_000, 2_000, 2_000]);
  });

  it('gives up an attempt that comes to nothing', () => {
    expect(actions(new Watchdog(0), 0, 5_500)).toEqual([
      [0, 'connect'],
      [5_100, 'lose'],
      [5_400, 'connect'],
    ]);
  });
});

describe('the time that has gone by', () => {
  it('goes by the monotonic clock, but for sleep, in which that stands still', () => {
    const clock = { monotonic: 100, wall: 1_000_000 };
    const elapsed = new Elapsed(
      () => clock.monotonic,
      () => clock.wall,
    );
    const pass = (monotonic: number, wall: number) => {
      clock.monotonic += monotonic;
      clock.wall += wall;
      return elapsed.now();
    };
    expect(pass(10.5, 11)).toBe(10.5);
    // Set back, and then on by little.
    expect(pass(100, -3_600_000)).toBe(110.5);
    expect(pass(100, 900)).toBe(210.5);
    // Asleep for an hour.
    expect(pass(5, 3_600_000)).toBe(3_600_210.5);
  });
});
