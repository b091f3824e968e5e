import { InvalidArgumentError } from '../errors.js';
import { instantOf } from './zone.js';

/** From when, inclusive, to when, exclusive. */
export interface Span {
  readonly from: Date;
  readonly to: Date;
}

/** Milliseconds. A day is 24 hours. */
const UNITS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
/** A hundred years. */
const LONGEST = 36_525 * UNITS.d;

/** Reads `30s`, `15m`, `2h` or `7d`: the milliseconds. */
export function readDuration(text: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)([smhd])$/.exec(text) ?? [];
  const value = Number(number) * UNITS[unit as keyof typeof UNITS];
  if (value > 0 && value <= LONGEST) return value;
  throw new InvalidArgumentError(
    'It must be a number and s, m, h or d for seconds, minutes, hours or days, such as 15m; at most 100 years.',
  );
}

/** `2026-11-23`, `2026-11-23T10:00`, `2026-11-23 10:00:00.5`, each also with `Z` or `+01:00` behind the time. */
const TIME = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d)(?:\.(\d{1,3}))?)?(Z|[+-]\d\d:\d\d)?)?$/;

/** Reads a time, in a time zone where it does not say its own. */
export function readTime(text: string, zone: string): Date {
  const [, day, minute = '00:00', second = '00', fraction = '', offset] = TIME.exec(text) ?? [];
  const local = `${day}T${minute}:${second}.${fraction.padEnd(3, '0')}`;
  // No 30 February and no 25 o'clock.
  const exists =
    !Number.isNaN(Date.parse(`${local}Z`)) && new Date(`${local}Z`).toISOString() === `${local}Z`;
  const time = offset && exists ? new Date(`${local}${offset}`) : exists && instantOf(local, zone);
  if (time && !Number.isNaN(time.getTime())) return time;
  throw new InvalidArgumentError(
    `${JSON.stringify(text)} is no time such as 2026-11-23T10:00, 2026-11-23T10:00:00+01:00 or 2026-11-23.`,
  );
}

/** Reads which span of time is meant: the last so many milliseconds, or that between two times. */
export function readSpan(
  { last, between }: { readonly last?: number; readonly between?: readonly string[] },
  zone: string,
): Span {
  if ((last === undefined) === (between === undefined)) {
    throw new InvalidArgumentError('Say one of --last 15m and --between A B.');
  }
  if (last !== undefined) {
    const to = new Date();
    return { from: new Date(to.getTime() - last), to };
  }
  const [a, b, ...more] = between ?? [];
  if (a === undefined || b === undefined || more.length > 0) {
    throw new InvalidArgumentError('--between wants two times.');
  }
  const [from, to] = [readTime(a, zone), readTime(b, zone)];
  if (from < to) return { from, to };
  throw new InvalidArgumentError('--between wants the earlier time first.');
}
