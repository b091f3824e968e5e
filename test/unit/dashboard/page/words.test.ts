import { describe, expect, it } from 'vitest';
import { choiceOf, hashOf } from '../../../../src/dashboard/page/model/choice.js';
import { age, bounds, figure, inWords, stopWatch } from '../../../../src/dashboard/page/model/words.js';
import { colorOf } from '../../../../src/dashboard/page/model/zone.js';

describe('words', () => {
  it('say how long ago something was', () => {
    const ages = [-5, 400, 12_300, 99_000, 100_000, 5_940_000, 7_200_000];
    expect(ages.map(age)).toEqual(['0 s', '0 s', '12 s', '99 s', '2 min', '99 min', '2 h']);
  });

  it('say how long something was', () => {
    expect([0, 59.6, 187, 3_729].map(stopWatch)).toEqual(['0:00', '1:00', '3:07', '1:02:09']);
  });

  it('say a figure, or that there is none', () => {
    expect([null, undefined, 0, 121.4375].map(figure)).toEqual(['–', '–', '0', '121.4']);
  });

  it('say which rates are in a zone', () => {
    expect([bounds(0, 95), bounds(95, 114), bounds(171, null)]).toEqual([
      'below 95',
      '95–113',
      '171 and more',
    ]);
  });

  it('say what a chart shows', () => {
    const shown = { low: 62, high: 143, mean: 101.4, gaps: 1, unit: 'bpm' };
    expect(inWords('Last minute', shown)).toBe('Last minute: 62 to 143 bpm, mean 101, 1 gap');
    expect(inWords('Last hour', { ...shown, gaps: 0 })).toBe('Last hour: 62 to 143 bpm, mean 101');
  });
});

describe('the colour of a rate', () => {
  it('is that of its zone, the last one where there are more zones than colours', () => {
    expect([60, 94, 95, 171, 250].map((rate) => colorOf(rate, [95, 114, 133, 152, 171]))).toEqual([
      0, 0, 1, 5, 5,
    ]);
    expect(colorOf(200, [1, 2, 3, 4, 5, 6, 7])).toBe(5);
  });
});

describe('what somebody has chosen', () => {
  it('is kept in the address', () => {
    const choice = { sensor: 'AA:BB & co #1', minutes: 60 } as const;
    expect(choiceOf(hashOf(choice))).toEqual(choice);
    expect(choiceOf('')).toEqual({ sensor: undefined, minutes: 5 });
    expect(choiceOf('#minutes=17')).toEqual({ sensor: undefined, minutes: 5 });
  });
});
