import { InvalidArgumentError } from '../errors.js';

/** Where the second and each further zone begins, beats per minute: 50, 60, 70, 80 and 90 % of 190. */
export const ZONES: readonly number[] = [95, 114, 133, 152, 171];

/** Zones that begin at whole rates, each above the one before. */
export function checkZones(zones: readonly number[]): void {
  if (zones.some((zone) => !Number.isInteger(zone) || zone < 1 || zone > 65_535)) {
    throw new InvalidArgumentError('zones must be whole numbers from 1 to 65535.');
  }
  if (zones.length === 0 || zones.some((zone, at) => zone <= (zones[at - 1] ?? 0))) {
    throw new InvalidArgumentError('zones must rise, and there must be one at least.');
  }
}
