import { encodeHeartRateMeasurement } from '../profile/index.js';
import { Heart } from './heart.js';
import { expenditure, type Person, somebody } from './person.js';
import type { Phase } from './workout.js';

/** Every how many packets energy is in one: about ten is usual (Heart Rate Service 1.0, section 3.1.1.3). */
const ENERGY_EVERY = 10;
/** What the field of energy can hold, kilojoules: "this or more". */
const ENERGY_MAX = 0xffff;
/** The shown rate is a mean over about so many beats. */
const BEATS_AVERAGED = 5;
/** For how many packets a sensor that is taken off may go on with something like its last rate, and how far off that is. */
const STALE_MAX = 8;
const STALE_NOISE = 4;
const MILLISECONDS_A_MINUTE = 60_000;
const SECONDS_A_MINUTE = 60;

/** What is worn around a chest: makes a packet of each second of a heart. */
export class Strap {
  readonly #chance: () => number;
  readonly #person: Person;
  readonly #heart: Heart;
  /** Of the last beats, milliseconds. */
  #meanInterval: number;
  #packets = 0;
  /** Kilojoules since the last reset. */
  #energy = 0;
  #worn = true;
  /** Whether the interval that ends next began before there was contact. */
  #openInterval = false;
  #stale = 0;

  /**
   * @param random - Numbers from 0 to 1, for who wears it and the heart.
   * @param chance - Others for what befalls the strap, so that this changes no beat.
   */
  constructor(phases: readonly Phase[], random: () => number, chance: () => number) {
    this.#chance = chance;
    this.#person = somebody(random);
    this.#heart = new Heart(this.#person, phases, random);
    this.#meanInterval = MILLISECONDS_A_MINUTE / this.#heart.rate;
  }

  /** What the heart is to do next. */
  get phase(): Phase {
    return this.#heart.phase;
  }

  /** A second that nobody is told about. */
  advance(): void {
    this.#heart.advance();
    if (!this.#worn) return;
    for (const interval of this.#heart.intervals)
      this.#meanInterval += (interval - this.#meanInterval) / BEATS_AVERAGED;
    this.#energy += expenditure(this.#person, this.#heart.rate) / SECONDS_A_MINUTE;
  }

  /** A second, and the packet (0x2A37) at its end. */
  measure(): Uint8Array {
    this.advance();
    const sendsEnergy = ++this.#packets % ENERGY_EVERY === 0;
    return encodeHeartRateMeasurement({
      heartRate: this.#shownRate(),
      sensorContact: this.#worn,
      energyExpended: sendsEnergy ? Math.min(Math.floor(this.#energy), ENERGY_MAX) : undefined,
      rrIntervals: this.#measuredIntervals(),
    });
  }

  /** Puts it on or takes it off. */
  wear(worn: boolean): void {
    if (worn === this.#worn) return;
    this.#worn = worn;
    if (worn) {
      this.#openInterval = true;
      this.#meanInterval = MILLISECONDS_A_MINUTE / this.#heart.rate;
    } else this.#stale = Math.floor(this.#chance() * (STALE_MAX + 1));
  }

  /** Energy begins at nothing again. */
  resetEnergy(): void {
    this.#energy = 0;
  }

  /** Taken off, real ones show something like the last rate for a while before they admit that there is none. */
  #shownRate(): number {
    const rate = MILLISECONDS_A_MINUTE / this.#meanInterval;
    if (this.#worn) return Math.round(rate);
    if (this.#stale <= 0) return 0;
    this.#stale--;
    return Math.round(rate + STALE_NOISE * (2 * this.#chance() - 1));
  }

  #measuredIntervals(): readonly number[] {
    const { intervals } = this.#heart;
    if (!this.#worn) return [];
    if (!this.#openInterval || intervals.length === 0) return intervals;
    this.#openInterval = false;
    return intervals.slice(1);
  }
}
