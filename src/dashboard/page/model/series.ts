const FIRST_CAPACITY = 256;

/** Rows by time in typed columns: when, how much, and of which sample. What is too old or too much is forgotten. */
export class Series {
  /** Time, milliseconds since 1970. */
  #time = new Float64Array(FIRST_CAPACITY);
  #value = new Float32Array(FIRST_CAPACITY);
  #session = new Uint16Array(FIRST_CAPACITY);
  #sequence = new Uint32Array(FIRST_CAPACITY);
  #from = 0;
  #to = 0;
  readonly #longest: number;
  readonly #most: number;

  /**
   * @param longest - How long a row is kept after newer ones, milliseconds.
   * @param most - How many rows are kept at most.
   */
  constructor(longest: number, most: number) {
    this.#longest = longest;
    this.#most = most;
  }

  get length(): number {
    return this.#to - this.#from;
  }

  time(at: number): number {
    return this.#time[this.#from + at] ?? Number.NaN;
  }

  value(at: number): number {
    return this.#value[this.#from + at] ?? Number.NaN;
  }

  session(at: number): number {
    return this.#session[this.#from + at] ?? Number.NaN;
  }

  sequence(at: number): number {
    return this.#sequence[this.#from + at] ?? Number.NaN;
  }

  /** A row at the end; it is no older than the last one. */
  append(time: number, value: number, session: number, sequence: number): void {
    if (this.#to === this.#time.length) this.#makeRoom();
    const at = this.#to++;
    this.#time[at] = time;
    this.#value[at] = value;
    this.#session[at] = session;
    this.#sequence[at] = sequence;
    if (this.length > this.#most) this.#from++;
    while (time - this.time(0) > this.#longest) this.#from++;
  }

  /** The first row that is not before a time. */
  firstFrom(time: number): number {
    let [low, high] = [0, this.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.time(middle) < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The sequences of a session that are here. */
  sequencesOf(session: number): Set<number> {
    const found = new Set<number>();
    for (let at = 0; at < this.length; at++) if (this.session(at) === session) found.add(this.sequence(at));
    return found;
  }

  /** The rows of both by time, as a series of its own. */
  mergedWith(other: Series): Series {
    const merged = new Series(this.#longest, this.#most);
    let [mine, theirs] = [0, 0];
    while (mine < this.length || theirs < other.length) {
      const isMine = theirs === other.length || (mine < this.length && this.time(mine) <= other.time(theirs));
      if (isMine) merged.#take(this, mine++);
      else merged.#take(other, theirs++);
    }
    return merged;
  }

  #take(other: Series, at: number): void {
    this.append(other.time(at), other.value(at), other.session(at), other.sequence(at));
  }

  /** Moves the rows to the front of their columns, or into columns of twice the length. */
  #makeRoom(): void {
    const capacity = this.#time.length * (this.#from > this.#time.length / 2 ? 1 : 2);
    const moved = <Column extends Float64Array | Float32Array | Uint16Array | Uint32Array>(
      column: Column,
      empty: (length: number) => Column,
    ): Column => {
      const target = capacity === column.length ? column : empty(capacity);
      target.set(column.subarray(this.#from, this.#to));
      return target;
    };
    this.#time = moved(this.#time, (length) => new Float64Array(length));
    this.#value = moved(this.#value, (length) => new Float32Array(length));
    this.#session = moved(this.#session, (length) => new Uint16Array(length));
    this.#sequence = moved(this.#sequence, (length) => new Uint32Array(length));
    this.#to -= this.#from;
    this.#from = 0;
  }
}
