/** How long one per cent lasts, simulated milliseconds: four hours, since a strap lasts about 400. */
const ONE_PER_CENT = 4 * 3_600_000;
/** The least that a battery begins with, per cent. */
const LOWEST = 70;

/** A battery that runs down slowly. */
export class Battery {
  readonly #charge: number;
  #told: number;

  constructor(chance: () => number) {
    this.#charge = LOWEST + (100 - LOWEST) * chance();
    this.#told = this.level(0);
  }

  /** In per cent, after so many simulated milliseconds. With an empty one there would be no sensor, so it stays at 1. */
  level(elapsed: number): number {
    return Math.max(1, Math.round(this.#charge - elapsed / ONE_PER_CENT));
  }

  /** The level, where it is another than the last time. */
  news(elapsed: number): number | undefined {
    const level = this.level(elapsed);
    if (level === this.#told) return undefined;
    this.#told = level;
    return level;
  }
}
