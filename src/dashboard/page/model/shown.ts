import type { AlertEvent, StatusEvent } from '../../protocol.js';
import type { Board } from './board.js';
import type { Sensor } from './sensor.js';
import { age } from './words.js';

/** So much of a sensor is shown. */
export interface Shown {
  readonly state: StatusEvent['state'];
  /** The present rate, beats per minute. Absent unless it is live. */
  readonly rate: number | undefined;
  /** What else is to be said. */
  readonly note: string;
}

/** Before the server has said how long. */
const SILENCE = 5_000;

/** What of a sensor is true at a time: a rate that is not a present one is never among it. */
export function shown(sensor: Sensor, board: Board, now: number): Shown {
  const { last } = sensor;
  const old = last === undefined ? Number.POSITIVE_INFINITY : ageOf(last, board, now);
  const state = stateOf(sensor, board, old);
  if (state !== 'live' || last === undefined) return { state, rate: undefined, note: lastSeen(last, old) };
  if (last.rate === 0) return { state, rate: undefined, note: 'no beat' };
  return { state, rate: last.rate, note: last.contact === false ? 'no skin contact' : '' };
}

function stateOf({ status }: Sensor, { link, hello }: Board, old: number): StatusEvent['state'] {
  if (link !== 'open') return 'reconnecting';
  if (status !== undefined && status.state !== 'live') return status.state;
  return old <= (hello?.silence ?? SILENCE) ? 'live' : 'silent';
}

/** The alert that stands: nothing is known of it while there is no connection. */
export const alertOf = ({ alert }: Sensor, { link }: Board): AlertEvent | undefined =>
  link === 'open' ? alert : undefined;

/** How old a sample is, milliseconds: since it came, or, of one of the history, by the server's clock. */
function ageOf(last: NonNullable<Sensor['last']>, { offset }: Board, now: number): number {
  if (last.arrived !== undefined) return now - last.arrived;
  return offset === undefined ? Number.POSITIVE_INFINITY : now + offset - last.time;
}

function lastSeen(last: Sensor['last'], old: number): string {
  if (last === undefined) return 'no heart rate yet';
  const what = last.rate === 0 ? 'no beat' : `last ${last.rate} bpm`;
  return Number.isFinite(old) ? `${what} ${age(old)} ago` : what;
}
