/** More come from many people at once: then throughput counts, and the index refreshes itself. */
const DOCUMENTS = 500;
/** A fifth of the time goes into requests that ask for a refresh, so that a server that is busy is asked rarely. */
const TIMES = 4;
/** After so many milliseconds it is asked again: the first request makes the index, which takes long only once. */
const LONGEST = 3_000;

/** Whether requests ask to be searchable at once, instead of at the next refresh of the index. */
export class Refreshes {
  #isOn: boolean;
  #next = Number.NEGATIVE_INFINITY;

  constructor(isOn: boolean) {
    this.#isOn = isOn;
  }

  /** Whether a request of so many documents asks for one now. */
  wants(documents: number, now: number): boolean {
    return this.#isOn && documents <= DOCUMENTS && now >= this.#next;
  }

  /** A request that has asked was answered. */
  done(started: number, now: number): void {
    this.#next = now + Math.min(LONGEST, TIMES * (now - started));
  }

  /** There is no right to it, as in OpenSearch Serverless: it is not asked for again. */
  refused(): void {
    this.#isOn = false;
  }
}
