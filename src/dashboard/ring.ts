import type { SessionHistory } from './protocol.js';

/** How many samples are kept at first, and at most: an hour at one a second. */
const FIRST = 64;
const MOST = 3_600;
/** The samples of one session that came last, in columns that hold nothing but numbers. */
export class Ring {
  #capacity = FIRST;
  #arrived = new Float64Array(FIRST);
  #sequence = new Float64Array(FIRST);
  #timestamp = new Float64Array(FIRST);
  #rate = new Uint16Array(FIRST);
  #intervals: (readonly number[])[] = new Array(FIRST);
  #start = 0;
  #length = 0;
  /** The sequence of the last one. */
  last = -1;

  /** When the last one came. */
  get lastArrived(): number {
    return this.#length === 0 ? Number.NEGATIVE_INFINITY : (this.#arrived[this.#at(this.#length - 1)] ?? 0);
  }

  /** Adds one; one that is there already, or older, changes nothing. */
  add(
    sequence: number,
    timestamp: number,
    rate: number,
    intervals: readonly number[],
    arrived: number,
  ): void {
    if (sequence <= this.last) return;
    this.last = sequence;
    if (this.#length === this.#capacity && this.#capacity < MOST) this.#grow();
    if (this.#length === this.#capacity) this.#start = this.#at(1);
    else this.#length++;
    const at = this.#at(this.#length - 1);
    this.#sequence[at] = sequence;
    this.#timestamp[at] = timestamp;
    this.#rate[at] = rate;
    this.#arrived[at] = arrived;
    this.#intervals[at] = intervals;
  }

  /** Those that came from a time on, column by column. */
  since(time: number): Pick<SessionHistory, 'sequence' | 'timestamp' | 'heart_rate' | 'rr_intervals'> {
    let from = 0;
    while (from < this.#length && (this.#arrived[this.#at(from)] ?? 0) < time) from++;
    const column = <Value>(values: ArrayLike<Value>) =>
      Array.from({ length: this.#length - from }, (_, at) => values[this.#at(from + at)] as Value);
    return {
      sequence: column(this.#sequence),
      timestamp: column(this.#timestamp),
      heart_rate: column(this.#rate),
      rr_intervals: column(this.#intervals),
    };
  }

  #at(place: number): number {
    return (this.#start + place) % this.#capacity;
  }

  /** It is full, and has not turned around yet. */
  #grow(): void {
    this.#capacity = Math.min(this.#capacity * 2, MOST);
    const larger = <Column extends Float64Array | Uint16Array>(column: Column, into: Column) => {
      into.set(column);
      return into;
    };
    this.#sequence = larger(this.#sequence, new Float64Array(this.#capacity));
    this.#timestamp = larger(this.#timestamp, new Float64Array(this.#capacity));
    this.#rate = larger(this.#rate, new Uint16Array(this.#capacity));
    this.#arrived = larger(this.#arrived, new Float64Array(this.#capacity));
    this.#intervals.length = this.#capacity;
  }
}
