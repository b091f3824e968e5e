/** More than this the two clocks of a browser do not part by themselves, milliseconds. */
const SLEPT = 1_000;

/**
 * Milliseconds that have gone by. The monotonic clock of browsers stands still while the computer sleeps, and the
 * other one may be set back: so the first counts, and the second where it has gone much further.
 */
export class Elapsed {
  readonly #monotonic: () => number;
  readonly #wall: () => number;
  #lastMonotonic: number;
  #lastWall: number;
  #total = 0;

  constructor(monotonic: () => number, wall: () => number) {
    this.#monotonic = monotonic;
    this.#wall = wall;
    this.#lastMonotonic = monotonic();
    this.#lastWall = wall();
  }

  now(): number {
    const [monotonic, wall] = [this.#monotonic(), this.#wall()];
    const passed = Math.max(0, monotonic - this.#lastMonotonic);
    const passedByWall = wall - this.#lastWall;
    this.#total += passedByWall > passed + SLEPT ? passedByWall : passed;
    this.#lastMonotonic = monotonic;
    this.#lastWall = wall;
    return this.#total;
  }
}
