import type { SummaryAnswer } from '../protocol.js';
import { addressOf } from './address.js';

/** Every how many milliseconds it is asked for. */
const EVERY = 3_000;
const DEADLINE = 10_000;

/** Sums up one session after the other, by asking the server every few seconds. */
export class Summaries {
  /** Of the session that was asked for last, once it is there. */
  answer: SummaryAnswer | undefined;
  #session: string | undefined;
  #asked = Number.NEGATIVE_INFINITY;
  #waiting: AbortController | undefined;
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Wants a session; asks for it where it is another one than before, or some seconds have gone by. */
  want(session: string, now: number): void {
    if (session !== this.#session) {
      this.#waiting?.abort();
      this.#waiting = undefined;
      this.answer = undefined;
      this.#session = session;
    } else if (this.#waiting || now - this.#asked < EVERY) return;
    this.#asked = now;
    void this.#ask(session);
  }

  async #ask(session: string): Promise<void> {
    const waiting = new AbortController();
    this.#waiting = waiting;
    const deadline = setTimeout(() => waiting.abort(), DEADLINE);
    try {
      const answer = await fetch(addressOf('summary', { session }), { signal: waiting.signal });
      if (answer.ok && this.#waiting === waiting) {
        const summary = (await answer.json()) as SummaryAnswer;
        if (this.#waiting === waiting) this.answer = summary;
      }
    } catch {
      // The connection has ended, or another session is wanted: it is asked again.
    } finally {
      clearTimeout(deadline);
      if (this.#waiting === waiting) this.#waiting = undefined;
      this.#changed();
    }
  }
}
