import { nameOf } from '../describe.js';
import { localTime } from '../zone.js';
import type { Cell } from './answer.js';

/** How a value is shown to people. */
export type Show = (cell: Cell) => string;

/** An instant as clocks show it in a zone, with their distance from UTC: so no two instants look alike. */
export const show =
  (zone: string): Show =>
  (cell) => {
    if (cell === null) return '–';
    if (cell instanceof Date) return localTime(cell, zone);
    // What a device calls itself must not steer a terminal.
    return nameOf({ name: typeof cell === 'object' ? JSON.stringify(cell) : String(cell) });
  };

/** Columns that are shown in another way than as they are. */
export const special: Readonly<Record<string, { readonly heading?: string; readonly show?: Show }>> = {
  maximum: { heading: 'max' },
  minimum: { heading: 'min' },
  difference: { heading: 'diff' },
  mean: { show: (cell) => (typeof cell === 'number' ? cell.toFixed(1) : '–') },
  session: { show: (cell) => nameOf({ name: cell === null ? '(no session)' : String(cell) }) },
  sensor: { show: (cell) => (cell === null ? '' : nameOf({ name: String(cell) })) },
  from_rate: { heading: 'from' },
  below_rate: { heading: 'below' },
  seconds: { heading: 'time', show: (cell) => (typeof cell === 'number' ? durationOf(cell) : '–') },
  share: { show: (cell) => (typeof cell === 'number' ? `${(cell * 100).toFixed(1)} %` : '–') },
};

/** `1:02:03`. */
export function durationOf(seconds: number): string {
  const whole = Math.round(seconds);
  const two = (value: number) => String(value % 60).padStart(2, '0');
  return `${Math.floor(whole / 3_600)}:${two(Math.floor(whole / 60))}:${two(whole)}`;
}
