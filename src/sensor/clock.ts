import type { Central, Clock } from './central.js';

/**
 * The clock of one session: that of the central, or else one that is set by the system's once, now. It only goes
 * forward, whatever the others do.
 */
export function sessionClock(central: Central): Clock {
  const clock = central.clock ?? monotonicClock();
  let last = Number.NEGATIVE_INFINITY;
  return {
    now() {
      last = Math.max(last, clock.now());
      return last;
    },
  };
}

function monotonicClock(): Clock {
  const anchor = Date.now() - performance.now();
  return { now: () => anchor + performance.now() };
}
