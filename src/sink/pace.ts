import type { LiveHeartRateError } from '../errors.js';
import { backOff } from './back-off.js';
import type { SinkSettings } from './sink-options.js';

/** How fast a service is sent to: less of it at a time where it throttles, and not at all for a while where it fails. */
export interface Pace {
  /** Calls in a row that failed as a whole. */
  readonly failures: number;
  /** Nothing is sent before, by `performance.now()`. */
  readonly pausedUntil: number;
  /** How many records may be in flight. */
  readonly window: number;
  /** A call failed as a whole. */
  failed(error: LiveHeartRateError, now: number): void;
  /** A call was answered: in whole, or with something throttled. */
  answered(inWhole: boolean): void;
  /** So many of its records were throttled; it took so long, milliseconds. */
  throttled(records: number, of: number, took: number, now: number): void;
  /** Ends the pause. */
  resume(): void;
}

/** What is always allowed, as a part of the most: the pauses of the keys that were throttled do the rest. */
const LEAST = 1 / 200;
/** The longest pause behind a call that was throttled, milliseconds: services count by the second. */
const THROTTLED_PAUSE = 500;

/**
 * The window halves with each throttled call and grows by a tenth with each other one, so that steady trouble costs few
 * calls, and none is left soon after.
 */
export function createPace(most: number, { retry, spool }: SinkSettings): Pace {
  const least = Math.max(1, most * LEAST);
  let window = most;
  let failures = 0;
  let pausedUntil = 0;
  return {
    get failures() {
      return failures;
    },
    get pausedUntil() {
      return pausedUntil;
    },
    get window() {
      return Math.floor(window);
    },
    failed(error, now) {
      // What is refused for good is tried again where a spool keeps it, but seldom; else there is nothing to wait for.
      if (!error.retriable && spool === undefined) return;
      failures++;
      pausedUntil = now + (error.retriable ? backOff(retry, failures) : retry.maxDelay);
    },
    answered(inWhole) {
      failures = 0;
      if (inWhole) window = Math.min(most, window * 1.1 + 1);
    },
    throttled(records, of, took, now) {
      window = Math.max(least, window / 2);
      // As much longer as all of it would have taken at the rate at which some of it was.
      const pause = (took * records) / Math.max(of - records, 0.5);
      pausedUntil = Math.max(pausedUntil, now + Math.min(pause, THROTTLED_PAUSE));
    },
    resume() {
      pausedUntil = 0;
    },
  };
}
