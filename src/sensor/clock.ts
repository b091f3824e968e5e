import type { Clock } from './central.js';

/** A clock that is set by the system's once, now, and then only goes forward, whatever the system's does. */
export function monotonicClock(): Clock {
  const anchor = Date.now() - performance.now();
  return { now: () => anchor + performance.now() };
}
