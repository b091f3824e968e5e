import { describe, expect, it } from 'vitest';
import { Series } from '../../../../src/dashboard/page/model/series.js';
import { emptyWindow, fill } from '../../../../src/dashboard/page/model/view-window.js';

const windowOf = (rows: readonly (readonly [time: number, value: number, session?: number])[], from = 0) => {
  const series = new Series(1e9, 1e6);
  for (const [at, [time, value, session = 0]] of rows.entries()) series.append(time, value, session, at);
  const window = emptyWindow();
  fill(window, series, from, 60_000);
  return window;
};

describe('what a chart shows', () => {
  it('is what lies in its span, and one before it', () => {
    const window = windowOf(
      [1, 2, 3, 4, 61].map((second) => [second * 1_000, 60 + second]),
      3_000,
    );
    expect(window).toEqual({ x: [2, 3, 4], y: [62, 63, 64], low: 63, high: 64, mean: 63.5, gaps: 0 });
  });

  it('has a gap where nothing came, between two sessions, and where nothing beats', () => {
    const rows = [
      [1_000, 70],
      [2_000, 0],
      [5_001, 80],
      [6_000, 90, 1],
    ] as const;
    const { x, y, gaps, low, high } = windowOf(rows);
    expect(y).toEqual([70, null, null, 80, null, 90]);
    expect(x).toEqual([1, 2, 3.5005, 5.001, 5.5005, 6]);
    expect({ gaps, low, high }).toEqual({ gaps: 2, low: 70, high: 90 });
  });

  it('is nothing where there is nothing', () => {
    expect(windowOf([])).toMatchObject({ x: [], y: [], low: Number.POSITIVE_INFINITY });
  });
});
