import { InvalidArgumentError } from '../errors.js';

/** What an index or an alias can be called; a pattern with `*` would also match what is no sample. */
const NAME = /^(?![-_+.])[^\sA-Z\\/*?"<>|,#:]{1,255}$/;

/** A name of one index or alias. */
export function checkIndex(index: string): void {
  if (!NAME.test(index)) throw new InvalidArgumentError('index must be the name of one index or alias.');
}

/** A whole number within bounds. */
export function checkWhole(name: string, value: number, from: number, to: number): void {
  if (!Number.isInteger(value) || value < from || value > to) {
    throw new InvalidArgumentError(`${name} must be a whole number from ${from} to ${to}.`);
  }
}
