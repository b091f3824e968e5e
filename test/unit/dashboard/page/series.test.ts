import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Series } from '../../../../src/dashboard/page/model/series.js';
import { span } from './samples.ts';

const rowsOf = (series: Series) =>
  span(0, series.length).map((at) => [
    series.time(at),
    series.value(at),
    series.session(at),
    series.sequence(at),
  ]);
const seriesOf = (times: readonly number[], session = 0, series = new Series(1e9, 1e6)) => {
  for (const [at, time] of times.entries()) series.append(time, at, session, at);
  return series;
};

describe('a series', () => {
  it('keeps its rows however long it grows', () => {
    const times = span(0, 5_000);
    expect(rowsOf(seriesOf(times))).toEqual(times.map((time) => [time, time, 0, time]));
  });

  it('forgets what is too old, and what is too much', () => {
    const old = seriesOf(span(0, 3_000), 0, new Series(1_000, 1e6));
    expect([old.length, old.time(0), old.time(old.length - 1)]).toEqual([1_001, 1_999, 2_999]);
    const much = seriesOf(span(0, 3_000), 0, new Series(1e9, 700));
    expect([much.length, much.time(0), much.time(699)]).toEqual([700, 2_300, 2_999]);
  });

  it('finds the first row from a time on', () => {
    const series = seriesOf([10, 20, 20, 30]);
    expect([0, 10, 11, 20, 30, 31].map((time) => series.firstFrom(time))).toEqual([0, 0, 1, 1, 3, 4]);
    expect(new Series(1, 1).firstFrom(5)).toBe(0);
  });

  it('merges with another by time, and loses nothing', () => {
    const times = fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 400 });
    fc.assert(
      fc.property(times, times, (one, other) => {
        const sorted = [one, other].map((each) => [...each].sort((a, b) => a - b)) as [number[], number[]];
        const merged = seriesOf(sorted[0]).mergedWith(seriesOf(sorted[1], 1));
        const found = rowsOf(merged);
        expect(found.map(([time]) => time)).toEqual([...one, ...other].sort((a, b) => a - b));
        expect(found.filter(([, , session]) => session === 1).map(([time]) => time)).toEqual(sorted[1]);
        expect(merged.sequencesOf(0).size).toBe(one.length);
      }),
    );
  });
});
