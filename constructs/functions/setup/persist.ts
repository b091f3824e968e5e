import { setTimeout as sleep } from 'node:timers/promises';
import { mayPass, reasonOf } from './errors.js';

/** Waits; the signal ends that. */
export type Sleep = (milliseconds: number, signal: AbortSignal) => Promise<unknown>;

/** The longest pause, milliseconds. */
const LONGEST = 20_000;

export const pause: Sleep = (milliseconds, signal) => sleep(milliseconds, undefined, { signal });

/**
 * Tries again, with growing pauses, while that may help and there is time. A domain that has just been made is not found
 * for a while, and takes minutes until it knows who may ask it.
 */
export async function persist<Value>(
  attempt: () => Promise<Value>,
  signal: AbortSignal,
  wait: Sleep,
): Promise<Value> {
  for (let milliseconds = 1_000; ; milliseconds = Math.min(2 * milliseconds, LONGEST)) {
    try {
      return await attempt();
    } catch (error) {
      if (signal.aborted || !mayPass(error)) throw error;
      console.log(`Once more: ${reasonOf(error)}`);
      // What there is to say is why it did not work, not that the time is over.
      await wait(milliseconds, signal).catch(() => {
        throw error;
      });
    }
  }
}
