import { InvalidArgumentError } from '../errors.js';

/** Throws an {@link InvalidArgumentError} where a value is not a number of its range. */
export function checkRange(name: string, value: number, least: number, most: number): void {
  if (value >= least && value <= most) return;
  throw new InvalidArgumentError(`${name} must be a number from ${least} to ${most}, but is ${value}.`);
}

/** Throws an {@link InvalidArgumentError} where a value is not a whole number of its range. */
export function checkWhole(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new InvalidArgumentError(`${name} must be a whole number from ${least} to ${most}, but is ${value}.`);
}
