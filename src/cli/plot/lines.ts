import { nameOf } from '../describe.js';
import type { Cell } from '../query/answer.js';

/** A point of a line; `null` is where it is interrupted. */
type Point = readonly [at: number, rate: number | null];

/** The line of one session. */
export interface Line {
  readonly name: string;
  readonly points: readonly Point[];
}

/** Where no rate came for longer than this, nobody knows it: as for the time in zones. */
const SILENCE = 5_000;

/** The lines of sessions, by their beginnings, from the lowest and highest rates of each part of the time, in their order. */
export function linesOf(rows: readonly Record<string, Cell>[]): Line[] {
  const lines = new Map<Cell, { name: string; points: Point[]; last: number }>();
  for (const row of rows) {
    const { session_id: session = null, sensor_name: sensor = null } = row;
    const line = lines.get(session) ?? { name: sensorName(sensor), points: [], last: Number.NaN };
    lines.set(session, line);
    const [first, last, lowestAt, highestAt] = ['first', 'last', 'lowest_at', 'highest_at'].map((name) =>
      timeOf(row[name]),
    ) as [number, number, number, number];
    if (first - line.last > SILENCE) line.points.push([(first + line.last) / 2, null]);
    const low: Point = [lowestAt, Number(row.lowest)];
    const high: Point = [highestAt, Number(row.highest)];
    line.points.push(...(lowestAt === highestAt ? [low] : lowestAt < highestAt ? [low, high] : [high, low]));
    line.last = last;
  }
  return [...lines.values()]
    .map(({ name, points }) => ({ name, points }))
    .sort((one, other) => (one.points[0]?.[0] ?? 0) - (other.points[0]?.[0] ?? 0));
}

const timeOf = (cell: Cell | undefined) => (cell instanceof Date ? cell.getTime() : Number.NaN);

/** What a device calls itself must not be more than text. */
const sensorName = (cell: Cell) => nameOf({ name: typeof cell === 'string' ? cell : undefined });
