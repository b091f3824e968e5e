import { instantOf, localTime } from '../zone.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** How far marks may be from each other. */
const STEPS = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * MINUTE),
  ...[1, 2, 3, 6, 12].map((count) => count * HOUR),
  ...[1, 2, 7, 14, 30, 90, 365].map((count) => count * DAY),
];
/** All clocks of today are so many whole parts of time from UTC. */
const GRAIN = 15 * MINUTE;

/** A mark of a time axis. */
export interface Tick {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly label: string;
}

/**
 * Marks where clocks show round times. The axis itself is of time that passes, so that the hour which clocks have twice
 * is there twice, and the one they skip is not.
 *
 * @param most - How many at most.
 */
export function ticksOf(from: number, to: number, zone: string, most: number): Tick[] {
  const step = STEPS.find((its) => (to - from) / its <= most) ?? Math.ceil((to - from) / most / DAY) * DAY;
  const times = step < DAY ? roundTimes(from, to, step, zone) : roundDays(from, to, step, zone);
  const changes = offsetAt(from, zone) !== offsetAt(to, zone);
  return times.map((at) => ({ at, label: labelOf(at, step, zone, changes) }));
}

function roundTimes(from: number, to: number, step: number, zone: string): number[] {
  const grain = Math.min(step, GRAIN);
  const times: number[] = [];
  for (let at = Math.ceil(from / grain) * grain; at <= to; at += grain) {
    if ((at + offsetAt(at, zone)) % step === 0) times.push(at);
  }
  return times;
}

/** A day may have 23 or 25 hours. */
function roundDays(from: number, to: number, step: number, zone: string): number[] {
  const times: number[] = [];
  const first = Math.floor((from + offsetAt(from, zone)) / DAY) * DAY;
  for (let day = first; day <= to + DAY; day += step) {
    const at = instantOf(new Date(day).toISOString().slice(0, -1), zone).getTime();
    if (at >= from && at <= to) times.push(at);
  }
  return times;
}

function labelOf(at: number, step: number, zone: string, changes: boolean): string {
  const local = localTime(new Date(at), zone);
  const [day, time, offset] = [local.slice(0, 10), local.slice(11, step < MINUTE ? 19 : 16), local.slice(23)];
  if (step >= DAY) return day;
  const under = [...(time.startsWith('00:00') ? [day] : []), ...(changes ? [offset] : [])];
  return [time, ...under].join('\n');
}

/** Milliseconds that clocks are ahead of UTC. */
const offsetAt = (at: number, zone: string) =>
  Date.parse(`${localTime(new Date(at), zone).slice(0, 23)}Z`) - at;
