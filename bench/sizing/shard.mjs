/** Seconds of a step of the simulation. */
export const STEP = 0.05;
/** What a shard takes in a second, and what its readers get of it together. */
const TAKES = { records: 1_000, bytes: 1_000_000 };
const GIVES = 2_000_000;
/** A sample waits so long for others, and its record is on the way for so long, seconds: `kinesisSink` without options. */
export const UNDER_WAY = 0.2 + 0.04;
/** The first pause before a record is sent again is at most so long, seconds; it doubles. */
const PAUSE = 0.1;
const LONGEST_PAUSE = 20;
/** Whoever comes back after an outage sends a record each round trip: that of this many seconds. */
const ROUND_TRIP = 0.05;

/** A shard of the stream, with the wearers whose sessions come to it. */
export class Shard {
  /** Records that wait for the indexer: when their samples were made, and how many. @type {{ born: number, count: number }[]} */
  waiting = [];
  waitingRecords = 0;
  /** Records that wait for Firehose. */
  archive = 0;
  /** Records that wait in spools. */
  spooled = 0;
  accepted = 0;
  /** Records that were throttled. @type {{ due: number, born: number, attempt: number, count: number }[]} */
  #again = [];
  #records = TAKES.records;
  #bytes = TAKES.bytes;
  #readable = GIVES;
  /** How eagerly the spools are drained, from 0 to 1. */
  #eagerness = 1;

  /** @param {number} wearers that are there all the time @param {number} away those that come back later */
  constructor(wearers, away) {
    this.wearers = wearers;
    this.away = away;
  }

  /** Records that their senders still have. */
  get unsent() {
    let records = this.spooled;
    for (const { count } of this.#again) records += count;
    return records;
  }

  /**
   * One step: what comes, and what of it is taken.
   * @param {number} now
   * @param {number} fresh new records
   * @param {number} recordBytes
   * @param {{ uniform(): number }} random
   */
  step(now, fresh, recordBytes, random) {
    this.#records = Math.min(TAKES.records, this.#records + TAKES.records * STEP);
    this.#bytes = Math.min(TAKES.bytes, this.#bytes + TAKES.bytes * STEP);
    this.#readable = Math.min(GIVES, this.#readable + GIVES * STEP);

    const tries = fresh > 0 ? [{ due: 0, born: now - UNDER_WAY, attempt: 0, count: fresh }] : [];
    if (this.#again.length > 0) {
      /** @type {typeof tries} */
      const later = [];
      for (const cohort of this.#again) (cohort.due <= now ? tries : later).push(cohort);
      this.#again = later;
    }
    let drained = 0;
    if (this.spooled > 0) {
      drained = Math.min(this.spooled, Math.ceil(((this.away * STEP) / ROUND_TRIP) * this.#eagerness));
    }
    let wanted = drained;
    for (const { count } of tries) wanted += count;
    if (wanted === 0) return;
    const part = Math.min(1, this.#records / wanted, this.#bytes / (wanted * recordBytes));

    let throttled = false;
    for (const cohort of tries) {
      const taken =
        part === 1
          ? cohort.count
          : Math.min(cohort.count, Math.floor(cohort.count * part + random.uniform()));
      this.#take(cohort.born, taken, recordBytes);
      if (taken === cohort.count) continue;
      throttled = true;
      const pause = Math.min(LONGEST_PAUSE, PAUSE * 2 ** cohort.attempt) * random.uniform();
      this.#again.push({
        due: now + pause,
        born: cohort.born,
        attempt: cohort.attempt + 1,
        count: cohort.count - taken,
      });
    }
    if (drained > 0) {
      const taken = part === 1 ? drained : Math.floor(drained * part + random.uniform());
      this.#take(Number.NEGATIVE_INFINITY, Math.min(drained, taken), recordBytes);
      this.spooled -= Math.min(drained, taken);
      throttled ||= taken < drained;
    }
    // Pauses double where records are throttled, and end where they are taken.
    this.#eagerness = throttled ? Math.max(0.02, this.#eagerness / 2) : Math.min(1, this.#eagerness + 0.05);
  }

  /** @param {number} born @param {number} count @param {number} recordBytes */
  #take(born, count, recordBytes) {
    if (count === 0) return;
    this.#records -= count;
    this.#bytes -= count * recordBytes;
    this.accepted += count;
    this.archive += count;
    this.waitingRecords += count;
    const last = this.waiting.at(-1);
    if (last?.born === born) last.count += count;
    else this.waiting.push({ born, count });
  }

  /**
   * What a reader gets when it asks.
   * @param {number} most records
   * @param {number} recordBytes
   */
  readable(most, recordBytes) {
    const records = Math.min(most, Math.floor(this.#readable / recordBytes));
    this.#readable -= records * recordBytes;
    return records;
  }

  /** Takes the oldest records. @param {number} records */
  take(records) {
    const batch = [];
    let left = records;
    let at = 0;
    for (; left > 0 && at < this.waiting.length; at++) {
      const cohort = this.waiting[at];
      if (!cohort) break;
      if (cohort.count > left) {
        cohort.count -= left;
        batch.push({ born: cohort.born, count: left });
        left = 0;
        break;
      }
      batch.push(cohort);
      left -= cohort.count;
    }
    this.waiting.splice(0, at);
    this.waitingRecords -= records - left;
    return batch;
  }
}
