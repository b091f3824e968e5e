import { InvalidArgumentError } from '../errors.js';

/** The longest time that a timer takes, milliseconds: one that is longer goes off at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Throws an {@link InvalidArgumentError} where a timer cannot take a time. */
export function checkTime(name: string, value: number): void {
  if (value > 0 && value <= LONGEST_TIMER) return;
  throw new InvalidArgumentError(
    `${name} must be a positive number of milliseconds, at most 24 days, but is ${value}.`,
  );
}
