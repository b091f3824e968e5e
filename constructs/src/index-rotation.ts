/** How many samples share an index. */
export enum IndexRotation {
  /** Those of a day of their own time, UTC. */
  DAY = 'day',

  /** Those of a month of their own time, UTC. */
  MONTH = 'month',

  /** All: a single index, out of which nothing is deleted. */
  NONE = 'none',
}
