import type { Person } from './person.js';
import { type Phase, Workout } from './workout.js';

/**
 * How quickly the rate follows effort, seconds: it has gone 63 per cent of the way after that time. Steps within an
 * exercise take 58 ± 24 s (Hunt, Fankhauser and Saengsuwan 2015, doi:10.1186/s12938-015-0112-7), those from rest less,
 * since the vagus lets go at once; after light exercise 55 s part the fit from the unfit (Wang, Su and Celler 2006).
 */
const ONSET = 35;
const RECOVERY = 60;
/** How far the rate drifts up in long exercise of full effort, beats per minute, and how slowly, seconds: some 10 beats
 * from the tenth minute on (Coyle and González-Alonso 2001, Exerc Sport Sci Rev 29:88). */
const DRIFT = 15;
const DRIFTING = 1_200;

/** By how many beats per minute above rest vagal variability falls to 37 per cent, and what is left of it at the end. */
const VAGAL_RANGE = 25;
const VAGAL_REST = 0.1;
/** Breaths a second that full effort adds: up to 40 a minute or so. */
const PANTING = 0.42;
/** The slow oscillation of blood pressure (Mayer waves): a second, and how far it moves the rate at rest. */
const MAYER = 0.1;
const MAYER_DEPTH = 0.04;
/** What is in no rhythm: the standard deviation of an interval, as a part of it. */
const NOISE = 0.006;

/**
 * How many beats are premature: about five an hour. At 50 to 55 years the median is one atrial beat an hour (Conen et
 * al. 2012, doi:10.1161/CIRCULATIONAHA.112.112300); ventricular ones, and those who have more, come on top.
 */
const ECTOPIC = 0.001;
/** How much of an interval goes by before a premature beat; the pause after it makes up for all of that. */
const SHORTEST_COUPLING = 0.6;
const LONGEST_COUPLING = 0.75;

/** Steps in which a second is integrated: eleven in the shortest breath. */
const STEPS = 8;
/** Sensors time beats by units of 1/1024 s. */
const TICKS_A_SECOND = 1_024;
const MILLISECONDS_A_TICK = 1_000 / TICKS_A_SECOND;
const SECONDS_A_MINUTE = 60;

/**
 * A heart at work, second by second. Effort leads the rate, the rate and its rhythms are integrated, and with each
 * whole that is reached there is a beat (integral pulse frequency modulation). Pure: the same numbers, the same beats.
 */
export class Heart {
  /** The intervals that ended in the last second, milliseconds, oldest first. The array is used again. */
  readonly intervals: number[] = [];
  /** The rate that effort has led to, without its variability, beats per minute. */
  rate: number;
  readonly #person: Person;
  readonly #workout: Workout;
  readonly #random: () => number;
  #drift = 0;
  #seconds = 0;
  #breath = 0;
  #wave = 0;
  /** How much of the present interval has gone by, and how much has to until the next beat. */
  #charge = 0;
  #threshold = 1;
  /** What the pause after a premature beat has yet to make up for. */
  #pause = 0;
  #lastBeat = 0;

  /**
   * @param person - Whose it is.
   * @param phases - What it has to do; it has adapted to the first phase already.
   * @param random - Numbers from 0 to 1.
   */
  constructor(person: Person, phases: readonly Phase[], random: () => number) {
    this.#person = person;
    this.#workout = new Workout(phases);
    this.#random = random;
    this.rate = this.#target();
  }

  /** What it has to do in the next second. */
  get phase(): Phase {
    return this.#workout.phase;
  }

  /** One second goes by. */
  advance(): void {
    this.#adapt();
    this.#workout.advance();

    const { resting, maximum, arrhythmia, breathing } = this.#person;
    const vagal = VAGAL_REST + (1 - VAGAL_REST) * Math.exp(Math.min(0, resting - this.rate) / VAGAL_RANGE);
    const reserve = Math.max(0, this.rate - resting) / (maximum - resting);
    const breath = ((breathing + PANTING * reserve) * 2 * Math.PI) / STEPS;
    const wave = (MAYER * 2 * Math.PI) / STEPS;
    const pace = this.rate / SECONDS_A_MINUTE / STEPS;

    this.intervals.length = 0;
    for (let step = 1; step <= STEPS; step++) {
      this.#breath = (this.#breath + breath) % (2 * Math.PI);
      this.#wave = (this.#wave + wave) % (2 * Math.PI);
      const rhythm = arrhythmia * Math.sin(this.#breath) + MAYER_DEPTH * Math.sin(this.#wave);
      const gained = pace * (1 + vagal * rhythm);
      this.#charge += gained;
      while (this.#charge >= this.#threshold) {
        this.#charge -= this.#threshold;
        this.#beat(this.#seconds + (step - this.#charge / gained) / STEPS, vagal);
      }
    }
    this.#seconds++;
  }

  /** The rate follows effort, quicker up than down, and drifts. */
  #adapt(): void {
    this.#drift += (DRIFT * this.phase.effort - this.#drift) / DRIFTING;
    const target = this.#target();
    this.rate += (target - this.rate) / (target > this.rate ? ONSET : RECOVERY);
  }

  #target(): number {
    const { resting, maximum } = this.#person;
    return Math.min(resting + this.phase.effort * (maximum - resting) + this.#drift, maximum);
  }

  #beat(time: number, vagal: number): void {
    const tick = Math.round(time * TICKS_A_SECOND);
    this.intervals.push((tick - this.#lastBeat) * MILLISECONDS_A_TICK);
    this.#lastBeat = tick;

    const premature = this.#pause === 0 && this.#random() < ECTOPIC;
    const coupling = SHORTEST_COUPLING + (LONGEST_COUPLING - SHORTEST_COUPLING) * this.#random();
    // Two random numbers are a triangle of this standard deviation, and close enough to a bell.
    const noise = NOISE * vagal ** 0.5 * Math.sqrt(6) * (this.#random() + this.#random() - 1);
    this.#threshold = (premature ? coupling : 1 + this.#pause) * (1 + noise);
    this.#pause = premature ? 1 - coupling : 0;
  }
}
