import type { Series } from './series.js';

/** Rows further apart are not joined, milliseconds: two of the samples of each second are missing. */
const GAP = 3_000;

/** What lies in a span of time, for a chart. The arrays are used again. */
export interface ViewWindow {
  /** Seconds since 1970. */
  readonly x: number[];
  /** `null` is a gap. */
  readonly y: (number | null)[];
  low: number;
  high: number;
  mean: number;
  gaps: number;
}

export const emptyWindow = (): ViewWindow => ({ x: [], y: [], low: 0, high: 0, mean: 0, gaps: 0 });

/** Fills a window with the rows of a span, and one before it so that the line begins at the edge. */
export function fill(window: ViewWindow, series: Series, from: number, to: number): void {
  const { x, y } = window;
  x.length = 0;
  y.length = 0;
  let [low, high, sum, count, gaps] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0, 0];
  const first = Math.max(0, series.firstFrom(from) - 1);
  for (let at = first; at < series.length && series.time(at) <= to; at++) {
    const [time, value] = [series.time(at), series.value(at)];
    if (at > first && isGap(series, at)) {
      x.push((series.time(at - 1) + time) / 2_000);
      y.push(null);
      gaps++;
    }
    x.push(time / 1_000);
    // There is no rate of 0: nothing beats.
    y.push(value === 0 ? null : value);
    if (value === 0 || time < from) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
    sum += value;
    count++;
  }
  Object.assign(window, { low, high, gaps, mean: sum / count });
}

const isGap = (series: Series, at: number): boolean =>
  series.time(at) - series.time(at - 1) > GAP || series.session(at) !== series.session(at - 1);
