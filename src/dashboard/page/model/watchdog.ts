/** Without any event for so long the connection is lost, milliseconds; that it shows within 2 s is promised. */
const LOST = 1_500;
/** So long the first event of a new connection may take. */
const FIRST_EVENT = 5_000;
/** Between two attempts: at once, then longer and longer. */
const WAITS = [0, 250, 500, 1_000, 2_000];

/** What is to be done about the connection now. */
export type Action = 'nothing' | 'lose' | 'connect';

/** Decides when a connection counts as lost, and when the next one is tried. */
export class Watchdog {
  #state: 'waiting' | 'opening' | 'open' = 'waiting';
  #since: number;
  #attempts = 0;

  constructor(now: number) {
    this.#since = now;
  }

  /** Something has been heard. */
  heard(now: number): void {
    this.#state = 'open';
    this.#since = now;
    this.#attempts = 0;
  }

  /** The connection has failed, or is given up. */
  failed(now: number): void {
    this.#state = 'waiting';
    this.#since = now;
  }

  /** Asked again and again. After `connect` a connection is being opened, after `lose` there is none. */
  check(now: number): Action {
    const since = now - this.#since;
    if (this.#state === 'waiting') {
      if (since < (WAITS[Math.min(this.#attempts, WAITS.length - 1)] ?? 0)) return 'nothing';
      this.#state = 'opening';
      this.#since = now;
      this.#attempts++;
      return 'connect';
    }
    if (since <= (this.#state === 'open' ? LOST : FIRST_EVENT)) return 'nothing';
    this.failed(now);
    return 'lose';
  }
}
