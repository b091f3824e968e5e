import { describe, expect, it } from 'vitest';
import { linesOf } from '../../../../src/cli/plot/lines.js';

const at = (second: number) => new Date(second * 1_000);
const part = (
  session_id: string,
  first: number,
  last: number,
  [low, high]: [[number, number], [number, number]],
) => ({
  ...{ session_id, sensor_name: 'Strap\u001b[2J' },
  ...{ first: at(first), last: at(last) },
  ...{ lowest_at: at(low[0]), lowest: low[1], highest_at: at(high[0]), highest: high[1] },
});

describe('the lines of a picture', () => {
  it('keep the lowest and the highest of each part, in the order in which they were', () => {
    const rows = [
      part('a', 0, 9, [
        [7, 60],
        [2, 90],
      ]),
      part('a', 10, 19, [
        [11, 50],
        [18, 70],
      ]),
    ];
    expect(linesOf(rows)).toEqual([
      {
        name: 'Strap\ufffd[2J',
        points: [
          [2_000, 90],
          [7_000, 60],
          [11_000, 50],
          [18_000, 70],
        ],
      },
    ]);
  });

  it('have gaps where nothing came for longer than 5 s, and a single sample once', () => {
    const one = (second: number, rate: number) =>
      part('a', second, second, [
        [second, rate],
        [second, rate],
      ]);
    expect(linesOf([one(0, 60), one(5, 61), one(11, 62)])[0]?.points).toEqual([
      [0, 60],
      [5_000, 61],
      [8_000, null],
      [11_000, 62],
    ]);
  });

  it('are one for each session, by their beginnings', () => {
    const rows = [
      part('a', 20, 29, [
        [20, 60],
        [21, 61],
      ]),
      part('b', 0, 9, [
        [0, 70],
        [1, 71],
      ]),
    ];
    expect(linesOf(rows).map(({ points }) => points[0])).toEqual([
      [0, 70],
      [20_000, 60],
    ]);
  });
});
