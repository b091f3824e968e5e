import type { AlertEvent, SampleEvent, StatusEvent } from '../../protocol.js';
import type { PackedSession } from './packed.js';
import { Series } from './series.js';

/** An hour and a little, so that the longest chart is full; and no more rows than sensors send in it. */
const LONGEST = 61 * 60_000;
const MOST_RATES = 4 * 3_660;
const MOST_BEATS = 5 * 3_660;

/** Samples that come later or earlier than this are not of now: of a recording, or of simulated time. */
const SKEW = 2_000;

/** The newest sample of a sensor. */
export interface Last {
  readonly rate: number;
  readonly contact: boolean | undefined;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly session: string;
  readonly sequence: number;
  /** When it came here, by the time that has gone by; absent where it is of the history. */
  readonly arrived: number | undefined;
}

/** What is known of one sensor. */
export class Sensor {
  readonly id: string;
  name: string;
  rates = new Series(LONGEST, MOST_RATES);
  /** RR intervals, milliseconds, each at the time of the beat that ends it. */
  beats = new Series(LONGEST, MOST_BEATS);
  last: Last | undefined;
  status: StatusEvent | undefined;
  /** The alert that is raised. */
  alert: AlertEvent | undefined;
  /** How far the time of its samples is from the server's, milliseconds; 0 where it is of now. */
  skew = 0;
  /** How often something has come that is not at the end. */
  merges = 0;
  readonly #sessions: string[] = [];

  constructor(id: string, name: string | undefined) {
    this.id = id;
    // Not its id: that may be an address, and a screen is seen by others.
    this.name = name || '(no name)';
  }

  /** A sample has come. */
  take(sample: SampleEvent, arrived: number, offset: number | undefined): void {
    const session = this.#session(sample.session_id);
    const [time, sequence] = [Date.parse(sample.timestamp), sample.sequence];
    const newest = this.rates.length - 1;
    const follows = this.rates.session(newest) === session && this.rates.sequence(newest) < sequence;
    if (!follows && this.rates.sequencesOf(session).has(sequence)) return;

    const [rates, beats] = [this.rates, this.beats];
    if (newest >= 0 && time < rates.time(newest)) this.#setApart();
    this.rates.append(time, sample.heart_rate, session, sequence);
    this.#beat(time, sample.rr_intervals ?? [], session, sequence);
    if (this.rates !== rates) {
      this.rates = rates.mergedWith(this.rates);
      this.beats = beats.mergedWith(this.beats);
    }

    const skew = offset === undefined ? 0 : time - arrived - offset;
    this.skew = Math.abs(skew) < SKEW ? 0 : skew;
    const { heart_rate: rate, sensor_contact: contact } = sample;
    if (this.#isNewest(time, sample.session_id, sequence))
      this.last = { rate, contact, time, session: sample.session_id, sequence, arrived };
  }

  /** Samples of the history; what is here already is not taken twice. */
  merge(packed: PackedSession): void {
    const session = this.#session(packed.session);
    const known = this.rates.sequencesOf(session);
    const [rates, beats] = [this.rates, this.beats];
    this.#setApart();
    let interval = 0;
    for (const [at, sequence] of packed.sequence.entries()) {
      const [time, rate] = [packed.time[at] ?? 0, packed.rate[at] ?? 0];
      const next = interval + (packed.intervalsOf[at] ?? 0);
      const intervals = packed.intervals.subarray(interval, next);
      interval = next;
      if (known.has(sequence)) continue;
      this.rates.append(time, rate, session, sequence);
      this.#beat(time, intervals, session, sequence);
      if (this.#isNewest(time, packed.session, sequence))
        this.last = {
          ...{ rate, time, sequence },
          session: packed.session,
          contact: undefined,
          arrived: undefined,
        };
    }
    this.rates = rates.mergedWith(this.rates);
    this.beats = beats.mergedWith(this.beats);
  }

  /** Two of the same millisecond are told apart by their sequence. */
  #isNewest(time: number, session: string, sequence: number): boolean {
    const { last } = this;
    if (!last || time !== last.time) return !last || time > last.time;
    return session !== last.session || sequence > last.sequence;
  }

  /** What comes next is put into series of its own, to be merged. */
  #setApart(): void {
    this.merges++;
    this.rates = new Series(LONGEST, MOST_RATES);
    this.beats = new Series(LONGEST, MOST_BEATS);
  }

  /** The last interval of a packet ends with it, and each other one where the next begins. */
  #beat(time: number, intervals: ArrayLike<number>, session: number, sequence: number): void {
    let before = 0;
    for (let at = 1; at < intervals.length; at++) before += intervals[at] ?? 0;
    for (let at = 0; at < intervals.length; at++) {
      const newest = this.beats.length === 0 ? 0 : this.beats.time(this.beats.length - 1);
      // Packets are not on time to the millisecond: a beat never is before the one before it.
      this.beats.append(Math.max(time - before, newest + 1), intervals[at] ?? 0, session, sequence);
      before -= intervals[at + 1] ?? 0;
    }
  }

  #session(id: string): number {
    const at = this.#sessions.lastIndexOf(id);
    return at >= 0 ? at : this.#sessions.push(id) - 1;
  }
}
