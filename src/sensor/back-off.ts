import { InvalidArgumentError } from '../errors.js';
import { checkTime } from './check-time.js';

/** How to connect again. */
export interface ReconnectOptions {
  /** How many times in a row may fail before it is given up. Default: any number. */
  readonly attempts?: number;
  /** The longest pause before the first attempt, milliseconds; it doubles with each that fails. Default 500. */
  readonly delay?: number;
  /** The longest pause there may be, milliseconds. Default 10,000. */
  readonly maxDelay?: number;
}

/** When to try again. */
export interface BackOff {
  /** How many times in a row may fail. */
  readonly attempts: number;
  /** The pause before an attempt, which is counted from 1, in milliseconds. */
  pause(attempt: number): number;
}

/** Fills in the defaults; throws an {@link InvalidArgumentError} where an option is out of its range. */
export function checkReconnect(reconnect: false | ReconnectOptions): BackOff {
  if (reconnect === false) return { attempts: 0, pause: () => 0 };
  const { attempts = Number.POSITIVE_INFINITY, delay = 500, maxDelay = 10_000 } = reconnect;
  if (!(attempts >= 1))
    throw new InvalidArgumentError(`reconnect.attempts must be at least 1, but is ${attempts}: use false.`);
  checkTime('reconnect.delay', delay);
  checkTime('reconnect.maxDelay', maxDelay);
  // Full jitter: sensors that were lost together do not come back for one adapter together.
  return {
    attempts,
    pause: (attempt) => Math.random() * Math.min(delay * 2 ** (attempt - 1), maxDelay),
  };
}
