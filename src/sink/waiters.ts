import { within } from './within.js';

/** Those who wait until everything up to a number is settled. */
export interface Waiters {
  /** Resolves when that is so, or the time is over. */
  wait(number: number, timeout: number): Promise<void>;
  /** Wakes all who wait for numbers below. */
  wake(below: number): void;
}

export function createWaiters(): Waiters {
  let waiting: { readonly number: number; readonly resolve: () => void }[] = [];
  return {
    async wait(number, timeout) {
      await within(timeout, new Promise<void>((resolve) => waiting.push({ number, resolve })));
    },
    wake(below) {
      const woken = waiting.filter(({ number }) => number < below);
      waiting = waiting.filter(({ number }) => number >= below);
      for (const { resolve } of woken) resolve();
    },
  };
}
