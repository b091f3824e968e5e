import { seededRandom } from '../../../src/simulator/random.ts';

/** Chance that can be had again: CHAOS_SEED takes the place of a seed that differs from run to run. */
export class Chance {
  readonly seed = Number(process.env.CHAOS_SEED ?? Math.floor(Math.random() * 2 ** 32));
  readonly #next = seededRandom(this.seed);

  happens(probability: number): boolean {
    return this.#next() < probability;
  }

  /** A whole number, both ends included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.#next() * (high - low + 1));
  }

  oneOf<Value>(values: readonly [Value, ...Value[]]): Value {
    return values[this.between(0, values.length - 1)] ?? values[0];
  }

  shuffled<Value>(values: readonly Value[]): Value[] {
    return values
      .map((value) => ({ value, at: this.#next() }))
      .sort((one, other) => one.at - other.at)
      .map(({ value }) => value);
  }
}
