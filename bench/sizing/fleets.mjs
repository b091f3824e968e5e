import { simulate } from './simulate.mjs';

/** How many wearers are looked at. */
export const FLEETS = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000];

/**
 * What the simulation says of a fleet, in three digits.
 * @param {any} sizing
 * @param {number} wearers
 */
export function simulateFleet(sizing, wearers) {
  const { used, ...seconds } = simulate({ sizing, props: { wearers } });
  return rounded({ wearers, ...seconds, ...used });
}

/** @typedef {ReturnType<typeof simulateFleet>} Simulated */

/**
 * @template {Record<string, number>} Figures
 * @param {Figures} figures
 * @returns {Figures}
 */
const rounded = (figures) =>
  /** @type {Figures} */ (
    Object.fromEntries(Object.entries(figures).map(([key, value]) => [key, Number(value.toPrecision(3))]))
  );
