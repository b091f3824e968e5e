import { setTimeout as delay } from 'node:timers/promises';

/** Time as the mapping sees it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Waits; not any longer once the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const realClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) => delay(ms, undefined, { signal }).catch(() => undefined),
};

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

/** Time that passes only when everybody waits for it. */
export class VirtualClock implements Clock {
  #now = Date.UTC(2026, 10, 23, 10);
  readonly #sleepers = new Set<Sleeper>();

  now(): number {
    return this.#now;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const sleeper = { until: this.#now + ms, wake };
      const sleepers = this.#sleepers;
      function wake() {
        sleepers.delete(sleeper);
        resolve();
      }
      if (signal?.aborted) return resolve();
      signal?.addEventListener('abort', wake, { once: true });
      sleepers.add(sleeper);
    });
  }

  /** Time that is spent without giving way to anybody else, as a busy handler does. */
  spend(ms: number): void {
    this.#now += ms;
  }

  /** Lets time pass until the promise is settled. */
  async until<Value>(promise: Promise<Value>): Promise<Value> {
    let settled = false;
    const settle = () => {
      settled = true;
    };
    promise.then(settle, settle);
    for (;;) {
      await new Promise(setImmediate);
      if (settled) return promise;
      const [next] = [...this.#sleepers].sort((one, other) => one.until - other.until);
      if (!next) throw new Error('Everybody waits, and nobody for the time.');
      this.#now = Math.max(this.#now, next.until);
      next.wake();
    }
  }
}
