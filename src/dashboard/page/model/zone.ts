/** So many zones have a colour of their own. */
const COLORS = 6;

/** In which zone a rate is, from 0. */
const zoneOf = (rate: number, zones: readonly number[]): number =>
  zones.filter((from) => rate >= from).length;

/** The colour of a zone, from 0: the higher ones where there are more zones than colours. */
export const colorOfZone = (zone: number): number => Math.min(zone, COLORS - 1);

/** The colour of the zone that a rate is in. */
export const colorOf = (rate: number, zones: readonly number[]): number => colorOfZone(zoneOf(rate, zones));
