/** More come from many people at once: then throughput counts, and the index refreshes itself. */
const DOCUMENTS = 750;
/** A fifth of the time of a function goes into it, so that a server that is busy is asked rarely. */
const TIMES = 4;
/** After so many milliseconds it is asked again: the first request makes the index, which takes long only once. */
const LONGEST = 3_000;
/** After a request that was not answered in time, milliseconds: without a refresh it may be. */
const AFTER_TIMEOUT = 5 * 60_000;

/** Whether requests ask to be searchable at once, instead of at the next refresh of the index. */
export class Refreshes {
  #isOn: boolean;
  #next = Number.NEGATIVE_INFINITY;

  constructor(isOn: boolean) {
    this.#isOn = isOn;
  }

  /** Whether a request of so many documents is to ask for one now: no other one is, until it is answered. */
  begin(documents: number, now: number): boolean {
    if (!this.#isOn || documents > DOCUMENTS || now < this.#next) return false;
    this.#next = Number.POSITIVE_INFINITY;
    return true;
  }

  /** The request that has asked was answered, or not in time. */
  end(started: number, now: number, timedOut: boolean): void {
    this.#next = now + (timedOut ? AFTER_TIMEOUT : Math.min(LONGEST, TIMES * (now - started)));
  }

  /** There is no right to it, as in OpenSearch Serverless: it is not asked for again. */
  refused(): void {
    this.#isOn = false;
  }
}
