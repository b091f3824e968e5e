import { describe, expect, it } from 'vitest';
import { Heart } from '../../../src/simulator/heart.js';
import { expenditure, type Person, somebody } from '../../../src/simulator/person.js';
import { seededRandom } from '../../../src/simulator/random.js';
import type { Phase } from '../../../src/simulator/workout.js';

const seeds = [1, 2, 3, 4, 5];
const MINUTE = 60;
const HOUR = 60 * MINUTE;

const at = (effort: number, seconds = 24 * HOUR): Phase => ({ name: `effort ${effort}`, seconds, effort });

function start(seed: number, ...phases: Phase[]): { person: Person; heart: Heart } {
  const random = seededRandom(seed);
  const person = somebody(random);
  return { person, heart: new Heart(person, phases, random) };
}

/** The rate at the end of each second, and all intervals. */
function run(heart: Heart, seconds: number): { rates: number[]; intervals: number[] } {
  const rates: number[] = [];
  const intervals: number[] = [];
  for (let second = 0; second < seconds; second++) {
    heart.advance();
    rates.push(heart.rate);
    intervals.push(...heart.intervals);
  }
  return { rates, intervals };
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
const mean = (numbers: readonly number[]) => sum(numbers) / numbers.length;
const median = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? 0;
const differences = (numbers: readonly number[]) =>
  numbers.slice(1).map((number, before) => number - (numbers[before] ?? 0));
/** Root mean square of the successive differences, without those of a premature beat. */
function rmssd(intervals: readonly number[]): number {
  const most = 0.2 * median(intervals);
  const usual = differences(intervals).filter((difference) => Math.abs(difference) < most);
  return Math.sqrt(mean(usual.map((difference) => difference ** 2)));
}

describe('a heart', () => {
  it.each(seeds)('follows effort with a lag, and recovers more slowly (seed %i)', (seed) => {
    const { heart } = start(seed, at(0, MINUTE), at(0.7, 10 * MINUTE), at(0, 10 * MINUTE));
    const { rates } = run(heart, 21 * MINUTE);
    const [rest = 0, top = 0] = [rates[MINUTE - 1], rates[11 * MINUTE - 1]];
    const half = (rest + top) / 2;
    const up = rates.findIndex((rate) => rate > half) - MINUTE;
    const down = rates.findIndex((rate, second) => second >= 11 * MINUTE && rate < half) - 11 * MINUTE;
    expect(top - rest).toBeGreaterThan(60);
    expect(up).toBeGreaterThan(10);
    expect(down).toBeGreaterThan(up);
    expect(rates.at(-1)).toBeLessThan(rest + 10);
  });

  it.each(seeds)('stays between rest and its maximum, and drifts up in long exercise (seed %i)', (seed) => {
    const { heart, person } = start(seed, at(0.6));
    const { rates } = run(heart, 2 * HOUR);
    expect(Math.min(...rates)).toBeGreaterThan(person.resting);
    expect((rates.at(HOUR) ?? 0) - (rates.at(5 * MINUTE) ?? 0)).toBeGreaterThan(3);
    const hard = run(start(seed, at(1)).heart, 2 * HOUR).rates;
    expect(Math.max(...hard)).toBeLessThanOrEqual(person.maximum);
  });

  it.each(seeds)('beats as often as its rate says (seed %i)', (seed) => {
    for (const effort of [0, 0.4, 0.8]) {
      const { rates, intervals } = run(start(seed, at(effort)).heart, HOUR);
      expect(Math.abs(60_000 / mean(intervals) - mean(rates))).toBeLessThan(1);
    }
  });

  it.each(seeds)('leaves no gap between its intervals, in units of 1/1024 s (seed %i)', (seed) => {
    const { intervals } = run(start(seed, at(0, 300), at(0.9, 300)).heart, HOUR);
    expect(Math.abs(sum(intervals) - HOUR * 1_000)).toBeLessThan(2_000);
    expect(intervals.every((interval) => Number.isInteger(interval * 1.024))).toBe(true);
  });

  it.each(seeds)('varies as healthy ones do at rest, and much less in exercise (seed %i)', (seed) => {
    const [rest = 0, easy = 0, hard = 0] = [0, 0.3, 0.8].map((effort) =>
      rmssd(run(start(seed, at(effort)).heart, 10 * MINUTE).intervals),
    );
    expect(rest).toBeGreaterThan(15);
    expect(rest).toBeLessThan(80);
    expect(easy).toBeLessThan(rest / 2);
    expect(hard).toBeLessThan(easy);
    expect(hard).toBeGreaterThan(0.5);
  });

  it.each(seeds)('breathes: its intervals swing at that frequency (seed %i)', (seed) => {
    const { heart, person } = start(seed, at(0));
    const { intervals } = run(heart, 5 * MINUTE);
    const power = (frequency: number) => {
      let [time, sine, cosine] = [0, 0, 0];
      for (const interval of intervals) {
        time += interval / 1_000;
        sine += (interval - mean(intervals)) * Math.sin(2 * Math.PI * frequency * time);
        cosine += (interval - mean(intervals)) * Math.cos(2 * Math.PI * frequency * time);
      }
      return sine ** 2 + cosine ** 2;
    };
    // The band of breathing at rest (Task Force 1996).
    const frequencies = Array.from({ length: 60 }, (_, step) => 0.15 + step * 0.004);
    const strongest = frequencies.reduce((best, next) => (power(next) > power(best) ? next : best));
    expect(Math.abs(strongest - person.breathing)).toBeLessThan(0.01);
    expect(power(0.1)).toBeGreaterThan(10 * power(0.05));
  });

  it('has premature beats now and then, each with a pause that makes up for it', () => {
    const { intervals } = run(start(1, at(0)).heart, 24 * HOUR);
    const usual = median(intervals);
    const premature = intervals.flatMap((interval, at) => (interval < 0.8 * usual ? [at] : []));
    expect(premature.length / intervals.length).toBeGreaterThan(0.0005);
    expect(premature.length / intervals.length).toBeLessThan(0.002);
    for (const at of premature.slice(0, -1)) {
      const [short = 0, long = 0] = [intervals[at], intervals[at + 1]];
      expect(long).toBeGreaterThan(1.1 * usual);
      expect(Math.abs(short + long - 2 * usual)).toBeLessThan(0.25 * usual);
    }
  });

  it('does the same for the same numbers, and another something else', () => {
    const beats = (seed: number) => run(start(seed, at(0.3)).heart, HOUR).intervals;
    expect(beats(7)).toEqual(beats(7));
    expect(beats(8)).not.toEqual(beats(7));
  });

  it('does its workout over and over', () => {
    const { heart } = start(1, at(0, 2), at(1, 1));
    const phases = Array.from({ length: 7 }, () => {
      const { name } = heart.phase;
      heart.advance();
      return name.slice('effort '.length);
    });
    expect(phases.join('')).toBe('0010010');
  });
});

describe('energy', () => {
  it('is what the regressions give', () => {
    const person = { ...somebody(seededRandom(1)), age: 35, mass: 75 };
    expect(expenditure({ ...person, female: false }, 150)).toBeCloseTo(61.5076, 4);
    expect(expenditure({ ...person, female: true }, 150)).toBeCloseTo(39.7953, 4);
  });

  it('is never less than at rest', () => {
    for (const seed of seeds) {
      const person = somebody(seededRandom(seed));
      expect(expenditure(person, 40) / person.mass).toBeGreaterThan(0.06);
    }
  });
});
